import type { JsonObject } from "../../json/json-value.ts"
import { derivedRowId } from "../row-id.ts"
import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { outcomeOf, renamed, textOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"

/**
 * A memory of ReasoningBank-MCP (hanw39), `memories.json` or `archived_memories.json`. Its agent is a workspace.
 * What was distilled at once has one agent, query, outcome and time: those make its trace.
 */
export function readHanw39Record({ metadata, embedding }: ForeignRecord): ForeignReading {
  if (!("content" in metadata) && !("title" in metadata)) {
    return { reason: "it has neither a title nor a content" }
  }
  const { agent_id: agent = null, query = null, success = null, timestamp = null } = metadata
  const items = renamed(without(metadata, ["agent_id", "query", "success"]), {
    memory_id: "id",
    timestamp: "created_at",
    tags: "pattern_tags",
    merged_from: "derived_from",
  })
  const trace: JsonObject = { task: query, outcome: outcomeOf(success), timestamp }
  const parts = ["hanw39", textOf(agent), textOf(query), String(success), textOf(timestamp)]
  return {
    workspaceId: textOf(agent),
    trace:
      query === null
        ? null
        : {
            sourceId: derivedRowId({ kind: "trace", parts: parts.map((part) => part ?? "") }),
            isWhole: false,
            element: trace,
            embedding: storedEmbedding(null),
          },
    memoryItems: [
      {
        element: query === null ? { ...items, success } : items,
        embedding: untrustedEmbedding(embedding),
      },
    ],
  }
}
