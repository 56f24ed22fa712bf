import { expect, test } from "vitest"
import type { DailyGrowth } from "./data/statistics.ts"
import { growthRows, successRate, sumGrowth } from "./growth.ts"
import { readTimeRange } from "./time-range.ts"

const day = (day: string | null, traces: number, success: number): DailyGrowth => ({
  day,
  traces,
  success_traces: success,
  failure_traces: traces - success,
  partial_traces: 0,
  memories: 2 * traces,
  memories_with_errors: 1,
  content_bytes: 1_000 * traces,
})

const days = [
  day("2026-11-10", 4, 1),
  day("2026-11-19", 2, 2),
  day("2026-11-25", 3, 1),
  day(null, 5, 5),
]
const now = new Date("2026-11-25T12:00:00Z")
const range = readTimeRange({ searchParams: { period: "7d" }, now })

test("a range takes its days, all time also what has none", () => {
  expect(sumGrowth(days, range)).toMatchObject({ traces: 5, success: 3, failure: 2, memories: 10 })
  expect(sumGrowth(days, range.before)).toMatchObject({ traces: 0 })
  expect(sumGrowth(days, readTimeRange({ searchParams: { period: "all" }, now }))).toMatchObject({
    traces: 14,
  })
})

test("without a trace there is no rate", () => {
  expect(successRate({ traces: 0, success: 0 })).toBeNull()
  expect(successRate({ traces: 3, success: 1 })).toBeCloseTo(33.333, 3)
})

test("rows tell what was added, what was stored by then, and the rate before", () => {
  const rows = growthRows({
    days: [day("2026-11-12", 4, 1), ...days.slice(1)],
    range,
    stored: { traces: 14, memories: 28, bytes: 14_000 },
    linkOf: ({ from, to }) => `${from}..${to}`,
  })
  expect(rows).toHaveLength(7)
  expect(rows[0]).toMatchObject({
    label: "19 Nov",
    href: "2026-11-19..2026-11-19",
    values: { traces: 2, rate: 100, rateBefore: 25, tracesStored: 11, bytesStored: 11_000 },
  })
  expect(rows[1]?.values).toMatchObject({ rate: null, rateBefore: null, tracesStored: 11 })
  expect(rows[1]?.href).toBeUndefined()
  expect(rows.at(-1)?.values).toMatchObject({ traces: 3, tracesStored: 14 })
})

test("what came after the range is not in it", () => {
  const rows = growthRows({
    days,
    range: readTimeRange({ searchParams: { from: "2026-11-18", to: "2026-11-19" }, now }),
    stored: { traces: 14, memories: 28, bytes: 14_000 },
  })
  expect(rows.map(({ values }) => values.tracesStored)).toEqual([9, 11])
})
