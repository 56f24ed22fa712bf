import { expect, test } from "vitest"
import { addDays, daysBetween } from "../time-range.ts"
import { dayBuckets } from "./day-buckets.ts"

test.each([
  [1, 1],
  [7, 7],
  [31, 31],
  [32, 5],
  [90, 13],
  [365, 53],
])("%i days make %i buckets", (days, buckets) => {
  expect(dayBuckets({ from: addDays("2026-11-25", 1 - days), to: "2026-11-25" })).toHaveLength(
    buckets,
  )
})

test.each([5, 40, 90, 365, 372, 1_000])("%i days are covered once, in order", (days) => {
  const range = { from: addDays("2026-11-25", 1 - days), to: "2026-11-25" }
  const buckets = dayBuckets(range)
  expect(buckets[0]?.from).toBe(range.from)
  expect(buckets.at(-1)?.to).toBe(range.to)
  expect(buckets.reduce((sum, bucket) => sum + daysBetween(bucket), 0)).toBe(days)
  for (const [index, bucket] of buckets.entries()) {
    const next = buckets[index + 1]
    if (next !== undefined) expect(next.from).toBe(addDays(bucket.to, 1))
  }
})

test("long ranges come by month", () => {
  const buckets = dayBuckets({ from: "2025-01-15", to: "2026-11-25" })
  expect(buckets[0]).toEqual({
    from: "2025-01-15",
    to: "2025-01-31",
    label: "Jan 2025",
    title: "15 to 31 Jan 2025",
  })
  expect(buckets).toHaveLength(23)
})
