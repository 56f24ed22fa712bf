import type { JsonValue } from "@reasoningbank/core"

/**
 * Parses JSON with integers as `bigint` and floats as `number`, by the digits of the text itself. Unlike
 * core's `parseJson` its strings are copies: a value that is kept does not keep a whole answer in memory.
 * Throws a `SyntaxError` for anything that is not JSON.
 */
export function parseExactJson(text: string): JsonValue {
  return JSON.parse(text, keepNumberType)
}

const integer = /^-?\d+$/

/** `source` is the number as written: https://github.com/tc39/proposal-json-parse-with-source */
function keepNumberType(_key: string, value: JsonValue, context?: { source?: string }): JsonValue {
  if (typeof value === "number") {
    const source = context?.source ?? ""
    return integer.test(source) ? BigInt(source) : value
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
  return isObject ? Object.assign(Object.create(null), value) : value
}
