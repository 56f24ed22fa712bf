import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { RowNote } from "../row-note.ts"
import { storableJson, storableObject, storableText } from "./storable.ts"

/**
 * Reads the fields of one source object leniently: nothing is refused, what is unusual is noted, and
 * what is left at the end are the keys nobody asked for.
 */
export type FieldReader = {
  notes: RowNote[]
  /** The raw value; the key counts as known from now on. */
  take(key: string): JsonValue | undefined
  /** A string; null when absent or null; anything else as its JSON text, noted. */
  text(key: string): string | null
  /** Any JSON, made storable; null when absent. */
  json(key: string): JsonValue | null
  /** An object; empty when absent or null; anything else noted. */
  object(key: string): JsonObject
  /** A list of strings; null when absent or null; other shapes noted, empty elements left out. */
  texts(key: string): string[] | null
  /** An integer from 0 to 2^31-1; 0 when absent or null; anything else noted. */
  count(key: string): number
  /** Keys that were not taken, made storable. */
  rest(): JsonObject
}

const maximumInteger = 2 ** 31 - 1

export function createFieldReader(source: JsonObject): FieldReader {
  const notes: RowNote[] = []
  const known = new Set<string>()

  const take = (key: string): JsonValue | undefined => {
    known.add(key)
    return Object.hasOwn(source, key) ? source[key] : undefined
  }
  const noteType = (field: string, code: string, value: JsonValue) => {
    const original = storableJson({ value, field, notes })
    notes.push({ code, field, original })
  }
  const asText = (field: string, value: JsonValue): string => {
    if (typeof value === "string") return storableText({ text: value, field, notes })
    noteType(field, "not_text", value)
    return storableText({ text: stringifyJson(value), field, notes: [] })
  }

  return {
    notes,
    take,
    text(key) {
      const value = take(key)
      return value === undefined || value === null ? null : asText(key, value)
    },
    json(key) {
      const value = take(key)
      return value === undefined ? null : storableJson({ value, field: key, notes })
    },
    object(key) {
      const value = take(key)
      if (isJsonObject(value)) return storableObject({ value, field: key, notes })
      if (value !== undefined && value !== null) noteType(key, "not_an_object", value)
      return {}
    },
    texts(key) {
      const value = take(key)
      if (value === undefined || value === null) return null
      if (Array.isArray(value)) {
        return value.flatMap((item, index) => {
          if (item !== null) return [asText(`${key}[${index}]`, item)]
          noteType(`${key}[${index}]`, "not_text", item)
          return []
        })
      }
      noteType(key, "not_a_list", value)
      return typeof value === "string" ? [storableText({ text: value, field: key, notes: [] })] : []
    },
    count(key) {
      const value = take(key)
      if (value === undefined || value === null) return 0
      const number = typeof value === "bigint" ? Number(value) : value
      if (typeof number === "number" && Number.isInteger(number)) {
        if (number >= 0 && number <= maximumInteger) {
          if (typeof value === "number") noteType(key, "not_an_integer", value)
          return number
        }
      }
      noteType(key, "not_a_count", value)
      return 0
    },
    rest() {
      const extras: JsonObject = Object.create(null)
      for (const [key, value] of Object.entries(source)) {
        if (!known.has(key)) extras[key] = value
      }
      return storableObject({ value: extras, field: "extras", notes })
    },
  }
}
