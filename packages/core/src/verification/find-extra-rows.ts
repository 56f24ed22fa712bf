import type { RowKey } from "../migration-target.ts"
import type { VerificationTarget } from "../verification-target.ts"
import type { CompactKeySet } from "./compact-key-set.ts"
import type { VerificationTally } from "./verification-tally.ts"

/**
 * Walks every row that a run of this source wrote: one that the source does not have is a difference, and so is a memory
 * item whose trace is not there.
 */
export async function findExtraRows({
  verificationTarget,
  sourceIdentity,
  keys,
  tally,
  signal,
  onProgress,
}: {
  verificationTarget: VerificationTarget
  sourceIdentity: string
  keys: CompactKeySet
  tally: VerificationTally
  signal: AbortSignal | undefined
  onProgress: (rows: number) => void
}) {
  for (const kind of ["trace", "memory_item"] as const) {
    let after: RowKey | null = null
    for (;;) {
      signal?.throwIfAborted()
      const page = await verificationTarget.listMigratedRows({ sourceIdentity, kind, after })
      for (const { workspaceId, id, traceIsMissing } of page) {
        const finding = {
          kind,
          workspace_id: workspaceId,
          id,
          source_id: null,
          fields: [],
          updated_at: null,
        }
        if (!keys.has(kind, workspaceId, id)) {
          tally.state.counts[kind].extra++
          tally.addDifference({ ...finding, problem: "extra" })
        }
        if (traceIsMissing) tally.addDifference({ ...finding, problem: "trace_missing" })
      }
      onProgress(page.length)
      const last = page.at(-1)
      if (last === undefined) break
      after = last
    }
  }
}
