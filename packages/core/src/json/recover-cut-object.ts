import { isJsonObject, type JsonObject } from "./json-value.ts"
import { JsonSyntaxError, parseJson } from "./parse-json.ts"

/** The members of a JSON object that were complete before its text was cut; null when none was. */
export function recoverCutObject(text: string): JsonObject | null {
  const end = endOfLastMember(text)
  if (end === null) return null
  try {
    const value = parseJson(`${text.slice(0, end)}}`)
    return isJsonObject(value) ? value : null
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}

/** Where the last comma between the object's own members stands. */
function endOfLastMember(text: string): number | null {
  let depth = 0
  let inString = false
  let last: number | null = null
  for (let position = 0; position < text.length; position++) {
    const character = text[position]
    if (inString) {
      if (character === "\\") position++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === "{" || character === "[") depth++
    else if (character === "}" || character === "]") depth--
    else if (character === "," && depth === 1) last = position
  }
  return last
}
