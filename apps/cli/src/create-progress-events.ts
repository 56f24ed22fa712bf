import type { MigrationLog } from "./migration-log.ts"

/** A step is logged when its phase begins and about once a second; every one would drown the log. */
export function createProgressEvents({
  log,
  emit,
  isJson,
}: {
  log: MigrationLog
  emit: (event: string, value: object) => void
  isJson: boolean
}) {
  const intervalInMs = 1_000
  let phase = ""
  let last = 0
  return (step: { phase: string; done: number; total: number | null }) => {
    const now = performance.now()
    const isDone = step.total !== null && step.done >= step.total
    if (step.phase === phase && now - last < intervalInMs && !isDone) return
    phase = step.phase
    last = now
    if (isJson) emit("progress", step)
    else log.debug(step, "progress")
  }
}
