import type { JsonObject, JsonValue } from "../../json/json-value.ts"
import { isJsonObject } from "../../json/json-value.ts"
import { parseJson } from "../../json/parse-json.ts"

/**
 * The object with its keys renamed: `{ query: "task" }` makes `task` of `query`. A key that is in the way is
 * kept as `source_<key>`.
 */
export function renamed(source: JsonObject, names: Record<string, string>): JsonObject {
  const result: JsonObject = Object.create(null)
  const taken = new Set(
    Object.entries(names).flatMap(([from, to]) => (Object.hasOwn(source, from) ? [to] : [])),
  )
  for (const [key, value] of Object.entries(source)) {
    const name = names[key]
    if (name !== undefined) result[name] = value
    else result[taken.has(key) ? `source_${key}` : key] = value
  }
  return result
}

/** The object without these keys. */
export function without(source: JsonObject, keys: readonly string[]): JsonObject {
  const result: JsonObject = Object.create(null)
  for (const [key, value] of Object.entries(source)) if (!keys.includes(key)) result[key] = value
  return result
}

export function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === "string") return value === "" ? null : value
  return typeof value === "bigint" || typeof value === "number" ? String(value) : null
}

const outcomes: Record<string, string> = {
  true: "success",
  "1": "success",
  success: "success",
  false: "failure",
  "0": "failure",
  fail: "failure",
  failure: "failure",
  partial: "partial",
}

/** `success` or `failure` for what programs write instead; other words stay. */
export function outcomeOf(value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return null
  if (typeof value === "object") return value
  return outcomes[String(value).toLowerCase()] ?? value
}

/** A JSON text in a column, as its value; a text that is no JSON stays what it is. */
export function parsedText(value: JsonValue | undefined): JsonValue {
  if (typeof value !== "string") return value ?? null
  try {
    return parseJson(value)
  } catch {
    return value
  }
}

/** A list of numbers as a vector; null for anything else. */
export function vectorOf(value: JsonValue | undefined): Float32Array | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const isNumber = (item: JsonValue) => typeof item === "number" || typeof item === "bigint"
  return value.every(isNumber) ? Float32Array.from(value, Number) : null
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : Object.create(null)
}
