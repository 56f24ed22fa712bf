import { z } from "zod"
import type { EmbeddingStatus, StoredEmbedding } from "../embedding.ts"
import { fromBase64, integer, memoryItemFields, traceFields } from "../export/exported-row.ts"
import type { JsonValue } from "../json/json-value.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

const statuses = ["present", "missing", "other_dimension", "other_model", "not_finite"] as const

const embeddingFields = z.object({
  embeddingStatus: z.custom<EmbeddingStatus>((value) => statuses.some((name) => name === value)),
  embeddingModel: z.string().nullable(),
  embedding_base64: z.string().nullable(),
})

/** The row that a target refused, as the rejects file keeps it; else what is wrong with it. */
export function rowOfReject({
  kind,
  content,
}: {
  kind: "trace" | "memory_item"
  content: JsonValue
}): { trace: ReasoningTrace } | { memoryItem: MemoryItem } | { problem: string } {
  const embedding = embeddingFields.safeParse(content)
  if (!embedding.success) return problemOf(embedding.error)
  const stored = storedOf(embedding.data)
  if (kind === "trace") {
    const trace = traceFields.safeParse(content)
    return trace.success ? { trace: { ...trace.data, embedding: stored } } : problemOf(trace.error)
  }
  const item = memoryItemFields
    .extend({ ordinal: integer, evolutionStage: integer })
    .safeParse(content)
  return item.success ? { memoryItem: { ...item.data, embedding: stored } } : problemOf(item.error)
}

function storedOf({
  embeddingStatus: status,
  embeddingModel: model,
  embedding_base64: base64,
}: z.infer<typeof embeddingFields>): StoredEmbedding {
  const vector = base64 === null ? null : fromBase64(base64)
  return status === "present"
    ? { status, model, vector, sourceVector: null }
    : { status, model, vector: null, sourceVector: status === "missing" ? null : vector }
}

function problemOf({ issues: [issue] }: z.ZodError): { problem: string } {
  return {
    problem: `its ${issue?.path.join(".") || "content"} is no field of a row: ${issue?.message}`,
  }
}
