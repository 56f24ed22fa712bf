import { isJsonObject, type JsonObject, parseJson } from "@reasoningbank/core"

/**
 * Merges the metadata of a log row into a record's, as Chroma does when it applies the row: `null`
 * takes a key away; so do an empty array and NaN, for which its tables have no value.
 *
 * @throws {JsonSyntaxError} when the row's text is no JSON
 */
export function mergeLogMetadata({ metadata, text }: { metadata: JsonObject; text: string }): void {
  const update = parseJson(text)
  if (!isJsonObject(update)) return
  for (const key of Object.keys(update)) {
    const value = update[key] ?? null
    const isEmpty =
      value === null || Number.isNaN(value) || (Array.isArray(value) && value.length === 0)
    if (isEmpty) delete metadata[key]
    else metadata[key] = value
  }
}
