import { createHash } from "node:crypto"
import type { Embedder } from "../../embedder.ts"
import { embeddingDimension } from "../../embedding.ts"

/** An embedder without a model: each word has a direction of its own, so texts that share words are near. */
export function createHashedWordsEmbedder({
  name = "hashed-words",
  dimension = embeddingDimension,
}: {
  name?: string
  dimension?: number
} = {}): Embedder {
  return {
    name,
    dimension,
    embed: async (texts) => texts.map((text) => embedText({ text, dimension })),
  }
}

function embedText({ text, dimension }: { text: string; dimension: number }): Float32Array {
  const sum = new Float64Array(dimension)
  for (const word of ["", ...(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]) {
    const digest = createHash("sha256").update(word).digest()
    for (let at = 0; at < 16; at++) {
      const position = digest.readUInt16LE(at * 2) % dimension
      sum[position] = (sum[position] ?? 0) + ((digest[at] ?? 0) % 2 === 0 ? 1 : -1)
    }
  }
  const norm = Math.hypot(...sum)
  return Float32Array.from(sum, (value) => value / norm)
}
