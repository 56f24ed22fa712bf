import type { DistanceSpace } from "./distance-space.ts"
import type { HnswIndex } from "./hnsw-index.ts"

const mostSamples = 64
const tolerance = 1e-3

/**
 * Whether an index holds normalised vectors with their norms apart, as cosine indexes do. Where the
 * catalog does not say, the vectors do: one that is not of length 1 or 0 can not be normalised.
 * Null when nothing tells, because all of them are.
 */
export function isNormalised({ space, index }: { space: DistanceSpace | null; index: HnswIndex }): {
  cosine: boolean | null
  isDoubtful: boolean
} {
  if (space !== null && space !== "cosine") return { cosine: false, isDoubtful: false }
  const samples = Math.min(mostSamples, index.count)
  let others = 0
  for (let position = 0; position < samples; position++) {
    const norm = Math.hypot(...index.readStored(position))
    if (norm !== 0 && Math.abs(norm - 1) > tolerance && Number.isFinite(norm)) others++
  }
  if (space === "cosine") return { cosine: true, isDoubtful: others * 2 > samples }
  return { cosine: others > 0 ? false : null, isDoubtful: others === 0 }
}
