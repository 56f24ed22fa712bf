import { embeddingDimension, embeddingModel, type StoredEmbedding } from "../embedding.ts"

/** Sorts a source's vector into the searchable column or beside it. The bytes are never touched. */
export function storedEmbedding(vector: Float32Array | null): StoredEmbedding {
  if (vector === null || vector.length === 0) {
    return { status: "missing", model: null, vector: null, sourceVector: null }
  }
  if (vector.length !== embeddingDimension) {
    return { status: "other_dimension", model: null, vector: null, sourceVector: vector }
  }
  if (!vector.every(Number.isFinite)) {
    return { status: "not_finite", model: embeddingModel, vector: null, sourceVector: vector }
  }
  return { status: "present", model: embeddingModel, vector, sourceVector: null }
}
