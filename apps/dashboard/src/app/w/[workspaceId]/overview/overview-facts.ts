import type { RetrievalStatistics } from "../../../../data/retrievals.ts"
import type { DailyGrowth, Statistics } from "../../../../data/statistics.ts"
import type { Growth } from "../../../../growth.ts"
import type { TimeRange } from "../../../../time-range.ts"

/** What the parts of the page draw. */
export type OverviewFacts = {
  workspaceId: string
  range: TimeRange
  /** Everything stored now. */
  statistics: Statistics
  /** The last year, the range and the period before it at least. */
  days: readonly DailyGrowth[]
  /** Within the range. */
  growth: Growth
  /** Within the period before; null when there is none. */
  before: Growth | null
  retrievals: RetrievalStatistics
  now: Date
}
