import { createProgressEvents } from "./create-progress-events.ts"
import type { MigrationLog } from "./migration-log.ts"
import { createProgressLine, type ProgressStep } from "./progress-line.ts"
import type { Terminal } from "./terminal.ts"

export type RunOutput = {
  /** An event for the log, and with `--json` a line of standard output. */
  emit: (event: string, value: object) => void
  /** Lines for people; with `--json` there are none. */
  say: (lines: string[]) => void
  progress: (step: ProgressStep) => void
}

/** What a command that runs for long tells while it does, to people or, with `--json`, to programs. */
export function createRunOutput({
  terminal,
  log,
  isJson,
}: {
  terminal: Terminal
  log: MigrationLog
  isJson: boolean
}): RunOutput {
  const emit = (event: string, value: object) => {
    log.info({ ...value }, event)
    if (isJson) terminal.print(JSON.stringify({ event, ...value }))
  }
  const progressLine = createProgressLine()
  const progressEvents = createProgressEvents({ log, emit, isJson })
  return {
    emit,
    say: (lines) => {
      if (!isJson) for (const line of lines) terminal.print(line)
    },
    progress: (step) => {
      if (!isJson) terminal.status(progressLine(step))
      progressEvents(step)
    },
  }
}
