import { embeddingModel } from "@reasoningbank/core"
import { rankNearest } from "@reasoningbank/core/storage-driver"
import type { SampleBank, SampleSearch } from "./read-sample-bank.ts"

/** Ids of the memory items of the search's workspace with the greatest cosines, computed from the sample itself. */
export function nearestByBruteForce({
  bank,
  search: { workspaceId, vector },
  count,
}: {
  bank: SampleBank
  search: SampleSearch
  count: number
}): string[] {
  const candidates = bank.records
    .filter(({ metadata }) => "memory_data" in metadata && metadata.workspace_id === workspaceId)
    .map((row) => ({ row, vector: row.embedding }))
  const query = { vector, model: embeddingModel }
  return rankNearest({ candidates, query, count, minSimilarity: null, kind: "memory_item" }).map(
    ({ row }) => row.id,
  )
}
