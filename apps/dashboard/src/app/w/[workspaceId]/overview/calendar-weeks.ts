import type { DailyGrowth } from "../../../../data/statistics.ts"
import { addDays } from "../../../../time-range.ts"

export type CalendarDay = {
  day: string
  traces: number
  /** From 0, no trace, to 4, as many as on the busiest day or nearly so. */
  level: number
}

const weekCount = 53

/** The weeks that end with today's, each from Monday on; the last one ends today. */
export function calendarWeeks({
  days,
  today,
}: {
  days: readonly DailyGrowth[]
  today: string
}): CalendarDay[][] {
  const traces = new Map(days.map((day) => [day.day, day.traces]))
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7
  const first = addDays(today, -daysSinceMonday - 7 * (weekCount - 1))
  const weeks = Array.from({ length: weekCount }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => addDays(first, 7 * week + weekday)).filter(
      (day) => day <= today,
    ),
  )
  const busiest = Math.max(1, ...weeks.flat().map((day) => traces.get(day) ?? 0))
  return weeks.map((week) =>
    week.map((day) => {
      const count = traces.get(day) ?? 0
      return { day, traces: count, level: Math.ceil((4 * count) / busiest) }
    }),
  )
}
