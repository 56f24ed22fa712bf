import { readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import { logFailure } from "../log-failure.ts"
import { openMigrationLog } from "../migration-log.ts"
import type { SourceOptions } from "../open-source.ts"
import { type TargetOptions, targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { runVerification } from "../run-verification.ts"
import { createTerminal } from "../terminal.ts"
import { assertSourceUntouched } from "./migrate-command.ts"

/** The options of `pnpm migrate verify`, as parsed. */
export type VerifyOptions = SourceOptions &
  TargetOptions & {
    collection?: string[] | undefined
    workspace?: string | undefined
    sourceTimezone?: string | undefined
    sample: number
    neighbours: number
    seed: number
    restart?: boolean | undefined
    report?: string | undefined
    html?: string | undefined
    json?: boolean | undefined
    yes?: boolean | undefined
  }

/** Runs `pnpm migrate verify`. Returns the exit code. */
export async function runVerify({
  options,
  directory,
  signal,
}: {
  options: VerifyOptions
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
    const report = await runVerification({
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
    logFailure({ log, error })
    throw error
  }
}
