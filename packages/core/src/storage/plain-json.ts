import { isJsonObject, type JsonValue } from "../json/json-value.ts"

/** Why a value can not be stored as JSON, and where in it. */
export type JsonViolation = { path: (string | number)[]; reason: string }

const deepest = 100

/** Text that every backend can hold: Postgres takes no NUL, and UTF-8 no lone surrogate. */
export function textViolation(text: string): string | null {
  if (text.includes("\u0000")) return "a NUL character can not be stored"
  return text.isWellFormed() ? null : "half a surrogate pair can not be stored"
}

/**
 * A program's value as JSON of its own. Members that are `undefined` are left out, as `JSON.stringify` does;
 * anything else that JSON has no word for is a violation.
 */
export function toPlainJson(given: unknown): { value: JsonValue; violations: JsonViolation[] } {
  const violations: JsonViolation[] = []

  const convert = (value: unknown, path: (string | number)[]): JsonValue => {
    const refuse = (reason: string): JsonValue => {
      violations.push({ path, reason })
      return null
    }
    if (path.length > deepest) return refuse(`nested deeper than ${deepest} levels`)
    if (typeof value === "string") {
      const reason = textViolation(value)
      return reason === null ? value : refuse(reason)
    }
    if (value === null || typeof value === "boolean" || typeof value === "bigint") return value
    if (typeof value === "number") {
      return Number.isFinite(value) ? value : refuse(`${value} given, a finite number expected`)
    }
    if (Array.isArray(value)) return value.map((item, index) => convert(item, [...path, index]))
    if (!isPlainObject(value)) return refuse(`${describeValue(value)} given, JSON expected`)
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(
      members.map(([key, member]) => {
        const reason = textViolation(key)
        if (reason !== null) violations.push({ path: [...path, key], reason })
        return [key, convert(member, [...path, key])]
      }),
    )
  }
  return { value: convert(given, []), violations }
}

/** Integers as `bigint`, so that they are written without a fraction. */
export function toExactJson(value: JsonValue): JsonValue {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value
  }
  return mapJson(value, toExactJson)
}

/** Integers as `number` where that loses no digit, else as `bigint`. */
export function fromExactJson(value: JsonValue): JsonValue {
  if (typeof value === "bigint") {
    const number = Number(value)
    return Number.isFinite(number) && BigInt(number) === value ? number : value
  }
  return mapJson(value, fromExactJson)
}

function mapJson(value: JsonValue, convert: (value: JsonValue) => JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(convert)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, convert(member)]))
}

/** A value as an error names it: short, and what it is. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (typeof value === "string") {
    return value.length > 40 ? `"${value.slice(0, 40)}…"` : JSON.stringify(value)
  }
  if (typeof value === "object") {
    return Array.isArray(value) ? "a list" : `a ${value.constructor?.name ?? "object"}`
  }
  return typeof value === "function" || typeof value === "symbol"
    ? `a ${typeof value}`
    : String(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
