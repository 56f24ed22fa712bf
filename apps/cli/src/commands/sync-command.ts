import { setTimeout as wait } from "node:timers/promises"
import { isReasoningBankError, type MigrationReport } from "@reasoningbank/core"
import { readEnvironment, readSecrets } from "../env.ts"
import { exitCodeOfStatus } from "../exit-code.ts"
import { formatQuantity } from "../format-figures.ts"
import type { MigrateOptions } from "../migrate-options.ts"
import { createRedactor } from "../redact-secrets.ts"
import { stampOfSource } from "../sync/stamp-of-source.ts"
import { createTerminal } from "../terminal.ts"
import { runPass } from "./migrate-command.ts"

export type SyncOptions = MigrateOptions & {
  /** Seconds between two looks at the source. */
  watch?: number | undefined
}

/** What the next look may find gone. */
const passingCodes = new Set([
  "source:changed",
  "source:unreachable",
  "target:unreachable",
  "target:busy",
])

/**
 * Runs `pnpm migrate sync`: moves what changed since the last run; with `--watch` again and again until told to stop, and
 * reads a source anew only when its stamp is another one. Returns the exit code of the last pass.
 */
export async function runSync({
  options,
  directory,
  signal,
}: {
  options: SyncOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const environment = readEnvironment(directory)
  const terminal = createTerminal(createRedactor(readSecrets(directory)))
  const say = (text: string) => {
    if (options.json !== true) terminal.print(`${new Date().toISOString().slice(0, 19)}Z  ${text}`)
  }
  const stamp = () => stampOfSource({ options, environment, directory })
  let exitCode = 0
  let last: string | null = null
  for (let pass = 1; ; pass++) {
    try {
      const now = await stamp()
      if (!now.seesUpdates || now.text !== last) {
        const isQuiet = pass > 1 && options.json !== true
        const report = await runPass({ options, directory, signal, isQuiet })
        exitCode = exitCodeOfStatus(report.status)
        last = now.text
        if (options.watch !== undefined && (isQuiet || pass === 1)) sayPass({ report, pass, say })
      }
    } catch (error) {
      const isPassing = isReasoningBankError(error) && passingCodes.has(error.code)
      if (options.watch === undefined || signal.aborted || !isPassing) throw error
      terminal.note(`${error.message} Trying again in ${formatQuantity(options.watch, "second")}.`)
    }
    if (options.watch === undefined) return exitCode
    try {
      await wait(options.watch * 1_000, undefined, { signal })
    } catch {
      say("Stopped.")
      return exitCode
    }
  }
}

function sayPass({
  report: { status, counts },
  pass,
  say,
}: {
  report: MigrationReport
  pass: number
  say: (text: string) => void
}) {
  const { traces, memory_items: items } = counts
  const written = traces.written + items.written
  const conflicts = traces.conflicts + items.conflicts
  const rejected = traces.rejected + items.rejected
  const others = [
    ...(conflicts > 0 ? [formatQuantity(conflicts, "conflict")] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
  ]
  say(
    `${[`${formatQuantity(written, "row")} written`, ...others, status.replaceAll("_", " ")].join(", ")}.${pass === 1 ? " Watching; Ctrl-C stops." : ""}`,
  )
}
