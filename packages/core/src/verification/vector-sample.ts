import { hash } from "node:crypto"
import type { MemoryItem } from "../memory-item.ts"
import type { RowKind } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

export type SampledVector = {
  kind: RowKind
  workspaceId: string
  id: string
  model: string
  vector: Float32Array
}

/**
 * Takes `size` of the rows that have a searchable vector: those whose key hashes lowest with the seed, so that the same
 * ones are taken whatever the order and however often the pass was interrupted.
 */
export function createVectorSample({ size, seed }: { size: number; seed: number }) {
  const taken: { rank: bigint; sample: SampledVector }[] = []

  return {
    offer(kind: RowKind, row: ReasoningTrace | MemoryItem) {
      const { vector, model } = row.embedding
      if (size === 0 || vector === null || model === null) return
      const { workspaceId, id } = row
      const key = [String(seed), kind, workspaceId, id].join("\u0000")
      const rank = hash("sha256", key, "buffer").readBigUInt64LE()
      const highest = taken.at(-1)
      if (taken.length === size && highest !== undefined && rank >= highest.rank) return
      // A zero vector has no direction and can not be searched for.
      if (vector.every((value) => value === 0)) return
      const place = taken.findIndex((other) => other.rank > rank)
      const sample = { kind, workspaceId, id, model, vector: vector.slice() }
      taken.splice(place === -1 ? taken.length : place, 0, { rank, sample })
      if (taken.length > size) taken.pop()
    },
    list: (): SampledVector[] => taken.map(({ sample }) => sample),
  }
}
