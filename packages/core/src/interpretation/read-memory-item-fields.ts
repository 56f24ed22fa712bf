import type { JsonObject } from "../json/json-value.ts"
import type { LineageLink, LinkedKind } from "../lineage-link.ts"
import type { MemoryItem } from "../memory-item.ts"
import { createFieldReader } from "./field-reader.ts"
import { lineageLinks } from "./lineage-links.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import { timestampField } from "./timestamp-field.ts"

/** The part of a memory item that its own JSON tells; the rest depends on where it was found. */
export type MemoryItemFields = Omit<
  MemoryItem,
  "workspaceId" | "id" | "sourceId" | "traceId" | "ordinal" | "embedding"
> & {
  /** Its `id` as written, if any. */
  statedId: string | null
}

const difficultyLevels = new Set(["simple", "moderate", "complex", "expert"])
/** Limits of the original program's schema, in characters. */
const limits = {
  title: [5, 200],
  description: [10, 500],
  content: [20, Number.MAX_SAFE_INTEGER],
} as const
const maximumTags = 10

/**
 * Reads a memory item as the original programs wrote it. `derivedFromKind` says what `derived_from`
 * names: memory items in the current dialect, traces in the legacy one. Null when it holds none of
 * title, description and content.
 */
export function readMemoryItemFields({
  source,
  derivedFromKind,
  readTimestamp,
}: {
  source: JsonObject
  derivedFromKind: LinkedKind
  readTimestamp: TimestampReader
}): MemoryItemFields | null {
  const reader = createFieldReader(source)
  const { notes } = reader
  const title = reader.text("title")
  const description = reader.text("description")
  const content = reader.text("content")
  if (title === null && description === null && content === null) return null

  for (const [field, value] of Object.entries({ title, description, content })) {
    const [shortest, longest] = limits[field as keyof typeof limits]
    if (value === null) notes.push({ code: "missing_field", field })
    else if (value.length < shortest) notes.push({ code: "too_short", field })
    else if (value.length > longest) notes.push({ code: "too_long", field })
  }

  const patternTags = reader.texts("pattern_tags")
  if (patternTags !== null && patternTags.length > maximumTags) {
    notes.push({ code: "too_many", field: "pattern_tags" })
  }
  const difficultyLevel = reader.text("difficulty_level")
  if (difficultyLevel !== null && !difficultyLevels.has(difficultyLevel)) {
    notes.push({ code: "unknown_value", field: "difficulty_level" })
  }
  const createdAt = timestampField({ reader, key: "created_at", readTimestamp })
  const links: LineageLink[] = [
    ...lineageLinks({
      reader,
      key: "parent_memory_id",
      relation: "parent",
      targetKind: "memory_item",
    }),
    ...lineageLinks({
      reader,
      key: "derived_from",
      relation: "derived_from",
      targetKind: derivedFromKind,
    }),
  ]

  return {
    statedId: reader.text("id"),
    title: title ?? "",
    description,
    content: content ?? "",
    errorContext: reader.json("error_context"),
    patternTags,
    difficultyLevel,
    domainCategory: reader.text("domain_category"),
    evolutionStage: reader.count("evolution_stage"),
    createdAt: createdAt.instant,
    sourceCreatedAt: createdAt.text,
    links,
    extras: reader.rest(),
    notes,
  }
}
