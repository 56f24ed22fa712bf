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

/**
 * The same for a vector that was not made by our model, or nobody knows: it is kept and never searched. It has no model name
 * here, which tells it from a vector of ours that was replaced; what the source calls its model stays in `extras`.
 */
export function untrustedEmbedding(vector: Float32Array | null): StoredEmbedding {
  const { status, sourceVector } = storedEmbedding(vector)
  return status === "present"
    ? { status: "other_model", model: null, vector: null, sourceVector: vector }
    : { status, model: null, vector: null, sourceVector }
}
