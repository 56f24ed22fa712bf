import type { JsonValue } from "../../json/json-value.ts"
import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { outcomeOf, textOf, vectorOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"

const emphasis = /^\*\*\s*|\s*\*\*$/g

/**
 * An item of reasoning-bank-slm (`reasoning_bank.json`): no id, and of its trace only the problem's id and whether it was
 * solved. The vector is that of title and description alone.
 */
export function readSlmRecord({ metadata }: ForeignRecord): ForeignReading {
  if (!("content" in metadata) && !("title" in metadata)) {
    return { reason: "it has neither a title nor a content" }
  }
  const { source_problem_id: problem, success = null, created_at: time = null } = metadata
  const vector = vectorOf(metadata.embedding)
  const traceId = textOf(problem)
  const told = ["source_problem_id", ...(vector === null ? [] : ["embedding"])]
  const element = without(metadata, traceId === null ? told.slice(1) : [...told, "success"])
  if (element.embedding === null) delete element.embedding
  const { title = null, description = null, content = null } = metadata
  return {
    workspaceId: null,
    trace:
      traceId === null
        ? null
        : {
            sourceId: traceId,
            isWhole: false,
            element: { task: null, outcome: outcomeOf(success), timestamp: time },
            embedding: storedEmbedding(null),
          },
    memoryItems: [
      {
        element: { ...element, ...plainTexts({ title, description, content }) },
        embedding: untrustedEmbedding(vector),
      },
    ],
  }
}

/** The model's emphasis around a whole text is not part of it. */
function plainTexts(texts: Record<string, JsonValue>): Record<string, JsonValue> {
  const plain = Object.entries(texts).flatMap(([key, text]) =>
    text === null
      ? []
      : [[key, typeof text === "string" ? text.replaceAll(emphasis, "").trim() : text] as const],
  )
  return Object.fromEntries(plain)
}
