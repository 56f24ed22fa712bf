import { join, relative } from "node:path"
import type { MigrationReport } from "@reasoningbank/core"
import { readWorkspaceStatistics, searchMemories } from "@reasoningbank/supabase"
import { choosePort } from "../dashboard/choose-port.ts"
import { ensureDemoAccount } from "../dashboard/demo-account.ts"
import { serveDemoDashboard } from "../dashboard/serve-demo-dashboard.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import { migrationsDirectory } from "../migrations-directory.ts"
import { withLocalSupabase } from "../open-target.ts"
import { printRetrievals } from "../print-retrievals.ts"
import { printSearch } from "../print-search.ts"
import { printStatistics } from "../print-statistics.ts"
import { replaySearches } from "../replay-searches.ts"
import { migrateSampleBank } from "../sample-bank/migrate-sample-bank.ts"
import { readSampleBank } from "../sample-bank/read-sample-bank.ts"
import { writeSampleBank } from "../sample-bank/write-sample-bank.ts"
import { createTerminal } from "../terminal.ts"

/**
 * Runs `pnpm demo`: a sample ReasoningBank goes from a real Chroma directory into the embedded Supabase,
 * is proven equal, counted, searched some 200 times, and shown by the dashboard. The second time there is nothing left to do.
 * Returns the exit code.
 */
export async function runDemo({
  directory,
  port: wantedPort,
  keepsServing,
  signal,
}: {
  directory: string
  /** Of the dashboard, when it is free. */
  port: number
  /** Whether the dashboard runs until Ctrl-C; without a terminal it never does. */
  keepsServing: boolean
  signal: AbortSignal
}): Promise<number> {
  const terminal = createTerminal((text) => text)
  const port = await choosePort(wantedPort)
  const dataDirectory = join(directory, ".reasoningbank")
  const sampleDirectory = join(dataDirectory, "sample-chroma")
  const shown = (path: string) => relative(directory, path)

  terminal.print(
    "ReasoningBank demo: agent memory moves from Chroma to Supabase, on this machine.\n",
  )
  terminal.status("Writing the sample bank with a real Chroma server …")
  const sample = await writeSampleBank({ directory: sampleDirectory })
  const bank = await readSampleBank()
  terminal.print(
    sample === "written"
      ? `1. Wrote a sample Chroma store to ${shown(sampleDirectory)} (${bank.records.length} records and traces.json).`
      : `1. The sample Chroma store is there: ${shown(sampleDirectory)}.`,
  )

  await using resources = new AsyncDisposableStack()
  const local = await withLocalSupabase(({ connectLocalSupabase }) =>
    connectLocalSupabase({
      directory: dataDirectory,
      migrationsDirectory,
      siteUrl: `http://localhost:${port}`,
      log: (message) => terminal.status(message),
    }),
  )
  resources.defer(() => local.close())
  terminal.print(
    `2. ${local.started ? "Started" : "Found"} the embedded Supabase at ${local.url}, schema applied.`,
  )

  terminal.print("3. Migrating and verifying:\n")
  const report = await migrateSampleBank({
    bank,
    sampleDirectory,
    directory,
    sql: local.sql,
    terminal,
    signal,
  })

  terminal.print("4. Statistics, kept by the database:\n")
  const statistics = await readWorkspaceStatistics({ sql: local.sql })
  for (const line of printStatistics(statistics)) terminal.print(line)

  const [search] = bank.searches
  if (search !== undefined) {
    const found = await searchMemories({
      sql: local.sql,
      workspaceId: search.workspaceId,
      vector: search.vector,
      limit: 3,
    })
    for (const line of printSearch({ text: search.text, found })) terminal.print(line)
  }
  terminal.status("Searching for every task of the bank …")
  const replayed = await replaySearches({ sql: local.sql, bank, signal })
  terminal.print("6. Searches recorded so far, and what they cost:\n")
  for (const line of printRetrievals(replayed)) terminal.print(line)

  await ensureDemoAccount({ local, workspaceIds: bank.workspaces.map(({ id }) => id) })
  await serveDemoDashboard({
    local,
    sampleDirectory,
    port,
    workspaceIds: bank.workspaces.map(({ id }) => id),
    nextSteps: nextSteps({ report, dataDirectory: shown(dataDirectory) }),
    keepsServing: keepsServing && process.stdout.isTTY === true,
    terminal,
    signal,
  })
  return exitCodeOfStatus(report.status)
}

function nextSteps({
  report,
  dataDirectory,
}: {
  report: MigrationReport
  dataDirectory: string
}): string[] {
  const written = report.counts.traces.written + report.counts.memory_items.written
  return [
    ...(written === 0
      ? ["This was not the first run: nothing had to be written, and all is still equal.", ""]
      : []),
    "Next:",
    "  pnpm demo                                              again: a no-op that says so",
    "  pnpm migrate --chromadb-dir DIR --dry-run              what your own store holds",
    "  pnpm migrate --chromadb-dir DIR                        move it here",
    "  DATABASE_URL=postgresql://… pnpm migrate --chromadb-dir DIR    move it to your Supabase project",
    `The data lies in ${dataDirectory}; remove that folder to start over.`,
  ]
}
