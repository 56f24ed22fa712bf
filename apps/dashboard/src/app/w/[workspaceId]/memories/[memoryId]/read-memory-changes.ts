import type { JsonObject } from "../../../../../data/json-object.ts"
import type { Memory } from "../../../../../data/memory.ts"
import type { MemoryEdit } from "./actions.ts"

type Changes = MemoryEdit["changes"]

const usual = [
  { key: "error_type", label: "Pattern" },
  { key: "failure_pattern", label: "What goes wrong" },
  { key: "corrective_guidance", label: "What to do instead" },
]

const legacy = [
  { key: "error_type", label: "Pattern" },
  { key: "error_message", label: "Error message" },
  { key: "what_was_wrong", label: "What goes wrong" },
  { key: "why_happened", label: "Why" },
  { key: "how_fixed", label: "What to do instead" },
]

/** The texts of an error context that a form shows, in the dialect it is in. */
export function contextFields(context: JsonObject | null) {
  const isLegacy = context !== null && ("what_was_wrong" in context || "error_message" in context)
  return (isLegacy ? legacy : usual).map(({ key, label }) => {
    const value = context?.[key]
    return { key, label, value: typeof value === "string" ? value : "" }
  })
}

/** What of a form differs from the memory, and what undo would write back; null when nothing does. */
export function readMemoryChanges({ form, memory }: { form: FormData; memory: Memory }): {
  changes: Changes
  before: Changes
} | null {
  const read = (name: string) =>
    String(form.get(name) ?? "")
      .replaceAll("\r\n", "\n")
      .trim()
  const orNull = (text: string) => (text === "" ? null : text)
  const now = {
    title: read("title"),
    description: orNull(read("description")),
    content: read("content"),
    domain_category: orNull(read("domain")),
    difficulty_level: orNull(read("difficulty")),
    error_context: readContext({ read, context: memory.errorContext }),
  }
  const before = {
    title: memory.title,
    description: memory.description,
    content: memory.content,
    domain_category: memory.domain,
    difficulty_level: memory.difficulty,
    error_context: memory.errorContext,
  }
  const changed = (Object.keys(now) as (keyof typeof now)[]).filter(
    (name) => !isSame(now[name], before[name]),
  )
  if (changed.length === 0) return null
  const pick = (from: Changes): Changes =>
    Object.fromEntries(changed.map((name) => [name, from[name]]))
  return {
    changes: pick(now),
    before: pick(before),
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === "string" && typeof other === "string") return one === other.trim()
  return JSON.stringify(one) === JSON.stringify(other)
}

function readContext({
  read,
  context,
}: {
  read: (name: string) => string
  context: JsonObject | null
}): JsonObject | null {
  const changed: JsonObject = { ...context }
  for (const { key, value } of contextFields(context)) {
    const text = read(`context.${key}`)
    if (text === value.trim()) continue
    if (text === "") delete changed[key]
    else changed[key] = text
  }
  return Object.keys(changed).length === 0 ? null : changed
}
