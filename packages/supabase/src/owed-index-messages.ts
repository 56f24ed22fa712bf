import { type OwedIndex, parseJson } from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"

/** What `list_owed_indexes` returns. */
export function parseOwedIndexes(text: string): OwedIndex[] {
  return jsonFields({ list: parseJson(text) })
    .list("list")
    .map(jsonFields)
    .map((fields) => ({
      name: fields.text("index_name"),
      kind: fields.text("table_name") === "reasoning_traces" ? "trace" : "memory_item",
      problem: fields.oneOf("problem", ["dropped", "invalid"]),
      runId: fields.textOrNull("run_id"),
      droppedAt: fields.textOrNull("dropped_at"),
    }))
}

/** What `drop_vector_indexes` returns. */
export function parseDroppedIndexes(text: string): string[] {
  return jsonFields({ list: parseJson(text) }).textsOrNull("list") ?? []
}
