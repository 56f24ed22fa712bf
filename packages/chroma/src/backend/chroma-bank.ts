import type { SourceRecord } from "@reasoningbank/core"
import type {
  StoredMemoryItem,
  StoredReasoningTrace,
  TimestampReader,
} from "@reasoningbank/core/storage-driver"
import type { ChromaCollection } from "./chroma-collection.ts"
import { memoryFromRecord } from "./memory-record.ts"
import { digestOfRecord, type StoredTrace, textOrNull, traceFromRecord } from "./trace-record.ts"

/** The collections of one bank and what is needed to read them. */
export type ChromaBank = {
  memories: ChromaCollection
  traces: ChromaCollection
  retrievals: ChromaCollection
  readTimestamp: TimestampReader
  now: () => number
}

export type FoundTraceRecord = { record: SourceRecord; trace: StoredTrace }
export type FoundMemoryRecord = { record: SourceRecord; memory: StoredMemoryItem }

/** An id that another workspace holds is kept under this one. */
export function recordIds({ workspaceId, id }: { workspaceId: string; id: string }) {
  return { plain: id, qualified: `${id}@${workspaceId}` }
}

export async function findTrace({
  bank: { traces, readTimestamp },
  workspaceId,
  id,
}: {
  bank: ChromaBank
  workspaceId: string
  id: string
}): Promise<FoundTraceRecord | null> {
  const { plain, qualified } = recordIds({ workspaceId, id })
  for (const record of await traces.get([plain, qualified])) {
    const trace = traceFromRecord({ record, readTimestamp })
    if (trace?.workspaceId === workspaceId && trace.id === id) return { record, trace }
  }
  return null
}

/** A memory item that is visible: the trace record it belongs to is there. */
export async function findMemory({
  bank,
  workspaceId,
  id,
  embeddings = false,
}: {
  bank: ChromaBank
  workspaceId: string
  id: string
  embeddings?: boolean
}): Promise<FoundMemoryRecord | null> {
  const { plain, qualified } = recordIds({ workspaceId, id })
  const records = await bank.memories.get([plain, qualified], { embeddings })
  const visible = await visibleMemories({ bank, workspaceId, records })
  return visible.find(({ memory }) => memory.id === id) ?? null
}

/**
 * Of records of memory items, the ones of this workspace that are whole. A record with a digest was written
 * by `insertTrace`, and exists only as long as a trace record with the same digest does.
 */
export async function visibleMemories({
  bank,
  workspaceId,
  records,
}: {
  bank: ChromaBank
  workspaceId: string
  records: readonly SourceRecord[]
}): Promise<FoundMemoryRecord[]> {
  const own = records.filter(({ metadata }) => metadata?.workspace_id === workspaceId)
  const named = new Set(own.flatMap(({ metadata }) => textOrNull(metadata?.trace_id) ?? []))
  const ids = [...named].flatMap((id) => Object.values(recordIds({ workspaceId, id })))
  const found = ids.length === 0 ? [] : await bank.traces.get(ids)
  return joinMemories({ bank, workspaceId, records: own, traceRecords: found })
}

export function joinMemories({
  bank: { readTimestamp },
  workspaceId,
  records,
  traceRecords,
}: {
  bank: ChromaBank
  workspaceId: string
  records: readonly SourceRecord[]
  traceRecords: readonly SourceRecord[]
}): FoundMemoryRecord[] {
  const traces = new Map<string, { trace: StoredTrace; digest: string | null }>()
  for (const record of traceRecords) {
    const trace = traceFromRecord({ record, readTimestamp })
    if (trace?.workspaceId !== workspaceId) continue
    traces.set(trace.id, { trace, digest: digestOfRecord(record) })
  }
  return records.flatMap((record) => {
    const known = traces.get(textOrNull(record.metadata?.trace_id) ?? "")
    const digest = digestOfRecord(record)
    if (digest !== null && digest !== known?.digest) return []
    const trace = known?.trace ?? null
    return [{ record, memory: memoryFromRecord({ record, trace, readTimestamp }) }]
  })
}

/** What the records of a trace's items tell of it, where no trace record does. */
export function traceOfItems(items: readonly StoredMemoryItem[]): StoredReasoningTrace | null {
  const [first] = items
  if (first === undefined || first.traceId === null) return null
  return {
    workspaceId: first.workspaceId,
    id: first.traceId,
    task: first.traceTask ?? "",
    trajectory: null,
    outcome: first.traceOutcome,
    metadata: {},
    parentTraceId: null,
    relatedTraceIds: [],
    createdAt: first.traceCreatedAt,
    embeddingModel: null,
    extras: {},
    memoryItems: [...items],
    memoryItemCount: items.length,
  }
}
