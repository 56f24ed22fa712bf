import type { MigrationTarget } from "@reasoningbank/core"
import { readEnvironment, readSecrets } from "./env.ts"
import { openTarget, type TargetOptions, targetSettings } from "./open-target.ts"
import { createRedactor } from "./redact-secrets.ts"
import { createTerminal, type Terminal } from "./terminal.ts"

/** Opens the target that options and environment name, for commands that need no source and no log, and closes it. */
export async function withTarget<Result>({
  options,
  directory,
  work,
}: {
  options: TargetOptions
  directory: string
  work: (opened: { target: MigrationTarget; terminal: Terminal }) => Promise<Result>
}): Promise<Result> {
  const terminal = createTerminal(createRedactor(readSecrets(directory)))
  const settings = targetSettings({ options, environment: readEnvironment(directory) })
  const { target } = await openTarget({ settings, directory, terminal })
  try {
    return await work({ target, terminal })
  } finally {
    await target.close()
  }
}
