import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type MigrationReport, migrationReportSchema } from "@reasoningbank/core"
import { runMeasured } from "./run-measured.ts"

const commandLine = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url))

export type MeasuredRun = {
  report: MigrationReport
  milliseconds: number
  peakBytes: number | null
}

/** Runs `pnpm migrate` as its users do, without the backup of the source. */
export async function runMigrate({
  source,
  directory,
  environment,
}: {
  source: string
  directory: string
  environment: Record<string, string>
}): Promise<MeasuredRun> {
  const reportFile = join(directory, "report.json")
  const options = ["--source-timezone", "UTC", "--yes", "--no-backup", "--report", reportFile]
  const measured = await runMeasured({
    command: [process.execPath, commandLine, "migrate", "--chromadb-dir", source, ...options],
    directory,
    environment: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  })
  const report = migrationReportSchema.parse(JSON.parse(await readFile(reportFile, "utf8")))
  return { report, ...measured }
}
