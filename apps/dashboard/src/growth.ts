import type { ChartRow } from "./charts/chart-data.ts"
import { type DayBucket, dayBuckets } from "./charts/day-buckets.ts"
import type { DailyGrowth } from "./data/statistics.ts"
import { addDays, type Days, daysBetween, type TimeRange } from "./time-range.ts"

/** What was added in a stretch of time. */
export type Growth = {
  traces: number
  success: number
  partial: number
  failure: number
  /** Traces with another outcome, or none. */
  other: number
  memories: number
  fromErrors: number
  bytes: number
}

/** All days together that lie in the range; without one all rows, also those without a time. */
export function sumGrowth(days: readonly DailyGrowth[], range: Partial<TimeRange> | null): Growth {
  const sum: Growth = {
    traces: 0,
    success: 0,
    partial: 0,
    failure: 0,
    other: 0,
    memories: 0,
    fromErrors: 0,
    bytes: 0,
  }
  for (const day of days) {
    if (!isWithin(day.day, range)) continue
    sum.traces += day.traces
    sum.success += day.success_traces
    sum.partial += day.partial_traces
    sum.failure += day.failure_traces
    sum.other += day.traces - day.success_traces - day.partial_traces - day.failure_traces
    sum.memories += day.memories
    sum.fromErrors += day.memories_with_errors
    sum.bytes += day.content_bytes
  }
  return sum
}

/** Percentage of traces that succeeded; null without a trace. */
export function successRate({ success, traces }: Pick<Growth, "success" | "traces">) {
  return traces === 0 ? null : (100 * success) / traces
}

/** The days a chart of the range shows: from the first row on when the range has no beginning. */
function chartDays(days: readonly DailyGrowth[], { from, to }: TimeRange): Days {
  const first = days.find(({ day }) => day !== null)?.day ?? to
  return { from: from ?? (first < to ? first : to), to }
}

/**
 * One row for each stretch of the range: what was added in it, the rate of success in it and in the same stretch of the
 * period before, and what was stored in all at its end.
 */
export function growthRows({
  days,
  range,
  stored,
  linkOf,
}: {
  /** From the beginning of the period before until now. */
  days: readonly DailyGrowth[]
  range: TimeRange
  /** Now. */
  stored: { traces: number; memories: number; bytes: number }
  linkOf?: ((bucket: Days) => string) | undefined
}): ChartRow[] {
  const shown = chartDays(days, range)
  const shift = range.before === null ? null : daysBetween(shown)
  const since = sumGrowth(days, { from: addDays(range.to, 1) })
  const left = {
    traces: stored.traces - since.traces,
    memories: stored.memories - since.memories,
    bytes: stored.bytes - since.bytes,
  }
  return dayBuckets(shown)
    .map((bucket) => ({ bucket, added: sumGrowth(days, bucket) }))
    .reverse()
    .map(({ bucket, added }) => {
      const row = {
        ...pick(bucket),
        values: {
          ...added,
          rate: successRate(added),
          rateBefore: shift === null ? null : successRate(sumGrowth(days, earlier(bucket, shift))),
          tracesStored: left.traces,
          memoriesStored: left.memories,
          bytesStored: left.bytes,
        },
        ...(linkOf !== undefined && added.traces > 0 && { href: linkOf(bucket) }),
      }
      left.traces -= added.traces
      left.memories -= added.memories
      left.bytes -= added.bytes
      return row
    })
    .reverse()
}

function pick({ label, title, from, to }: DayBucket) {
  return { label, title, from, to }
}

function earlier({ from, to }: Days, days: number): Days {
  return { from: addDays(from, -days), to: addDays(to, -days) }
}

function isWithin(
  day: string | null,
  range: { from?: string | null; to?: string | null } | null,
): boolean {
  if (range === null) return true
  if (day === null) return (range.from ?? null) === null
  return (range.from ?? day) <= day && day <= (range.to ?? day)
}
