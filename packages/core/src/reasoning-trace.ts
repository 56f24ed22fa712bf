import type { StoredEmbedding } from "./embedding.ts"
import type { JsonObject, JsonValue } from "./json/json-value.ts"
import type { LineageLink } from "./lineage-link.ts"
import type { RowNote } from "./row-note.ts"

/** One attempt at a task: what was asked, what was done, how it ended. One row of `reasoning_traces`. */
export type ReasoningTrace = {
  workspaceId: string
  /** UUID. */
  id: string
  /** The source's id, when it was not this UUID. */
  sourceId: string | null
  task: string
  /** Vector of the task text. */
  embedding: StoredEmbedding
  /** Steps as the source has them; null when it never kept them. */
  trajectory: JsonValue | null
  /** `success`, `failure`, `partial`, or whatever the source says; null when it says nothing. */
  outcome: string | null
  metadata: JsonObject
  /** UTC, microseconds, `YYYY-MM-DDTHH:MM:SS.ffffffZ`; null when the source has none. */
  createdAt: string | null
  /** The timestamp as the source wrote it. */
  sourceCreatedAt: string | null
  /** Keys this schema does not know, untouched. */
  extras: JsonObject
  notes: RowNote[]
  links: LineageLink[]
}
