import { resolve } from "node:path"
import type { MigrationReport } from "@reasoningbank/core"
import { assertOutsideSource } from "../assert-outside-source.ts"
import { type Environment, readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import { logFailure } from "../log-failure.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { openMigrationLog } from "../migration-log.ts"
import { chromaDirectoryOf, type SourceOptions } from "../open-source.ts"
import { targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { runMigration } from "../run-migration.ts"
import { createTerminal } from "../terminal.ts"

export type MigrateCommand = {
  options: MigrateOptions
  /** What relative paths are relative to. */
  directory: string
  signal: AbortSignal
}

/** Runs `pnpm migrate`. Returns the exit code. */
export async function runMigrate(command: MigrateCommand): Promise<number> {
  return exitCodeOfStatus((await runPass(command)).status)
}

/** One migration from beginning to end, logged. With `isQuiet` its results are not printed. */
export async function runPass({
  options,
  directory,
  signal,
  isQuiet = false,
}: MigrateCommand & { isQuiet?: boolean }): Promise<MigrationReport> {
  const environment = readEnvironment(directory)
  const settings = targetSettings({ options, environment })
  const redact = createRedactor(readSecrets(directory))
  const spoken = createTerminal(redact)
  const terminal = isQuiet ? { ...spoken, print: () => {} } : spoken
  await assertSourceUntouched({ options, environment, directory })
  const log = openMigrationLog({ directory, level: environment.logLevel, redact })
  try {
    return await runMigration({
      options,
      settings,
      environment,
      directory,
      terminal,
      log,
      signal,
    })
  } catch (error) {
    terminal.clearStatus()
    logFailure({ log, error })
    throw error
  }
}

/** Raises `usage` when the log or a report would be written into the source. */
export async function assertSourceUntouched({
  options,
  environment,
  directory,
}: {
  options: SourceOptions & { report?: string | undefined; html?: string | undefined }
  environment: Environment
  directory: string
}) {
  const chromaDirectory = chromaDirectoryOf({ options, environment, directory })
  const tracesFile = options.tracesFile && resolve(directory, options.tracesFile)
  const reports = [options.report, options.html].filter((file) => file !== undefined)
  for (const file of ["migration.log", ...reports]) {
    await assertOutsideSource({ path: resolve(directory, file), chromaDirectory, tracesFile })
  }
}
