import type { JsonObject } from "../../../../../data/json-object.ts"

export type ErrorLesson = {
  pattern: string | null
  message: string | null
  wrong: string | null
  why: string | null
  instead: string | null
  /** What has none of the usual names. */
  rest: JsonObject
}

const names = {
  pattern: ["error_type"],
  message: ["error_message"],
  wrong: ["failure_pattern", "what_was_wrong"],
  why: ["why_happened"],
  instead: ["corrective_guidance", "how_fixed"],
} as const

/** An error context in the words of either dialect. */
export function readErrorContext(context: JsonObject): ErrorLesson {
  const rest = { ...context }
  const take = (keys: readonly string[]) => {
    const key = keys.find((name) => typeof rest[name] === "string" && rest[name] !== "")
    if (key === undefined) return null
    const value = rest[key]
    delete rest[key]
    return typeof value === "string" ? value : null
  }
  const pattern = take(names.pattern)
  return {
    pattern: pattern === null ? null : toWords(pattern),
    message: take(names.message),
    wrong: take(names.wrong),
    why: take(names.why),
    instead: take(names.instead),
    rest,
  }
}

/** "duplicate_side_effect" → "Duplicate side effect" */
function toWords(name: string): string {
  if (/\s/.test(name)) return name
  const words = name.replace(/[_-]+/g, " ").trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
