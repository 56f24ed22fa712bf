import { createHash } from "node:crypto"
import { LRUCache } from "lru-cache"

export type VectorCache = {
  get(text: string): Float32Array | undefined
  set(text: string, vector: Float32Array): void
}

/** The vectors of the texts used last, `size` at most, by the SHA-256 of the text. */
export function createVectorCache({ size }: { size: number }): VectorCache {
  if (size === 0) return { get: () => undefined, set: () => {} }
  const vectors = new LRUCache<string, Float32Array>({ max: size })
  return {
    get: (text) => vectors.get(hash(text)),
    set: (text, vector) => void vectors.set(hash(text), vector),
  }
}

/** Of UTF-16, in which a lone half of a pair is still itself. */
function hash(text: string) {
  return createHash("sha256").update(text, "utf16le").digest("base64")
}
