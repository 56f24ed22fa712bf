import { ReasoningBankError } from "../errors.ts"
import type { HeldRun, MigrationJournal, RollbackPlan } from "../migration-journal.ts"
import { keepLease } from "./keep-lease.ts"
import { takeLease } from "./take-lease.ts"

const rowsPerStep = 1_000

export type RollbackResult = {
  restored: number
  deleted: number
  removedWorkspaces: number
  /** It had been rolled back before. */
  wasDone: boolean
}

/**
 * Takes away what a run inserted and puts back what it updated, in transactions of bounded size. Cut short, the same
 * call goes on.
 *
 * @throws {ReasoningBankError} `run:built_on` when others have built on the run since, unless `force`; `run:refused` while
 * another process is at it; `interrupted` when `signal` is aborted.
 */
export async function rollBackRun({
  journal,
  runId,
  force,
  onPlan,
  onProgress,
  onWaiting,
  signal,
}: {
  journal: MigrationJournal
  runId: string
  force: boolean
  onPlan?: ((plan: RollbackPlan) => void) | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
  onWaiting?: ((held: HeldRun) => void) | undefined
  signal?: AbortSignal | undefined
}): Promise<RollbackResult> {
  const before = await journal.getRun(runId)
  const plan = await journal.planRollback(runId)
  onPlan?.(plan)
  const isGoingOn = before?.run.status === "rolling_back"
  if (plan.obstacles.length > 0 && !force && !isGoingOn) throw builtOn({ runId, plan })
  const result = { restored: 0, deleted: 0, removedWorkspaces: 0, wasDone: false }
  const { token, start } = await takeLease({
    ask: (lease) => journal.startRollback({ runId, lease }),
    signal,
    onWaiting,
  })
  if (start.outcome === "rolled_back") return { ...result, wasDone: true }

  const lease = keepLease({ journal, runId, leaseToken: token, phase: "rollback" })
  const total = plan.inserted + plan.updated
  try {
    for (;;) {
      lease.signal.throwIfAborted()
      if (signal?.aborted) throw interrupted(runId)
      const step = await journal.rollBackRows({ runId, leaseToken: token, rowLimit: rowsPerStep })
      result.restored += step.restored
      result.deleted += step.deleted
      result.removedWorkspaces += step.removedWorkspaces
      const done = result.restored + result.deleted
      lease.note({ phase: "rollback", done, total, rows: done })
      onProgress?.({ done, total })
      if (step.isFinished) return result
    }
  } finally {
    await lease.stop()
  }
}

function builtOn({ runId, plan }: { runId: string; plan: RollbackPlan }): ReasoningBankError {
  const said = Object.entries(plan.counts).map(
    ([problem, number]) => `${number} ${problemText[problem] ?? problem}`,
  )
  return new ReasoningBankError({
    code: "run:built_on",
    message: `Run ${runId} was built on since: ${said.join(", ")}. Nothing was changed.`,
    hint: "Look at the list; with --force all of it is rolled back nevertheless, and what stands on it goes too.",
  })
}

/** After a number. */
export const problemText: Record<string, string> = {
  edited: "rows edited",
  updated_by_later_run: "rows updated by a later run",
  added_under_trace: "memory items of others under its traces",
  linked_from: "lineage links of others to its rows",
  recalled: "rows recalled by searches",
  archived: "traces archived",
  member: "members of its new workspaces",
  invitation: "invitations to its new workspaces",
}

function interrupted(runId: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "interrupted",
    message: `Stopped. Run ${runId} is rolled back in part.`,
    hint: "Run the same command again to go on.",
  })
}
