import { isJsonObject, type JsonValue } from "../../json/json-value.ts"
import { derivedRowId } from "../row-id.ts"
import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { outcomeOf, renamed, textOf, vectorOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord, ToldMemoryItem } from "./foreign-telling.ts"

/** An entry of ReasoningBank (budprat), `memory_bank.json`: a trace with its items, which have no ids. */
export function readBudpratRecord({ metadata, embedding }: ForeignRecord): ForeignReading {
  const { memory_items: items } = metadata
  if (!("task_query" in metadata) || !Array.isArray(items)) {
    return { reason: "it has no task_query with a list of memory_items" }
  }
  const { task_query: task = null, timestamp = null } = metadata
  const element = renamed(without(metadata, ["memory_items"]), {
    task_query: "task",
    success: "outcome",
  })
  const parts = ["budprat", String(task), String(timestamp)]
  return {
    workspaceId: null,
    trace: {
      sourceId: textOf(metadata.id) ?? derivedRowId({ kind: "trace", parts }),
      isWhole: true,
      element: { ...element, outcome: outcomeOf(metadata.success) },
      embedding: untrustedEmbedding(embedding),
    },
    memoryItems: items.map(readItem),
  }
}

function readItem(item: JsonValue): ToldMemoryItem {
  if (!isJsonObject(item)) {
    return { element: item, embedding: storedEmbedding(null) }
  }
  const vector = vectorOf(item.embedding)
  return {
    element: renamed(vector === null ? item : without(item, ["embedding"]), {
      extraction_timestamp: "created_at",
    }),
    embedding: untrustedEmbedding(vector),
  }
}
