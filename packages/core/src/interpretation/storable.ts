import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import type { RowNote } from "../row-note.ts"

const nul = "\u0000"
const nulSymbol = "\u2400"

function isStorableText(text: string): boolean {
  return !text.includes(nul) && text.isWellFormed()
}

/** JSON text of a string in ASCII only: what a note can hold whatever the string holds. */
function asciiLiteral(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

/**
 * Text that Postgres can hold: NUL becomes U+2400 and a lone surrogate U+FFFD. What was changed is
 * noted with the original as an ASCII JSON literal, so nothing is lost.
 */
export function storableText({
  text,
  field,
  notes,
}: {
  text: string
  field: string
  notes: RowNote[]
}): string {
  if (isStorableText(text)) return text
  notes.push({ code: "unstorable_characters", field, original: asciiLiteral(text) })
  return replaceUnstorable(text)
}

/** The text as it is stored, without a word about it. */
export function replaceUnstorable(text: string): string {
  return text.replaceAll(nul, nulSymbol).toWellFormed()
}

/**
 * The same for every string, key and number of a JSON value; NaN and infinities become strings. Of
 * keys that become one, the last one's value stays and the others' are noted.
 */
export function storableJson({
  value,
  field,
  notes,
}: {
  value: JsonValue
  field: string
  notes: RowNote[]
}): JsonValue {
  if (typeof value === "string") return storableText({ text: value, field, notes })
  if (typeof value === "number" && !Number.isFinite(value)) {
    notes.push({ code: "non_finite_number", field, original: String(value) })
    return String(value)
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      storableJson({ value: item, field: `${field}[${index}]`, notes }),
    )
  }
  if (isJsonObject(value)) return storableObject({ value, field, notes })
  return value
}

export function storableObject({
  value,
  field,
  notes,
}: {
  value: JsonObject
  field: string
  notes: RowNote[]
}): JsonObject {
  const object: JsonObject = Object.create(null)
  for (const [key, member] of Object.entries(value)) {
    const storableKey = storableText({ text: key, field: `${field} key`, notes })
    const memberField = `${field}.${storableKey}`
    if (Object.hasOwn(object, storableKey)) {
      const original = object[storableKey] ?? null
      notes.push({ code: "unstorable_characters", field: memberField, original })
    }
    object[storableKey] = storableJson({ value: member, field: memberField, notes })
  }
  return object
}

export function storableSourceId(sourceId: string | null, notes: RowNote[]): string | null {
  return sourceId === null ? null : storableText({ text: sourceId, field: "source_id", notes })
}
