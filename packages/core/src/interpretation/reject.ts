import type { JsonValue } from "../json/json-value.ts"
import type { LinkedKind } from "../lineage-link.ts"

/** Something of the source that could not become a row. The run goes on; the whole of it is kept. */
export type Reject = {
  kind: "record" | "trace" | "memory_item"
  /** The source's id, or where the thing stood when it has none. */
  sourceId: string
  code:
    | "unknown_dialect"
    | "unreadable_memory_data"
    | "unfinished_write"
    | "no_content"
    | "duplicate_id"
    | "malformed_entry"
    | "truncated_tail"
    | "refused_by_target"
  reason: string
  /** What was rejected, as read. */
  content: JsonValue
  /** Where it stood, as far as its content does not say that itself; needed to move it after a repair. */
  place?: RejectPlace
}

export type RejectPlace =
  /** An element of `traces.json`. */
  | { index: number }
  /** A memory item of a trace that was moved. */
  | {
      workspaceIds: string[]
      /** The trace's own id, as far as it has one, and the id of its row. */
      traceSourceId: string
      traceId: string
      ordinal: number
      /** What its `derived_from` names. */
      derivedFromKind: LinkedKind
      /** Of the trace; an item without a time has this one. */
      createdAt: string | null
    }
