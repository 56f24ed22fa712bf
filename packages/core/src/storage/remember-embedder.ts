import type { Embedder } from "../embedder.ts"

/** An embedder, what makes one when it is first needed, or none. */
export type GivenEmbedder = Embedder | (() => Promise<Embedder>) | null

/** Makes the embedder once; after a failure the next caller tries again. */
export function rememberEmbedder(given: GivenEmbedder): () => Promise<Embedder | null> {
  if (typeof given !== "function") return async () => given
  let made: Promise<Embedder> | null = null
  return async () => {
    made ??= given().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}
