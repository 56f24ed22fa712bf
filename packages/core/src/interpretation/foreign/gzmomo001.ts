import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { outcomeOf, renamed, textOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"
import { itemsOf } from "./google.ts"

const textKeys = ["memory_items", "memory_items_json"]

/**
 * A record of reasoning-bank-sdk (Gzmomo001), in Chroma or as a line of `memories.jsonl`: a task and all its items as
 * texts. The vector is that of all items together; it stays with the item when there is one, else with the trace.
 */
export function readGzmomo001Record({ id, metadata, embedding }: ForeignRecord): ForeignReading {
  const told = metadata.memory_items ?? metadata.memory_items_json
  if (told === undefined) return { reason: "it has neither memory_items nor memory_items_json" }
  const domain = textOf(metadata.domain)
  const items = itemsOf(told)
  const kept = untrustedEmbedding(embedding)
  const isOne = items.elements.length === 1
  const element = renamed(without(metadata, [...textKeys, "id"]), {
    query: "task",
    status: "outcome",
    created_at: "timestamp",
  })
  return {
    workspaceId: null,
    trace: {
      sourceId: textOf(metadata.id) ?? id,
      isWhole: true,
      element: {
        ...element,
        outcome: outcomeOf(metadata.status),
        ...(items.rest !== "" && { memory_items_preamble: items.rest }),
      },
      embedding: isOne ? storedEmbedding(null) : kept,
    },
    memoryItems: items.elements.map((item) => ({
      element:
        domain !== null && typeof item === "object" && item !== null && !Array.isArray(item)
          ? { ...item, domain_category: domain }
          : item,
      embedding: isOne ? kept : storedEmbedding(null),
    })),
  }
}
