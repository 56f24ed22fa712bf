import type { JsonValue } from "./json-value.ts"

/**
 * The inverse of `parseJson`: integers keep all their digits, floats keep a float's look (`1.0`).
 * Numbers that JSON has no word for become the strings "NaN", "Infinity" and "-Infinity"; lone
 * surrogates become `\u` escapes.
 */
export function stringifyJson(value: JsonValue): string {
  if (value === null) return "null"
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number") return stringifyFloat(value)
  if (typeof value !== "object") return String(value)
  if (Array.isArray(value)) return `[${value.map(stringifyJson).join(",")}]`
  const members = Object.keys(value).map(
    (key) => `${JSON.stringify(key)}:${stringifyJson(value[key] ?? null)}`,
  )
  return `{${members.join(",")}}`
}

function stringifyFloat(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`
  if (Object.is(value, -0)) return "-0.0"
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
