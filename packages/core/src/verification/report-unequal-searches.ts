import type { SearchParity } from "./verification-report.ts"
import type { VerificationTally } from "./verification-tally.ts"

/**
 * A sampled vector whose neighbours by exact comparison are other ones in the target is a difference. What a search misses
 * of them is how approximate it is, and is only reported.
 */
export function reportUnequalSearches({
  parity,
  tally,
}: {
  parity: SearchParity
  tally: VerificationTally
}) {
  for (const { kind, workspace_id, id, expected, exact } of parity.samples) {
    if (exact === expected) continue
    tally.addDifference({
      kind,
      workspace_id,
      id,
      source_id: null,
      problem: "search",
      fields: [`${exact} of the source's ${expected} nearest neighbours`],
      updated_at: null,
    })
  }
}
