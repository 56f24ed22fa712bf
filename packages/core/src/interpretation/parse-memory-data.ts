import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import { JsonSyntaxError, parseJson } from "../json/parse-json.ts"
import { recoverCutObject } from "../json/recover-cut-object.ts"

export type MemoryData =
  | { value: JsonObject; isCut: boolean; reason: null }
  | { value: null; reason: string }

/**
 * Reads the metadata `memory_data`: the memory item as JSON text. Of a text that was cut, the members
 * before the cut are taken; where the record's document (title, description and content on lines of
 * their own) still holds the content, it is taken from there.
 */
export function parseMemoryData({
  text,
  document,
}: {
  text: JsonValue | undefined
  document: string | null
}): MemoryData {
  if (isJsonObject(text)) return { value: text, isCut: false, reason: null }
  if (typeof text !== "string") return { value: null, reason: "memory_data is not JSON text" }
  try {
    const value = parseJson(text)
    if (isJsonObject(value)) return { value, isCut: false, reason: null }
    return { value: null, reason: "memory_data is JSON, but not an object" }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const recovered = error.truncated ? recoverCutItem({ text, document }) : null
    if (recovered !== null) return { value: recovered, isCut: true, reason: null }
    const what = error.truncated ? "is cut off" : "is not valid JSON"
    return { value: null, reason: `memory_data ${what}: ${error.message}` }
  }
}

function recoverCutItem({
  text,
  document,
}: {
  text: string
  document: string | null
}): JsonObject | null {
  const item = recoverCutObject(text)
  if (item === null || typeof item.title !== "string") return null
  if (typeof item.content === "string") return item
  if (typeof item.description !== "string" || document === null) return null
  const heading = `${item.title}\n${item.description}\n`
  if (!document.startsWith(heading)) return null
  item.content = document.slice(heading.length)
  return item
}
