import { resolve } from "node:path"
import { keepTargetRows, openRejectsSource } from "@reasoningbank/core"
import { readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { openMigrationLog } from "../migration-log.ts"
import { targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { runMigration } from "../run-migration.ts"
import { createTerminal } from "../terminal.ts"

export type ReplayOptions = Omit<MigrateOptions, "backup">

/**
 * Runs `pnpm migrate replay`: the repaired rejects of an earlier run are migrated as they would have been then. Rows that are
 * there are not replaced. Returns the exit code.
 */
export async function runReplay({
  file,
  options,
  directory,
  signal,
}: {
  file: string
  options: ReplayOptions
  /** What relative paths are relative to. */
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const environment = readEnvironment(directory)
  const settings = targetSettings({ options, environment })
  const redact = createRedactor(readSecrets(directory))
  const terminal = createTerminal(redact)
  const rejects = await openRejectsSource(resolve(directory, file))
  const log = openMigrationLog({ directory, level: environment.logLevel, redact })
  try {
    const report = await runMigration({
      options: { ...options, backup: false },
      ...{ settings, environment, directory, terminal, log, signal },
      ends: {
        openSource: async () => ({ ...rejects, close: () => rejects.source.close() }),
        ...(options.overwrite !== true && { refinePage: keepTargetRows }),
      },
    })
    return exitCodeOfStatus(report.status)
  } finally {
    terminal.clearStatus()
  }
}
