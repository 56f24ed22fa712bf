/** A unit vector and who made it. */
export type NamedVector = { vector: Float32Array; model: string }
