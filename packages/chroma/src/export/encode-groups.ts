import { createHash } from "node:crypto"
import {
  type ExportedGroup,
  type ExportedRecord,
  isJsonObject,
  type JsonObject,
  type MemoryItem,
  type ReasoningTrace,
  type SourceRecord,
  type StoredEmbedding,
  sealRow,
} from "@reasoningbank/core"
import {
  fromExactJson,
  type StoredMemoryItem,
  toExactJson,
} from "@reasoningbank/core/storage-driver"
import { recordIds } from "../backend/chroma-bank.ts"
import type { NewRecord } from "../backend/chroma-collection.ts"
import { memoryRecord } from "../backend/memory-record.ts"
import { plainObject } from "../backend/record-json.ts"
import { traceRecord } from "../backend/trace-record.ts"

const dimension = 384
export const tracesSuffix = "_traces"

/**
 * Makes records of rows as this project's own backend keeps them, so that it and the Python programs read them; each has its
 * row sealed in, so that a migration gives the same row again. `taken` holds the names of records that are used.
 */
export function createGroupEncoder(taken: Set<string>) {
  const freeId = ({
    suffix,
    workspaceId,
    id,
  }: {
    suffix: string
    workspaceId: string
    id: string
  }) => {
    const { plain, qualified } = recordIds({ workspaceId, id })
    const free = taken.has(suffix + plain) ? qualified : plain
    taken.add(suffix + free)
    return free
  }

  return ({ trace, memoryItems }: ExportedGroup): ExportedRecord[] => {
    const stored = trace === null ? null : storedTrace(trace)
    const contentDigest = createHash("sha256")
      .update(JSON.stringify(["exported", trace?.workspaceId, trace?.id]))
      .digest("hex")
    const records: ExportedRecord[] = []
    if (trace !== null && stored !== null) {
      const prepared = {
        trace: stored,
        embedding: namedVector(trace.embedding),
        memoryItems: [],
        contentDigest,
      }
      const recordId = freeId({ suffix: tracesSuffix, ...trace })
      const record = sourceRecord(traceRecord({ recordId, prepared, dimension }))
      records.push({ suffix: tracesSuffix, record: sealRow({ record, row: trace }) })
    }
    for (const item of memoryItems) {
      const memory = storedItem({ item, trace })
      const record = sourceRecord(
        memoryRecord({
          recordId: freeId({ suffix: "", ...item }),
          prepared: { memory, embedding: namedVector(item.embedding) },
          traceDigest: contentDigest,
          dimension,
          now: 0,
        }),
      )
      const { pending: _, written_at: __, ...metadata } = record.metadata ?? {}
      if (trace === null) delete metadata.trace_digest
      const settled = { ...record, metadata }
      records.push({ suffix: "", record: sealRow({ record: settled, row: item }) })
    }
    return records
  }
}

function storedTrace({ embedding, links, ...trace }: ReasoningTrace) {
  return {
    workspaceId: trace.workspaceId,
    id: trace.id,
    task: trace.task,
    trajectory: fromExactJson(trace.trajectory),
    outcome: trace.outcome,
    metadata: plainObject(trace.metadata),
    parentTraceId: referencesOf({ links, relation: "parent" })[0] ?? null,
    relatedTraceIds: referencesOf({ links, relation: "related" }),
    createdAt: trace.createdAt,
    embeddingModel: embedding.model,
    extras: plainObject(trace.extras),
  }
}

function storedItem({
  item: { embedding, links, notes: _, sourceId: __, sourceCreatedAt: ___, ...item },
  trace,
}: {
  item: MemoryItem
  trace: ReasoningTrace | null
}): StoredMemoryItem {
  return {
    ...item,
    errorContext: fromExactJson(item.errorContext),
    parentMemoryId: referencesOf({ links, relation: "parent" })[0] ?? null,
    derivedFrom: referencesOf({ links, relation: "derived_from" }),
    derivedFromTraces: [],
    embeddingModel: embedding.model,
    extras: plainObject(item.extras),
    traceTask: trace?.task ?? null,
    traceOutcome: trace?.outcome ?? null,
    traceCreatedAt: trace?.createdAt ?? null,
  }
}

function referencesOf({
  links,
  relation,
}: Pick<MemoryItem, "links"> & { relation: MemoryItem["links"][number]["relation"] }): string[] {
  return links.filter((link) => link.relation === relation).map(({ targetId }) => targetId)
}

function namedVector({ vector, model }: StoredEmbedding) {
  return vector === null ? null : { vector, model: model ?? "" }
}

/** As a server would give it back: whole numbers are integers. */
function sourceRecord({ metadata, ...record }: NewRecord): SourceRecord {
  const exact = toExactJson(metadata)
  return { ...record, metadata: isJsonObject(exact) ? exact : ({} satisfies JsonObject) }
}
