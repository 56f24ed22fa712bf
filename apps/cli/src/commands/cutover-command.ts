import { setTimeout as wait } from "node:timers/promises"
import { ReasoningBankError } from "@reasoningbank/core"
import { type Environment, readEnvironment, readSecrets } from "../env.ts"
import { exitCode, exitCodeOfStatus } from "../exit-code.ts"
import { formatQuantity } from "../format-figures.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { targetSettings } from "../open-target.ts"
import { createRedactor } from "../redact-secrets.ts"
import { printCutover } from "../sync/print-cutover.ts"
import { stampOfSource } from "../sync/stamp-of-source.ts"
import { createTerminal, type Terminal } from "../terminal.ts"
import { runPass } from "./migrate-command.ts"

export type CutoverOptions = MigrateOptions & {
  /** Seconds in which nobody may write to the source. */
  quiet: number
}

type Cutover = { options: CutoverOptions; directory: string; signal: AbortSignal }

const longestWaitInSeconds = 600

/**
 * Runs `pnpm migrate cutover`: asks for writers to be stopped, waits until the source is quiet, moves what is left,
 * verifies, and prints the new environment. Returns the exit code.
 */
export async function runCutover({ options, directory, signal }: Cutover): Promise<number> {
  const environment = readEnvironment(directory)
  const terminal = createTerminal(createRedactor(readSecrets(directory)))
  await confirmStopped({ options, terminal })
  await waitUntilQuiet({ options, directory, signal, environment, terminal })
  const report = await runPass({ options, directory, signal })
  const code = exitCodeOfStatus(report.status)
  if (code !== exitCode.done && code !== exitCode.doneWithExceptions) {
    terminal.note(
      "Not cut over: the target is not what the source is. Go on with the old environment.",
    )
    return code
  }
  if (options.json === true) return code
  const { databaseUrl, supabaseUrl } = targetSettings({ options, environment })
  for (const line of printCutover({ report, databaseUrl, supabaseUrl, directory }))
    terminal.print(line)
  return code
}

async function confirmStopped({
  options: { yes = false },
  terminal,
}: {
  options: CutoverOptions
  terminal: Terminal
}) {
  if (yes) return
  const question =
    "Are all programs stopped that write to the source (agents, MCP servers, Chroma)?"
  if (terminal.isInteractive && (await terminal.confirm(question))) return
  throw new ReasoningBankError({
    code: "run:refused",
    message:
      "What writes to the source after the cut-over would be left behind, so it has to be stopped first.",
    hint: "Stop it and answer yes, or give --yes.",
  })
}

async function waitUntilQuiet({
  options,
  directory,
  signal,
  environment,
  terminal,
}: Cutover & { environment: Environment; terminal: Terminal }) {
  const started = performance.now()
  let before = await stampOfSource({ options, environment, directory })
  for (;;) {
    terminal.status(`Waiting until nobody has written to the source for ${options.quiet} s …`)
    await wait(options.quiet * 1_000, undefined, { signal })
    const now = await stampOfSource({ options, environment, directory })
    terminal.clearStatus()
    if (now.text === before.text) return
    before = now
    if (performance.now() - started > longestWaitInSeconds * 1_000) throw neverQuiet()
    terminal.note("Somebody is still writing to the source.")
  }
}

function neverQuiet(): ReasoningBankError {
  return new ReasoningBankError({
    code: "run:refused",
    message: `Somebody wrote to the source again and again for ${formatQuantity(longestWaitInSeconds / 60, "minute")}.`,
    hint: "Find and stop the program that writes to it, then run this again.",
  })
}
