import type { StoredEmbedding } from "./embedding.ts"
import type { JsonObject, JsonValue } from "./json/json-value.ts"
import type { LineageLink } from "./lineage-link.ts"
import type { RowNote } from "./row-note.ts"

/** One lesson distilled from a trace. One row of `memory_items`. */
export type MemoryItem = {
  workspaceId: string
  /** UUID. */
  id: string
  /** The source's id, when it was not this UUID. */
  sourceId: string | null
  /** UUID of the trace it was distilled from, in the same workspace; null when the source names none. */
  traceId: string | null
  /** Position within its trace, from 0. */
  ordinal: number
  title: string
  description: string | null
  content: string
  /** Vector of title, description and content. */
  embedding: StoredEmbedding
  errorContext: JsonValue | null
  /** Null and empty are different answers; both are kept. */
  patternTags: string[] | null
  difficultyLevel: string | null
  domainCategory: string | null
  evolutionStage: number
  /** UTC, microseconds, `YYYY-MM-DDTHH:MM:SS.ffffffZ`; null when the source has none. */
  createdAt: string | null
  /** The timestamp as the source wrote it on the item itself. */
  sourceCreatedAt: string | null
  /** Keys this schema does not know, untouched. */
  extras: JsonObject
  notes: RowNote[]
  links: LineageLink[]
}
