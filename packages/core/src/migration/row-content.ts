import { vectorBase64 } from "../interpretation/record-content.ts"
import type { JsonObject } from "../json/json-value.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { comparableFields } from "./row-digest.ts"

/** The whole of a row that was not written, as the rejects file keeps it. */
export function rowContent(row: ReasoningTrace | MemoryItem): JsonObject {
  const { vector, sourceVector } = row.embedding
  return { ...comparableFields(row), embedding_base64: vectorBase64(vector ?? sourceVector) }
}
