import { z } from "zod"
import { createTimestampReader } from "../interpretation/source-timestamp.ts"
import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { describeValue, textViolation, toPlainJson } from "./plain-json.ts"

const readTimestamp = createTimestampReader("UTC")
const zone = /[T ]\d\d.*(?:Z|[+-]\d\d(?::?\d\d)?)$/i

/** Text of so many characters (code points) that every backend can hold. */
export function textField({ shortest, longest }: { shortest: number; longest?: number }) {
  return z.string().superRefine((text, context) => {
    const length = [...text].length
    if (length < shortest || (longest !== undefined && length > longest)) {
      const limits = longest === undefined ? `at least ${shortest}` : `${shortest} to ${longest}`
      context.addIssue({
        code: "custom",
        message: `${length} ${length === 1 ? "character" : "characters"} given, ${limits} expected`,
      })
    }
    const violation = textViolation(text)
    if (violation !== null) context.addIssue({ code: "custom", message: violation })
  })
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Usually a UUID, which is kept in lower case; any other text is an id too. */
export const idField = textField({ shortest: 1, longest: 500 }).transform((id) =>
  uuid.test(id) ? id.toLowerCase() : id,
)

/** Any object JSON can hold. */
export const jsonObjectField = z
  .custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null, {
    error: ({ input }) => `${describeValue(input)} given, an object expected`,
  })
  .transform(toJsonObject)

/** A copy of an object as JSON; what can not be JSON becomes an issue. */
export function toJsonObject(given: object, context: z.RefinementCtx): JsonObject {
  const { value, violations } = toPlainJson(given)
  for (const { path, reason } of violations) {
    context.addIssue({ code: "custom", path, message: reason })
  }
  if (isJsonObject(value)) return value
  if (violations.length === 0) {
    const message = `${describeValue(given)} given, an object expected`
    context.addIssue({ code: "custom", message })
  }
  return z.NEVER
}

/** A time with its zone, kept in UTC with microseconds. */
export const instantField = z
  .union([z.string(), z.date()], {
    error: ({ input }) => `${describeValue(input)} given, a time expected`,
  })
  .transform((given, context): string => {
    const text = typeof given === "string" ? given : given.toISOString()
    const { instant } = zone.test(text.trim()) ? readTimestamp(text) : { instant: null }
    if (instant !== null) return instant
    context.addIssue({
      code: "custom",
      message: `${describeValue(given)} given, a time with its zone expected, such as 2026-11-25T08:00:00Z`,
    })
    return z.NEVER
  })

/** A vector with a direction: finite numbers, not all zero. It is kept at unit length. */
export const vectorField = z
  .custom<Float32Array | readonly number[]>(isVector, {
    error: ({ input }) => `${describeValue(input)} given, a list of numbers expected`,
  })
  .transform((given, context): Float32Array => {
    const vector = unitVector(Float32Array.from(given))
    if (vector !== null) return vector
    context.addIssue({
      code: "custom",
      message: "a vector of zeros or with numbers that are not finite has no direction",
    })
    return z.NEVER
  })

function isVector(value: unknown): boolean {
  if (value instanceof Float32Array) return true
  return Array.isArray(value) && value.every((number) => typeof number === "number")
}

const tolerance = 1e-5

/** At unit length, untouched when it is already there up to rounding; null when it has no direction. */
export function unitVector(vector: Float32Array): Float32Array | null {
  let sum = 0
  for (const value of vector) sum += value * value
  const norm = Math.sqrt(sum)
  if (!Number.isFinite(norm) || norm === 0) return null
  return Math.abs(norm - 1) <= tolerance ? vector : vector.map((value) => value / norm)
}
