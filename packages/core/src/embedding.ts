/** The model whose vectors a ReasoningBank holds. */
export const embeddingModel = "all-MiniLM-L6-v2"

/** Length of its vectors. */
export const embeddingDimension = 384

/**
 * - `present`: the vector is in the searchable column, byte for byte.
 * - `missing`: the source has none.
 * - `other_dimension`: the source's vector does not fit the column; it is kept beside it.
 * - `other_model`: another model made it, or nobody knows which; it is kept beside the column.
 * - `not_finite`: it holds NaN or an infinity, which can not be searched; it is kept beside it.
 */
export type EmbeddingStatus =
  | "present"
  | "missing"
  | "other_dimension"
  | "other_model"
  | "not_finite"

export type StoredEmbedding = {
  status: EmbeddingStatus
  /** Who made it, as far as the source tells; null when there is none. */
  model: string | null
  /** 384 floats when `status` is `present`, else null. */
  vector: Float32Array | null
  /** The source's vector when it can not be searched, else null. */
  sourceVector: Float32Array | null
}
