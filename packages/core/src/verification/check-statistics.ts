import type { VerificationTarget } from "../verification-target.ts"
import type { VerificationTally } from "./verification-tally.ts"

/** Has the database count the rows of every workspace anew; a kept count that is another one is a difference. */
export async function checkStatistics({
  verificationTarget,
  tally,
  signal,
}: {
  verificationTarget: VerificationTarget
  tally: VerificationTally
  signal: AbortSignal | undefined
}) {
  for (const workspace of tally.state.workspaces) {
    signal?.throwIfAborted()
    const { compared, wrong, examples } = await verificationTarget.compareStatistics(
      workspace.workspace_id,
    )
    workspace.counts_compared = compared
    workspace.counts_wrong = wrong
    if (wrong === 0) continue
    tally.addDifference({
      kind: "workspace",
      workspace_id: workspace.workspace_id,
      id: null,
      source_id: null,
      problem: "statistics",
      fields: [
        `${wrong} of ${compared} kept counts are not those of the rows (rebuild_statistics corrects them)`,
        ...examples,
      ],
      updated_at: null,
    })
  }
}
