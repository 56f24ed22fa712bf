/** Where the vectors of an embedder come from: a model, an endpoint, a function. */
export type VectorSource = {
  /** One vector per text, in their order; not checked yet. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly ArrayLike<number>[]>
  close(): Promise<void>
}
