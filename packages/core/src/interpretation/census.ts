import type { MemorySource, SourceCollection } from "../memory-source.ts"
import { contentKey } from "./content-key.ts"
import { countUnderstood, type DialectCounts, detectDialect, noDialects } from "./dialect.ts"
import { createFieldReader } from "./field-reader.ts"
import { interpretCurrentRecord, placeOfCurrentRecord } from "./interpret-current-record.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import { replaceUnstorable } from "./storable.ts"
import { readTraceRecord, wholeTraceKey } from "./trace-record.ts"
import type { TracesFile } from "./traces-file.ts"

export type CollectionCensus = {
  collection: SourceCollection
  records: number
  dialects: DialectCounts
}

/** What a source holds, counted without reading a vector; known before anything is written. */
export type Census = {
  /** Collections with ReasoningBank data, to be moved. */
  moved: CollectionCensus[]
  /** Collections without; named and left alone. */
  left: CollectionCensus[]
  tracesFileEntries: number
  /** Workspaces in which the current dialect has items of this trace, in order of appearance. */
  workspacesOfTrace(traceSourceId: string): string[]
  /** Whether a record of the dialect `trace` says that this trace was stored whole, with this digest. */
  isWhole(trace: { workspaceId: string; traceSourceId: string; digest: string }): boolean
  /** Whether the current dialect already has this item of this trace. */
  hasCurrentItem(item: { traceSourceId: string; title: string; content: string }): boolean
}

/** The census of a source nobody has looked at yet. */
export function emptyCensus(): Census {
  return {
    moved: [],
    left: [],
    tracesFileEntries: 0,
    workspacesOfTrace: () => [],
    isWhole: () => false,
    hasCurrentItem: () => false,
  }
}

/** Counts every record of every collection. Memory: one small entry a trace. */
export async function takeCensus({
  source,
  tracesFile,
  collections,
  readTimestamp,
  defaultWorkspaceId,
  onProgress,
  signal,
}: {
  source: MemorySource | null
  tracesFile: TracesFile | null
  collections: SourceCollection[]
  readTimestamp: TimestampReader
  defaultWorkspaceId: string
  onProgress?: (records: number) => void
  signal?: AbortSignal
}): Promise<Census> {
  const fileIds = new Set(tracesFile?.entries.map(({ id }) => id && replaceUnstorable(id)))
  const workspaces = new Map<string, string[]>()
  const currentItems = new Map<string, Set<string>>()
  const whole = new Set<string>()
  const counted: CollectionCensus[] = []

  for (const collection of collections) {
    const census: CollectionCensus = { collection, records: 0, dialects: noDialects() }
    const pages =
      source?.records(collection, { embeddings: false, ...(signal && { signal }) }) ?? []
    for await (const page of pages) {
      signal?.throwIfAborted()
      for (const record of page) {
        const dialect = detectDialect(record)
        census.dialects[dialect] = (census.dialects[dialect] ?? 0) + 1
        if (dialect === "trace") whole.add(wholeTraceKey(readTraceRecord(record)))
        if (dialect !== "current") continue
        const place = placeOfCurrentRecord(createFieldReader(record.metadata ?? {}))
        const { traceSourceId: traceId, workspaceId } = place
        if (traceId === null) continue
        const workspace = workspaceId ?? defaultWorkspaceId
        const known = workspaces.get(traceId)
        if (known === undefined) workspaces.set(traceId, [workspace])
        else if (!known.includes(workspace)) known.push(workspace)
        if (!fileIds.has(traceId)) continue
        const { memoryItem } = interpretCurrentRecord({ record, readTimestamp })
        if (memoryItem === null) continue
        const items = currentItems.get(traceId) ?? new Set()
        currentItems.set(traceId, items.add(contentKey(memoryItem)))
      }
      census.records += page.length
      onProgress?.(page.length)
    }
    counted.push(census)
  }

  const isReasoningBank = ({ dialects }: CollectionCensus) => countUnderstood(dialects) > 0
  return {
    moved: counted.filter(isReasoningBank),
    left: counted.filter((census) => !isReasoningBank(census)),
    tracesFileEntries: tracesFile?.entries.length ?? 0,
    workspacesOfTrace: (traceSourceId) => workspaces.get(replaceUnstorable(traceSourceId)) ?? [],
    isWhole: (trace) => whole.has(wholeTraceKey(trace)),
    hasCurrentItem: ({ traceSourceId, ...item }) =>
      currentItems.get(replaceUnstorable(traceSourceId))?.has(contentKey(item)) ?? false,
  }
}
