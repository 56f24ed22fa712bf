import type { NamedVector } from "./named-vector.ts"
import { byValueThenId, cosineSimilarity } from "./rank-memories.ts"

export type Candidate<Row> = { row: Row; vector: Float32Array | null }

/** The nearest rows, most similar first, compared one by one; rows without a vector are never near. */
export function rankNearest<Row extends { id: string }>({
  candidates,
  query,
  count,
  minSimilarity,
  kind,
}: {
  candidates: Iterable<Candidate<Row>>
  query: NamedVector
  count: number
  minSimilarity: number | null
  kind: "trace" | "memory_item"
}): { row: Row; similarity: number }[] {
  const near: { row: Row; similarity: number }[] = []
  for (const { row, vector } of candidates) {
    const similarity = vector === null ? null : cosineSimilarity(query.vector, vector)
    if (similarity !== null && similarity >= (minSimilarity ?? -1)) near.push({ row, similarity })
  }
  const order = byValueThenId<(typeof near)[number]>({
    value: ({ similarity }) => similarity,
    id: ({ row }) => row.id,
    kind,
  })
  return near.sort(order).slice(0, count)
}
