/** Vectors of the same dimension, one after the other. */
export type VectorRows = { count: number; dimension: number; values: Float32Array }
