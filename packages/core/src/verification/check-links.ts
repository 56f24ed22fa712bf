import type { VerificationTarget } from "../verification-target.ts"
import type { CompactKeySet } from "./compact-key-set.ts"
import type { VerificationTally } from "./verification-tally.ts"

/**
 * Walks every link of the workspaces the source fills: one that starts from no row is a difference, and one that leads
 * nowhere although the source has the row it leads to. A link that dangles in the source may dangle here.
 */
export async function checkLinks({
  verificationTarget,
  keys,
  tally,
  signal,
  onProgress,
}: {
  verificationTarget: VerificationTarget
  keys: CompactKeySet
  tally: VerificationTally
  signal: AbortSignal | undefined
  onProgress: (links: number) => void
}) {
  for (const workspace of tally.state.workspaces) {
    const workspaceId = workspace.workspace_id
    let after: unknown = null
    do {
      signal?.throwIfAborted()
      const page = await verificationTarget.listOpenLinks({ workspaceId, after })
      workspace.links += page.links
      for (const link of page.open) {
        const leadsNowhere =
          link.targetIsMissing && keys.has(link.targetKind, workspaceId, link.targetId)
        if (!link.childIsMissing && !leadsNowhere) continue
        tally.addDifference({
          kind: link.childKind,
          workspace_id: workspaceId,
          id: link.childId,
          source_id: null,
          problem: link.childIsMissing ? "link_without_row" : "link_leads_nowhere",
          fields: [`${link.relation} ${link.targetKind} ${link.targetId}`],
          updated_at: null,
        })
      }
      onProgress(page.links)
      after = page.next
    } while (after !== null)
  }
}
