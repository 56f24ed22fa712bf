import { expect, test } from "vitest"
import { calendarWeeks } from "./calendar-weeks.ts"

const growth = (day: string, traces: number) => ({
  day,
  traces,
  success_traces: 0,
  failure_traces: 0,
  partial_traces: 0,
  memories: 0,
  memories_with_errors: 0,
  content_bytes: 0,
})

test("53 weeks from a Monday to today, coloured against the busiest day shown", () => {
  const weeks = calendarWeeks({
    days: [growth("2024-01-01", 999), growth("2026-11-23", 8), growth("2026-11-25", 1)],
    today: "2026-11-25",
  })
  expect(weeks).toHaveLength(53)
  expect(weeks[0]?.[0]?.day).toBe("2025-11-24")
  expect(weeks[0]).toHaveLength(7)
  expect(weeks.at(-1)).toEqual([
    { day: "2026-11-23", traces: 8, level: 4 },
    { day: "2026-11-24", traces: 0, level: 0 },
    { day: "2026-11-25", traces: 1, level: 1 },
  ])
})
