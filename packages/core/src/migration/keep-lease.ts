import { setTimeout as sleep } from "node:timers/promises"
import { isReasoningBankError } from "../errors.ts"
import type { MigrationJournal, RunPhase, RunProgress } from "../migration-journal.ts"

const reportEveryMs = 1_000
const renewEveryMs = 5_000
/** An answer that is under way is waited for so long, lest it comes after the end of the run. */
const patienceInMs = 2_000

export type KeptLease = {
  /** Aborted with `run:lease_lost`. */
  signal: AbortSignal
  note(step: { phase: RunPhase; done: number; total: number | null; rows: number }): void
  /** The lease itself ends with the run, or runs out. */
  stop(): Promise<void>
}

/**
 * Renews a lease while its run works, and tells how far that is, about once a second at most. `signal` is aborted with
 * `run:lease_lost` when another process has taken the run over.
 */
export function keepLease({
  journal,
  runId,
  leaseToken,
  phase: firstPhase,
}: {
  journal: MigrationJournal
  runId: string
  leaseToken: string
  phase: RunPhase
}): KeptLease {
  const lost = new AbortController()
  let phase = firstPhase
  let phaseStarted = performance.now()
  let progress: RunProgress | null = null
  let lastSent = 0
  let sending: Promise<void> | null = null

  const send = async () => {
    try {
      await journal.renewLease({ runId, leaseToken, phase, progress })
    } catch (error) {
      // Any other failure is met by the next write, which says it to the caller.
      if (isReasoningBankError(error) && error.code === "run:lease_lost") lost.abort(error)
    }
  }
  const sendWhenDue = (everyMs: number) => {
    const now = performance.now()
    if (sending !== null || now - lastSent < everyMs) return
    lastSent = now
    sending = send().finally(() => {
      sending = null
    })
  }
  const timer = setInterval(() => sendWhenDue(renewEveryMs), renewEveryMs)
  timer.unref()

  return {
    signal: lost.signal,
    note(step: { phase: RunPhase; done: number; total: number | null; rows: number }) {
      const now = performance.now()
      if (step.phase !== phase) {
        phase = step.phase
        phaseStarted = now
        lastSent = 0
      }
      const seconds = (now - phaseStarted) / 1_000
      const rowsPerSecond = seconds > 0.5 ? Math.round(step.rows / seconds) : null
      progress = { done: step.done, total: step.total, rows: step.rows, rowsPerSecond }
      sendWhenDue(reportEveryMs)
    },
    async stop() {
      clearInterval(timer)
      await Promise.race([sending, sleep(patienceInMs, null, { ref: false })])
    },
  }
}
