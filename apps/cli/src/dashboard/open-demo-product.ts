import { join } from "node:path"
import type { LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import { migrationsDirectory } from "../migrations-directory.ts"
import { withLocalSupabase } from "../open-target.ts"
import { replaySearches } from "../replay-searches.ts"
import { migrateSampleBank } from "../sample-bank/migrate-sample-bank.ts"
import { readSampleBank, type SampleBank } from "../sample-bank/read-sample-bank.ts"
import { writeSampleBank } from "../sample-bank/write-sample-bank.ts"
import type { Terminal } from "../terminal.ts"
import { ensureDemoAccount } from "./demo-account.ts"

/**
 * The embedded Supabase of `directory` with the sample bank migrated, its searches recorded, and the demo account an owner
 * of its workspaces; what is there already is left as it is. Tells the terminal only what it is busy with.
 */
export async function openDemoProduct({
  directory,
  siteUrl,
  terminal,
  signal,
}: {
  directory: string
  /** Where the dashboard will be: links in mails lead there. */
  siteUrl: string
  terminal: Terminal
  signal: AbortSignal
}): Promise<{ local: LocalSupabaseConnection; bank: SampleBank; sampleDirectory: string }> {
  const dataDirectory = join(directory, ".reasoningbank")
  const sampleDirectory = join(dataDirectory, "sample-chroma")
  terminal.status("Writing the sample bank with a real Chroma server …")
  await writeSampleBank({ directory: sampleDirectory })
  const bank = await readSampleBank()
  const local = await withLocalSupabase(({ connectLocalSupabase }) =>
    connectLocalSupabase({
      directory: dataDirectory,
      migrationsDirectory,
      siteUrl,
      log: (message) => terminal.status(message),
    }),
  )
  try {
    await migrateSampleBank({
      bank,
      sampleDirectory,
      directory,
      sql: local.sql,
      terminal: { ...terminal, print: () => {} },
      signal,
    })
    terminal.status("Searching for every task of the bank …")
    await replaySearches({ sql: local.sql, bank, signal })
    await ensureDemoAccount({ local, workspaceIds: bank.workspaces.map(({ id }) => id) })
    terminal.clearStatus()
    return { local, bank, sampleDirectory }
  } catch (error) {
    await local.close()
    throw error
  }
}
