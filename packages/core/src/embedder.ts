/** Port: texts in, vectors out. Everything that searches by meaning needs one. */
export type Embedder = {
  /** Name of the model; vectors of two names are never compared. */
  name: string
  /** Length of its vectors. */
  dimension: number
  /** One unit vector per text, in the order of the texts. */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}
