/** A record as the Chroma client takes it. */
export type ChromaRecord = {
  id: string
  document: string | null
  metadata: Record<string, string | number | boolean> | null
  vector: Float32Array
}
