/** How values of one Postgres type (by its number in `pg_type`) go into JSON and come from it. */
export type RestType = {
  parse(text: string): unknown
  serialize(value: unknown): string
}

/**
 * Where lite differs from PostgREST. Out: timestamps are ISO 8601 (`2026-11-23T17:10:41.89+00:00`), NaN and the
 * infinities are strings and not null. In: a vector may be a JSON array, and JSON is JSON whether it comes as a value
 * or as its text, also in the arguments of functions.
 */
export function restTypes(vectorTypes: number[]): Map<number, RestType> {
  const json: RestType = { parse: (text) => JSON.parse(text), serialize: jsonText }
  const float: RestType = { parse: finiteOrText, serialize: String }
  const timestamp: RestType = { parse: isoTimestamp, serialize: timestampText }
  return new Map([
    [JSON_TYPE, json],
    [JSONB, json],
    [FLOAT4, float],
    [FLOAT8, float],
    [TIMESTAMP, timestamp],
    [TIMESTAMP_WITH_TIME_ZONE, timestamp],
    ...vectorTypes.map((type): [number, RestType] => [
      type,
      { parse: String, serialize: vectorText },
    ]),
  ])
}

const JSON_TYPE = 114
const FLOAT4 = 700
const FLOAT8 = 701
const TIMESTAMP = 1114
const TIMESTAMP_WITH_TIME_ZONE = 1184
const JSONB = 3802

function isoTimestamp(text: string): string {
  return text.replace(/^(\S+) (\d)/, "$1T$2").replace(/([+-]\d\d)(?= BC$|$)/, "$1:00")
}

function finiteOrText(text: string): number | string {
  const value = Number(text)
  return Number.isFinite(value) ? value : text
}

function timestampText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}

function vectorText(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value) : String(value)
}

function jsonText(value: unknown): string {
  return typeof value === "string" && isJson(value) ? value : JSON.stringify(value)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
