import { isJsonObject, type JsonObject } from "./json-value.ts"
import { JsonSyntaxError, parseJson } from "./parse-json.ts"

/** The object that a text is the JSON of; null for anything else. */
export function objectOrNull(text: string): JsonObject | null {
  try {
    const value = parseJson(text)
    return isJsonObject(value) ? value : null
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}
