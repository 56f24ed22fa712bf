/** Port: texts in, vectors out. Everything that searches by meaning needs one. */
export type Embedder = {
  /** Name of the model; it is kept beside every vector, and vectors of two names are never compared. */
  readonly name: string
  /** Length of its vectors. */
  readonly dimension: number
  /**
   * One unit vector per text, in the order of the texts and the same however texts are spread over calls.
   * Rejects with the signal's reason when it is aborted, else with an error `embedding:…`.
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>
}

export type EmbedOptions = { signal?: AbortSignal | undefined }

/** An embedder that holds a thread, connections or memory until its maker closes it. */
export type ClosableEmbedder = Embedder &
  AsyncDisposable & {
    /** Ends running calls with `embedding:closed`, as every later one. May be called again. */
    close(): Promise<void>
  }
