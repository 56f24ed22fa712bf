import type { SourceRecord } from "../memory-source.ts"

/**
 * - `current`: one record per memory item, the whole item as JSON in metadata `memory_data`.
 * - `legacy`: one record per trace; its items, if kept, are in `traces.json`.
 * - `trace`: one record per trace, the whole trace as JSON in metadata `trace_data`; written beside `current`
 *   records by the Chroma backend of this project.
 * - `unknown`: something else.
 */
export type Dialect = "current" | "legacy" | "trace" | "unknown"

/** Tells by the metadata keys alone, so that a record with a broken value is still recognised. */
export function detectDialect({ metadata }: SourceRecord): Dialect {
  if (metadata === null) return "unknown"
  if ("memory_data" in metadata) return "current"
  if ("trace_data" in metadata) return "trace"
  if ("num_memories" in metadata && ("has_parent" in metadata || "outcome" in metadata)) {
    return "legacy"
  }
  return "unknown"
}
