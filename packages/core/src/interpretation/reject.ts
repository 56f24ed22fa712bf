import type { JsonValue } from "../json/json-value.ts"

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
}
