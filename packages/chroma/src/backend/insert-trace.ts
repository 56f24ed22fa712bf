import type { SourceRecord } from "@reasoningbank/core"
import {
  conflict,
  type PreparedMemoryItem,
  type PreparedTrace,
} from "@reasoningbank/core/storage-driver"
import { type ChromaBank, findTrace, recordIds, visibleMemories } from "./chroma-bank.ts"
import type { Where } from "./chroma-collection.ts"
import { memoryRecord } from "./memory-record.ts"
import { digestOfRecord, traceRecord } from "./trace-record.ts"

type Insertion = {
  bank: ChromaBank
  prepared: PreparedTrace
  dimension: number
  /** Items whose trace never came are left-overs after this time. */
  abandonedAfterInMs: number
}

const attemptsAtFreeIds = 3

/**
 * Stores a trace so that it is there whole or not at all, whenever the client or the server dies: first its
 * items, in one request and invisible, then the trace record, which makes them visible, then the items'
 * `pending` marks go. Adding leaves a record that exists alone, so of several writers the first one wins.
 */
export async function insertTrace(insertion: Insertion): Promise<"added" | "unchanged"> {
  const { bank, prepared, dimension } = insertion
  const { trace, contentDigest, memoryItems } = prepared
  const { workspaceId, id } = trace
  const known = await findTrace({ bank, workspaceId, id })
  if (known !== null) {
    if (digestOfRecord(known.record) === contentDigest) return "unchanged"
    throw conflict({ kind: "trace", id })
  }
  const ofTrace: Where[] = [{ workspace_id: { $eq: workspaceId } }, { trace_id: { $eq: id } }]
  const others = await bank.memories.find({ $and: ofTrace })
  // Items of a trace that another program wrote, which keeps no trace record.
  if (others.some((record) => digestOfRecord(record) === null))
    throw conflict({ kind: "trace", id })

  const ownItems = { $and: [...ofTrace, { trace_digest: { $eq: contentDigest } }] }
  try {
    const written = await insertItems(insertion)
    const place = await freeTraceId({ bank, workspaceId, id })
    await bank.traces.add([traceRecord({ recordId: place, prepared, dimension })])
    const stored = await findTrace({ bank, workspaceId, id })
    if (stored === null || digestOfRecord(stored.record) !== contentDigest) {
      throw conflict({ kind: "trace", id })
    }
    if (memoryItems.length > 0) await clearPending({ bank, recordIds: written })
    return "added"
  } catch (error) {
    // Only where another trace has won can nobody be waiting for these items any more.
    const stored = await findTrace({ bank, workspaceId, id }).catch(() => null)
    if (stored !== null && digestOfRecord(stored.record) !== contentDigest) {
      await bank.memories.delete({ where: ownItems }).catch(() => undefined)
    }
    throw error
  }
}

/** Gives an item the mark that it is no longer on its way. */
export async function clearPending({
  bank,
  recordIds: ids,
}: {
  bank: ChromaBank
  recordIds: readonly string[]
}): Promise<void> {
  await bank.memories.update(
    ids.map((id) => ({ id, metadata: { pending: null, written_at: null } })),
  )
}

/** Adds the items and returns the ids of their records, once each of them is seen to be this trace's. */
async function insertItems(insertion: Insertion): Promise<string[]> {
  const { bank, prepared, dimension } = insertion
  const { memoryItems, contentDigest: traceDigest } = prepared
  if (memoryItems.length === 0) return []
  assertDistinct(memoryItems)
  for (let attempt = 1; ; attempt++) {
    const places = await freeMemoryIds(insertion)
    const now = bank.now()
    await bank.memories.add(
      memoryItems.map((item, at) => {
        const recordId = places[at] ?? item.memory.id
        return memoryRecord({ recordId, prepared: item, traceDigest, dimension, now })
      }),
    )
    const added = await bank.memories.get(places)
    const taken = places.findIndex((place) => !isOwn({ insertion, place, records: added }))
    if (taken < 0) return places
    if (attempt === attemptsAtFreeIds) {
      throw conflict({ kind: "memory item", id: memoryItems[taken]?.memory.id ?? "" })
    }
  }
}

/** Under which id each item's record goes. Raises `storage:conflict` for an id taken in this workspace. */
async function freeMemoryIds({ bank, prepared, abandonedAfterInMs }: Insertion): Promise<string[]> {
  const { memoryItems, contentDigest, trace } = prepared
  const { workspaceId } = trace
  const ids = memoryItems.map(({ memory }) => recordIds({ workspaceId, id: memory.id }))
  const records = await bank.memories.get(ids.flatMap((each) => Object.values(each)))
  const others = records.filter((record) => digestOfRecord(record) !== contentDigest)
  const inWorkspace = others.filter(({ metadata }) => metadata?.workspace_id === workspaceId)
  const visible = await visibleMemories({ bank, workspaceId, records: inWorkspace })
  const visibleIds = new Set(visible.map(({ record }) => record.id))
  const isOld = ({ metadata }: SourceRecord) =>
    bank.now() - Number(metadata?.written_at ?? 0) >= abandonedAfterInMs
  const taken = inWorkspace.find((record) => visibleIds.has(record.id) || !isOld(record))
  if (taken !== undefined) throw conflict({ kind: "memory item", id: taken.id })
  if (inWorkspace.length > 0) await bank.memories.delete({ ids: inWorkspace.map(({ id }) => id) })

  const elsewhere = new Set(
    others.filter((record) => !inWorkspace.includes(record)).map(({ id }) => id),
  )
  return ids.map(({ plain, qualified }) => (elsewhere.has(plain) ? qualified : plain))
}

async function freeTraceId({
  bank,
  workspaceId,
  id,
}: {
  bank: ChromaBank
  workspaceId: string
  id: string
}): Promise<string> {
  const { plain, qualified } = recordIds({ workspaceId, id })
  const [taken] = await bank.traces.get([plain])
  return taken === undefined || taken.metadata?.workspace_id === workspaceId ? plain : qualified
}

function isOwn({
  insertion: { prepared },
  place,
  records,
}: {
  insertion: Insertion
  place: string
  records: readonly SourceRecord[]
}): boolean {
  const record = records.find(({ id }) => id === place)
  if (record === undefined) return false
  const isHere = record.metadata?.workspace_id === prepared.trace.workspaceId
  return isHere && digestOfRecord(record) === prepared.contentDigest
}

function assertDistinct(items: readonly PreparedMemoryItem[]): void {
  const seen = new Set<string>()
  for (const { memory } of items) {
    if (seen.has(memory.id)) throw conflict({ kind: "memory item", id: memory.id })
    seen.add(memory.id)
  }
}
