import type { JsonObject, JsonValue } from "../../json/json-value.ts"
import { isJsonObject } from "../../json/json-value.ts"
import { storedEmbedding } from "../stored-embedding.ts"
import { objectOf, parsedText, textOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"

/**
 * A row of the original ReasoningBank's Supabase schema: a trace, or a memory item with its `trace` where that lies in another
 * workspace. Its adapter stored JSON as texts inside jsonb; its vectors are those of our model.
 */
export function readOriginalRecord({ metadata: row, embedding }: ForeignRecord): ForeignReading {
  const workspaceId = textOf(row.workspace_id)
  if ("task" in row) {
    return {
      workspaceId,
      trace: {
        sourceId: textOf(row.id) ?? "",
        isWhole: true,
        element: traceElement(row),
        embedding: storedEmbedding(embedding),
      },
      memoryItems: [],
    }
  }
  const traceId = textOf(row.trace_id)
  const element: JsonObject = {
    ...without(row, ["workspace_id", "trace_id", "trace"]),
    error_context: decoded(row.error_context),
  }
  return {
    workspaceId,
    trace:
      traceId === null
        ? null
        : {
            sourceId: traceId,
            isWhole: false,
            element: traceElement(objectOf(row.trace)),
            embedding: storedEmbedding(null),
          },
    memoryItems: [{ element, embedding: storedEmbedding(embedding) }],
  }
}

function traceElement(row: JsonObject): JsonObject {
  return {
    task: null,
    ...without(row, ["workspace_id"]),
    trajectory: decoded(row.trajectory),
    metadata: decoded(row.metadata),
  }
}

/** JSON that was written as a text inside JSON, perhaps more than once. A text that holds no JSON stays. */
function decoded(value: JsonValue | undefined): JsonValue {
  const inner = parsedText(value)
  if (typeof value !== "string" || inner === value) return inner
  if (typeof inner === "string") return decoded(inner)
  return isJsonObject(inner) || Array.isArray(inner) || inner === null ? inner : value
}
