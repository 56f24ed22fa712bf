import { type Growth, successRate } from "../../../../growth.ts"
import type { TimeRange } from "../../../../time-range.ts"

type Traces = Pick<Growth, "traces" | "success">

/** What the page says in a sentence: how the success rate moved against the period before. */
export function describeSuccess({
  now,
  before,
  range: { phrase },
}: {
  now: Traces
  before: Traces | null
  range: Pick<TimeRange, "phrase">
}): string {
  const rate = successRate(now)
  if (rate === null) return `No traces ${phrase}`
  const rateBefore = before === null ? null : successRate(before)
  if (rateBefore === null) return `${whole(rate)} of traces succeeded ${phrase}`
  if (Math.round(rate) === Math.round(rateBefore)) {
    return `Success rate held at ${whole(rate)} ${phrase}`
  }
  const verb = rate > rateBefore ? "rose" : "fell"
  return `Success rate ${verb} from ${whole(rateBefore)} to ${whole(rate)} ${phrase}`
}

function whole(rate: number): string {
  return `${Math.round(rate)} %`
}
