import type { MigrationReport } from "@reasoningbank/core"
import type { SqlClient } from "@reasoningbank/supabase"
import { openMigrationLog } from "../migration-log.ts"
import { runMigration } from "../run-migration.ts"
import type { Terminal } from "../terminal.ts"
import type { SampleBank } from "./read-sample-bank.ts"

/** The agents of the sample wrote their times in this zone. */
const sampleTimezone = "Europe/Berlin"

/** Moves the sample's Chroma directory into the embedded Supabase of `directory` and names its workspaces. */
export async function migrateSampleBank({
  bank,
  sampleDirectory,
  directory,
  sql,
  terminal,
  signal,
}: {
  bank: SampleBank
  sampleDirectory: string
  directory: string
  sql: SqlClient
  terminal: Terminal
  signal: AbortSignal
}): Promise<MigrationReport> {
  const report = await runMigration({
    options: {
      chromadbDir: sampleDirectory,
      workspace: bank.legacyWorkspaceId,
      sourceTimezone: sampleTimezone,
      yes: true,
      backup: false,
    },
    settings: {},
    environment: emptyEnvironment,
    directory,
    terminal,
    log: openMigrationLog({ directory, level: "info", redact: (text) => text }),
    signal,
  })
  await nameWorkspaces({ sql, bank })
  return report
}

/** The demo is about the sample: whatever the user's environment names is left alone. */
const emptyEnvironment = {
  supabaseUrl: undefined,
  supabaseKey: undefined,
  databaseUrl: undefined,
  chromaUrl: undefined,
  chromaToken: undefined,
  dataDirectory: undefined,
  modelDirectory: undefined,
  logLevel: "info",
} as const

/** The source knows workspaces by their id only; the sample's authors know their names. */
async function nameWorkspaces({ sql, bank }: { sql: SqlClient; bank: SampleBank }) {
  await sql.transaction(
    bank.workspaces.map(({ id, name }) => ({
      sql: "update public.workspaces set name = $1 where id = $2 and name = id",
      parameters: [name, id],
    })),
  )
}
