import type {
  NearestQuery,
  ParsedMemoryFilter,
  ParsedTraceFilter,
  StoredMemoryItem,
  TraceSummary,
} from "@reasoningbank/core/storage-driver"
import { readSnapshot } from "@reasoningbank/core/storage-driver"
import { type ChromaBank, visibleMemories } from "./chroma-bank.ts"
import { loadSnapshot } from "./load-snapshot.ts"
import { nearestRecords, whereOf } from "./nearest-records.ts"
import { traceFromRecord } from "./trace-record.ts"

export async function nearestMemories({
  bank,
  query: { workspaceId, filter, ...query },
}: {
  bank: ChromaBank
  query: NearestQuery<ParsedMemoryFilter>
}): Promise<{ memory: StoredMemoryItem; similarity: number }[]> {
  const near = await nearestRecords({
    ...query,
    collection: bank.memories,
    where: whereOf({ workspaceId, filter }),
    kind: "memory_item",
    async toRows(records) {
      const found = await visibleMemories({ bank, workspaceId, records })
      const embedded = found.filter(({ memory }) => memory.embeddingModel !== null)
      const memories = embedded.map(({ memory }) => memory)
      const passed = new Set(readSnapshot({ traces: [], memories }).memories(filter))
      return embedded
        .filter(({ memory }) => passed.has(memory))
        .map(({ record, memory }) => ({ record, row: memory }))
    },
  })
  return near.map(({ row, similarity }) => ({ memory: row, similarity }))
}

/** Traces know the number of their items and are chosen by them, so the workspace is read whole. */
export async function nearestTraces({
  bank,
  query: { workspaceId, filter, ...query },
}: {
  bank: ChromaBank
  query: NearestQuery<ParsedTraceFilter>
}): Promise<{ trace: TraceSummary; similarity: number }[]> {
  const wanted = new Map(
    (await loadSnapshot({ bank, workspaceId })).traces(filter).map((trace) => [trace.id, trace]),
  )
  const { outcome } = filter
  const near = await nearestRecords({
    ...query,
    collection: bank.traces,
    where: whereOf({ workspaceId, filter: { outcome } }),
    kind: "trace",
    toRows: async (records) =>
      records.flatMap((record) => {
        const trace = traceFromRecord({ record, readTimestamp: bank.readTimestamp })
        const row = wanted.get(trace?.id ?? "")
        return row === undefined || row.embeddingModel === null ? [] : [{ record, row }]
      }),
  })
  return near.map(({ row, similarity }) => ({ trace: row, similarity }))
}
