import { resolve } from "node:path"
import { assertOutsideSource } from "../assert-outside-source.ts"
import { type Environment, readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { openMigrationLog } from "../migration-log.ts"
import { chromaDirectoryOf } from "../open-source.ts"
import { targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { runMigration } from "../run-migration.ts"
import { createTerminal } from "../terminal.ts"

/** Runs `pnpm migrate`. Returns the exit code. */
export async function runMigrate({
  options,
  directory,
  signal,
}: {
  options: MigrateOptions
  /** What relative paths are relative to. */
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const environment = readEnvironment(directory)
  const settings = targetSettings({ options, environment })
  const redact = createRedactor(readSecrets(directory))
  const terminal = createTerminal(redact)
  await assertSourceUntouched({ options, environment, directory })
  const log = openMigrationLog({ directory, level: environment.logLevel, redact })
  try {
    const report = await runMigration({
      options,
      settings,
      environment,
      directory,
      terminal,
      log,
      signal,
    })
    return exitCodeOfStatus(report.status)
  } catch (error) {
    terminal.clearStatus()
    log.error({ error: describeError(error) }, "failed")
    throw error
  }
}

/** Every file this command writes lies beside one of these two. */
async function assertSourceUntouched({
  options,
  environment,
  directory,
}: {
  options: MigrateOptions
  environment: Environment
  directory: string
}) {
  const chromaDirectory = chromaDirectoryOf({ options, environment, directory })
  const tracesFile = options.tracesFile && resolve(directory, options.tracesFile)
  for (const file of ["migration.log", ...(options.report ? [options.report] : [])]) {
    await assertOutsideSource({ path: resolve(directory, file), chromaDirectory, tracesFile })
  }
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  return { name: error.name, message: error.message, stack: error.stack }
}
