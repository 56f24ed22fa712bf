import { z } from "zod"
import { formatDays } from "./format/format-day.ts"
import { type Period, periodDays, readPeriod } from "./period.ts"

const dayInMs = 86_400_000
const daySchema = z.iso.date()

export type Days = { from: string; to: string }

/** The stretch of time a page looks at: days in UTC, both ends included. */
export type TimeRange = {
  period: Period
  /** Null from the first row on. */
  from: string | null
  to: string
  /** The stretch of the same length that ended the day before; null when there is no beginning. */
  before: Days | null
  /** From `from` and `to` of the address, not from the period. */
  isCustom: boolean
  /** Such as "in the last 90 days". */
  phrase: string
  /** Such as "the 90 days before". */
  beforePhrase: string
}

/** The range of an address: `from` and `to` where both are days in order, else `period`. */
export function readTimeRange({
  searchParams,
  now,
}: {
  searchParams: Record<string, string | string[] | undefined>
  now: Date
}): TimeRange {
  const period = readPeriod(searchParams.period)
  const today = now.toISOString().slice(0, 10)
  const custom = readDays(searchParams)
  if (custom !== null) {
    const days = daysBetween(custom)
    return {
      period,
      ...custom,
      before: daysBefore(custom),
      isCustom: true,
      phrase: custom.from === custom.to ? `on ${formatDays(custom)}` : `from ${formatDays(custom)}`,
      beforePhrase: days === 1 ? "the day before" : `the ${days} days before`,
    }
  }
  const days = periodDays[period]
  if (days === null) {
    return {
      period,
      from: null,
      to: today,
      before: null,
      isCustom: false,
      phrase: "since the first trace",
      beforePhrase: "",
    }
  }
  const range = { from: addDays(today, 1 - days), to: today }
  return {
    period,
    ...range,
    before: daysBefore(range),
    isCustom: false,
    phrase: days === 365 ? "in the last year" : `in the last ${days} days`,
    beforePhrase: days === 365 ? "the year before" : `the ${days} days before`,
  }
}

/** How many days a range has, both ends included. */
export function daysBetween({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayInMs) + 1
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayInMs).toISOString().slice(0, 10)
}

export function earlierDay(one: string, other: string): string {
  return [one, other].sort()[0] ?? one
}

export function laterDay(one: string, other: string): string {
  return [one, other].sort()[1] ?? one
}

function daysBefore(range: Days): Days {
  return { from: addDays(range.from, -daysBetween(range)), to: addDays(range.from, -1) }
}

function readDays({ from, to }: Record<string, string | string[] | undefined>): Days | null {
  const parsed = z.object({ from: daySchema, to: daySchema }).safeParse({ from, to })
  return parsed.success && parsed.data.from <= parsed.data.to ? parsed.data : null
}
