import type { SampleBank, SampleSearch } from "./read-sample-bank.ts"

/** Ids of the memory items of the search's workspace with the greatest cosines, computed from the sample itself. */
export function nearestByBruteForce({
  bank,
  search,
  count,
}: {
  bank: SampleBank
  search: SampleSearch
  count: number
}): string[] {
  return bank.records
    .flatMap(({ id, embedding, metadata }) => {
      const isMemoryItem = "memory_data" in metadata && metadata.workspace_id === search.workspaceId
      return isMemoryItem ? [{ id, similarity: cosine(embedding, search.vector) }] : []
    })
    .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id)
}

/** The sample's vectors have unit length. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}
