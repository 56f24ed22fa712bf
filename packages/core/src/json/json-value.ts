/**
 * JSON with its number types kept: an integer is a `bigint`, a float is a `number` (so `1` and `1.0`
 * stay apart and 64-bit integers keep all their digits). `NaN` and infinities, which Python writes,
 * are numbers too. Objects have a null prototype: a key may be `__proto__`.
 */
export type JsonValue = null | boolean | string | bigint | number | JsonValue[] | JsonObject

export type JsonObject = { [key: string]: JsonValue }

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
