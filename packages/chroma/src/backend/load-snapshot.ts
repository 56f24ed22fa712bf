import {
  readSnapshot,
  type SnapshotReader,
  type StoredMemoryItem,
  type TraceSummary,
} from "@reasoningbank/core/storage-driver"
import { type ChromaBank, joinMemories, traceOfItems } from "./chroma-bank.ts"
import type { ChromaCollection } from "./chroma-collection.ts"
import { traceFromRecord } from "./trace-record.ts"

/** Reads a workspace whole: Chroma can neither count nor sort. */
export async function loadSnapshot({
  bank,
  workspaceId,
}: {
  bank: ChromaBank
  workspaceId: string
}): Promise<SnapshotReader> {
  const records = await readAll({ collection: bank.memories, workspaceId })
  // Read after the items: a trace is written after its items and deleted before them.
  const traceRecords = await readAll({ collection: bank.traces, workspaceId })
  const memories = joinMemories({ bank, workspaceId, records, traceRecords }).map(
    ({ memory }) => memory,
  )
  const byTrace = Map.groupBy(memories, ({ traceId }) => traceId)
  const traces: TraceSummary[] = traceRecords.flatMap((record) => {
    const trace = traceFromRecord({ record, readTimestamp: bank.readTimestamp })
    if (trace === null) return []
    const { trajectory: _, ...summary } = trace
    return [{ ...summary, memoryItemCount: byTrace.get(trace.id)?.length ?? 0 }]
  })
  const known = new Set(traces.map(({ id }) => id))
  for (const [id, items] of byTrace) {
    if (id !== null && !known.has(id)) traces.push(...summaryOf(items))
  }
  return readSnapshot({ traces, memories })
}

function summaryOf(items: readonly StoredMemoryItem[]): TraceSummary[] {
  const trace = traceOfItems(items)
  if (trace === null) return []
  const { trajectory: _, memoryItems: __, ...summary } = trace
  return [summary]
}

async function readAll({
  collection,
  workspaceId,
}: {
  collection: ChromaCollection
  workspaceId: string
}) {
  return collection.get(await collection.ids({ workspace_id: { $eq: workspaceId } }))
}
