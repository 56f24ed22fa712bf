/**
 * How values of some Postgres types (keyed by object identifier) go into JSON, where lite differs from PostgREST:
 * timestamps are ISO 8601 (`2026-11-23T17:10:41.89+00:00`), NaN and the infinities are strings and not null.
 */
export function restParsers(): Record<number, (text: string) => unknown> {
  return {
    [TIMESTAMP]: isoTimestamp,
    [TIMESTAMP_WITH_TIME_ZONE]: isoTimestamp,
    [FLOAT4]: finiteOrText,
    [FLOAT8]: finiteOrText,
  }
}

const TIMESTAMP = 1114
const TIMESTAMP_WITH_TIME_ZONE = 1184
const FLOAT4 = 700
const FLOAT8 = 701

export function isoTimestamp(text: string): string {
  return text.replace(/^(\S+) (\d)/, "$1T$2").replace(/([+-]\d\d)(?= BC$|$)/, "$1:00")
}

function finiteOrText(text: string): number | string {
  const value = Number(text)
  return Number.isFinite(value) ? value : text
}
