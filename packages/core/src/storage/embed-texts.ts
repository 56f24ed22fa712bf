import type { Embedder } from "../embedder.ts"
import { ReasoningBankError } from "../errors.ts"
import type { NamedVector } from "./named-vector.ts"
import { describeValue } from "./plain-json.ts"
import { unitVector } from "./write-fields.ts"

/**
 * One vector per row, in their order: the one given, or one of its text; null where there is neither a
 * given one nor an embedder. Raises `storage:embedding_mismatch` for a vector of another length than
 * `dimension` or when one call brings vectors of two models.
 */
export async function embedTexts({
  rows,
  embedder: getEmbedder,
  dimension,
}: {
  rows: readonly { text: string; given: NamedVector | undefined }[]
  /** Called only when a vector is missing; gives null when there is none. */
  embedder: () => Promise<Embedder | null>
  dimension: number | null
}): Promise<(NamedVector | null)[]> {
  const missing = rows.filter(({ given }) => given === undefined)
  const embedder = missing.length === 0 ? null : await getEmbedder()
  const made = embedder === null ? [] : await embedder.embed(missing.map(({ text }) => text))
  const vectors = made.values()
  const embeddings = rows.map(({ given }): NamedVector | null => {
    if (given !== undefined || embedder === null) return given ?? null
    const vector = unitVector(vectors.next().value ?? new Float32Array())
    if (vector !== null) return { vector, model: embedder.name }
    throw new ReasoningBankError({
      code: "storage:embedding_mismatch",
      message: `The embedder ${embedder.name} gave no usable vector for a text: one of zeros, of no length, or with numbers that are not finite.`,
      hint: "Check the embedder.",
    })
  })
  for (const embedding of embeddings) {
    if (embedding !== null) assertDimension({ embedding, dimension })
  }
  assertOneModel(embeddings)
  return embeddings
}

function assertDimension({
  embedding: { vector, model },
  dimension,
}: {
  embedding: NamedVector
  dimension: number | null
}): void {
  if (dimension === null || vector.length === dimension) return
  throw new ReasoningBankError({
    code: "storage:embedding_mismatch",
    message: `A vector of ${vector.length} numbers (${model}) was given, ${dimension} are expected here.`,
    hint: "Use the model the stored vectors were made with; vectors of two models can not be compared.",
  })
}

/** The error for a vector of another model than the ones stored. */
export function modelMismatch({
  given,
  stored,
  workspaceId,
}: {
  given: string
  stored: string
  workspaceId: string
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "storage:embedding_mismatch",
    message: `A vector of ${describeValue(given)} was given, but the vectors of workspace ${describeValue(workspaceId)} were made by ${describeValue(stored)}.`,
    hint: `Embed with ${stored}, or embed the stored rows anew with the other model first; vectors of two models can not be compared.`,
  })
}

function assertOneModel(embeddings: readonly (NamedVector | null)[]): void {
  const models = new Set(embeddings.flatMap((embedding) => embedding?.model ?? []))
  if (models.size <= 1) return
  throw new ReasoningBankError({
    code: "storage:embedding_mismatch",
    message: `One trace brought vectors of ${models.size} models: ${[...models].join(", ")}.`,
    hint: "Give vectors of one model, and the same the embedder has.",
  })
}
