import { Temporal } from "temporal-polyfill"
import type { JsonValue } from "../json/json-value.ts"
import { stringifyJson } from "../json/stringify-json.ts"

export type SourceTimestamp = {
  /** UTC with microseconds, `YYYY-MM-DDTHH:MM:SS.ffffffZ`; null when the value can not be read. */
  instant: string | null
  /** The value as the source wrote it; null when it wrote none. */
  text: string | null
  /**
   * `naive` when the source timezone was needed, `epoch` when it was a number, `unreadable` when it
   * is neither a date nor a number, else null.
   */
  reading: "naive" | "epoch" | "unreadable" | null
}

export type TimestampReader = (value: JsonValue | undefined) => SourceTimestamp

const dateTime = new RegExp(
  String.raw`^\s*(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?` +
    String.raw`\s*(Z|z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?\s*$`,
)
const decimalNumber = /^\s*-?\d+(\.\d+)?\s*$/
const earliestYear = 1
const latestYear = 9999

/**
 * Makes a reader of timestamps as Python programs write them: ISO 8601 with or without a zone (a
 * string of eight digits is a date), or seconds, milliseconds or microseconds since 1970 (told apart
 * by size). A time without a zone is read in `sourceTimezone` (IANA name); in a gap or an overlap of
 * daylight saving time the earlier offset counts, as in RFC 5545.
 *
 * @throws {RangeError} for a timezone nobody knows.
 */
export function createTimestampReader(sourceTimezone: string): TimestampReader {
  const zone =
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(sourceTimezone).timeZoneId

  return (value) => {
    if (value === undefined || value === null) return { instant: null, text: null, reading: null }
    if (typeof value === "object" || typeof value === "boolean") {
      return { instant: null, text: stringifyJson(value), reading: "unreadable" }
    }
    const text = String(value)
    if (typeof value === "string") {
      const match = dateTime.exec(value)
      if (match !== null) return { text, ...readDateTime({ match, zone }) }
      if (!decimalNumber.test(value)) return { instant: null, text, reading: "unreadable" }
    }
    const instant = readEpoch(Number(text))
    return { instant, text, reading: instant === null ? "unreadable" : "epoch" }
  }
}

function readDateTime({ match, zone }: { match: RegExpExecArray; zone: string }) {
  const [, year, , month, day, hour = "00", minute = "00", second = "00", fraction = "", offset] =
    match
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(6, "0").slice(0, 6)}`
  try {
    const instant = formatInstant(
      offset === undefined
        ? Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()
        : Temporal.Instant.from(local + offset.toUpperCase()),
    )
    if (instant === null) return { instant, reading: "unreadable" as const }
    return { instant, reading: offset === undefined ? ("naive" as const) : null }
  } catch {
    return { instant: null, reading: "unreadable" as const }
  }
}

function readEpoch(value: number): string | null {
  const magnitude = Math.abs(value)
  const unitsPerSecond = magnitude < 1e11 ? 1 : magnitude < 1e14 ? 1e3 : 1e6
  const microseconds = Math.round(value * (1e6 / unitsPerSecond))
  if (!Number.isSafeInteger(microseconds)) return null
  return formatInstant(Temporal.Instant.fromEpochNanoseconds(BigInt(microseconds) * 1000n))
}

function formatInstant(instant: Temporal.Instant): string | null {
  const year = instant.toZonedDateTimeISO("UTC").year
  if (year < earliestYear || year > latestYear) return null
  return instant.toString({ fractionalSecondDigits: 6 })
}

/** Whether two IANA names mean one zone (`UTC` and `Etc/UTC` do). */
export function sameTimezone(a: string, b: string): boolean {
  const start = Temporal.Instant.fromEpochMilliseconds(0)
  return start.toZonedDateTimeISO(a).equals(start.toZonedDateTimeISO(b))
}
