import type { MemoryItem } from "../memory-item.ts"
import type { RowKind } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { Neighbour } from "../verification-target.ts"
import type { SampledVector } from "./vector-sample.ts"

/** 1 - cosine similarity, in 64-bit floats; null when one of them has no direction. */
export function cosineDistance(a: Float32Array, b: Float32Array): number | null {
  let product = 0
  let normOfA = 0
  let normOfB = 0
  for (let index = 0; index < a.length; index++) {
    const left = a[index] ?? 0
    const right = b[index] ?? 0
    product += left * right
    normOfA += left * left
    normOfB += right * right
  }
  const norm = Math.sqrt(normOfA) * Math.sqrt(normOfB)
  return norm === 0 ? null : 1 - product / norm
}

/** The nearest rows of each sample among all that are offered, in its own workspace and model. */
export function createExactNeighbours({
  samples,
  count,
}: {
  samples: SampledVector[]
  count: number
}) {
  const searches = samples.map((sample) => ({ sample, nearest: [] as Neighbour[] }))
  const byScope = Map.groupBy(searches, ({ sample }) =>
    scopeOf(sample.kind, sample.workspaceId, sample.model),
  )

  return {
    offer(kind: RowKind, row: ReasoningTrace | MemoryItem) {
      const { vector, model } = row.embedding
      if (vector === null || model === null) return
      for (const { sample, nearest } of byScope.get(scopeOf(kind, row.workspaceId, model)) ?? []) {
        const distance = cosineDistance(sample.vector, vector)
        if (distance !== null) insert({ nearest, neighbour: { id: row.id, distance }, count })
      }
    },
    /** Of each sample, in their order. */
    list: (): Neighbour[][] => searches.map(({ nearest }) => nearest),
  }
}

function scopeOf(...parts: string[]): string {
  return parts.join("\u0000")
}

function insert({
  nearest,
  neighbour,
  count,
}: {
  nearest: Neighbour[]
  neighbour: Neighbour
  count: number
}) {
  const farthest = nearest.at(-1)
  if (nearest.length === count && farthest && neighbour.distance >= farthest.distance) return
  let place = nearest.length
  while (place > 0 && (nearest[place - 1]?.distance ?? 0) > neighbour.distance) place--
  nearest.splice(place, 0, neighbour)
  if (nearest.length > count) nearest.pop()
}
