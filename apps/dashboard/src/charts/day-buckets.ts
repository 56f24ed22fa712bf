import { formatDay, formatDays, formatMonth } from "../format/format-day.ts"
import { addDays, type Days, daysBetween, earlierDay, laterDay } from "../time-range.ts"

export type DayBucket = Days & { label: string; title: string }

/**
 * The days of a range in stretches that a chart can show: days up to a month, weeks of seven days that end with the
 * range up to a year, else calendar months. All of the range is covered, days without rows too.
 */
export function dayBuckets(range: Days): DayBucket[] {
  const count = daysBetween(range)
  if (count > 371) return months(range)
  const length = count <= 31 ? 1 : 7
  const buckets: DayBucket[] = []
  for (let to = range.to; to >= range.from; to = addDays(to, -length)) {
    const first = addDays(to, 1 - length)
    const days = { from: laterDay(first, range.from), to }
    buckets.unshift({
      ...days,
      label: formatDay(days.from, { hasYear: false }),
      title: formatDays(days),
    })
  }
  return buckets
}

function months(range: Days): DayBucket[] {
  const buckets: DayBucket[] = []
  for (let from = range.from; from <= range.to; ) {
    const [year = 0, month = 0] = from.split("-").map(Number)
    const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
    const days = { from, to: earlierDay(end, range.to) }
    buckets.push({
      ...days,
      label: formatMonth(from),
      title: formatDays(days),
    })
    from = addDays(end, 1)
  }
  return buckets
}
