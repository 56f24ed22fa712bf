import { embeddingModel, type LineageLink, type SourceRecord } from "@reasoningbank/core"
import {
  embeddedText,
  fromExactJson,
  hasErrorContext,
  interpretCurrentRecord,
  type PreparedMemoryItem,
  type StoredMemoryItem,
  type TimestampReader,
} from "@reasoningbank/core/storage-driver"
import type { NewRecord } from "./chroma-collection.ts"
import { plainObject, stringifyFields } from "./record-json.ts"
import { type StoredTrace, textOrNull } from "./trace-record.ts"

/** What the current program keeps of a task, in characters. */
const cutTaskLength = 500

/**
 * A memory item as a record of the current dialect. Beside its keys stand `trace_digest` (the trace record it
 * belongs to), `pending` with `written_at` (milliseconds) until that record is there, and the vector's model.
 */
export function memoryRecord({
  recordId,
  prepared: { memory, embedding },
  traceDigest,
  dimension,
  now,
}: {
  recordId: string
  prepared: PreparedMemoryItem
  traceDigest: string
  dimension: number
  now: number
}): NewRecord {
  const own = memoryMetadata({ memory, embedding })
  return {
    id: recordId,
    document: embeddedText(memory),
    embedding: embedding?.vector ?? new Float32Array(dimension),
    metadata: {
      workspace_id: memory.workspaceId,
      trace_id: memory.traceId ?? "",
      task: [...(memory.traceTask ?? "")].slice(0, cutTaskLength).join(""),
      outcome: memory.traceOutcome ?? "",
      timestamp: withoutZone(memory.traceCreatedAt ?? ""),
      trace_digest: traceDigest,
      ordinal: memory.ordinal,
      pending: true,
      written_at: now,
      ...Object.fromEntries(Object.entries(own).filter(isPresent)),
    },
  }
}

/** The keys that follow from an item's own fields; null where there is nothing to say. */
export function memoryMetadata({ memory, embedding }: PreparedMemoryItem) {
  const { extras } = memory
  return {
    domain_category: memory.domainCategory,
    difficulty_level: memory.difficultyLevel,
    has_error_context: hasErrorContext(memory) ? true : null,
    has_embedding: embedding === null ? false : null,
    embedding_model: embedding?.model ?? null,
    memory_data: stringifyFields({
      fields: {
        id: memory.id,
        title: memory.title,
        description: memory.description,
        content: memory.content,
        error_context: memory.errorContext,
        parent_memory_id: memory.parentMemoryId,
        derived_from: memory.derivedFrom,
        evolution_stage: memory.evolutionStage,
        // The current program fails on a null here.
        pattern_tags: memory.patternTags ?? undefined,
        difficulty_level: memory.difficultyLevel,
        domain_category: memory.domainCategory,
        created_at: memory.createdAt,
      },
      extras,
    }),
  }
}

/** Reads any record of the current dialect, whoever wrote it; one that can not be read keeps its text. */
export function memoryFromRecord({
  record,
  trace,
  readTimestamp,
}: {
  record: SourceRecord
  /** Of its trace record; null when there is none. */
  trace: StoredTrace | null
  readTimestamp: TimestampReader
}): StoredMemoryItem {
  const read = interpretCurrentRecord({ record, readTimestamp })
  const metadata = record.metadata ?? {}
  const item = read.memoryItem
  const { ordinal } = metadata
  return {
    workspaceId: read.workspaceId ?? "",
    id: read.id,
    traceId: read.traceSourceId,
    ordinal: typeof ordinal === "bigint" ? Number(ordinal) : 0,
    title: item?.title ?? "",
    description: item?.description ?? null,
    content: item?.content ?? record.document ?? "",
    errorContext: fromExactJson(item?.errorContext ?? null),
    patternTags: item?.patternTags ?? null,
    difficultyLevel: item?.difficultyLevel ?? null,
    domainCategory: item?.domainCategory ?? null,
    evolutionStage: item?.evolutionStage ?? 0,
    ...lineageOf(item?.links ?? []),
    createdAt: item?.createdAt ?? read.trace.createdAt,
    embeddingModel: modelOfRecord(record),
    extras: plainObject(item?.extras ?? { memory_data: metadata.memory_data ?? null }),
    traceTask: read.traceSourceId === null ? null : (trace?.task ?? read.trace.task),
    traceOutcome: read.traceSourceId === null ? null : (trace ?? read.trace).outcome,
    traceCreatedAt: read.traceSourceId === null ? null : (trace ?? read.trace).createdAt,
  }
}

/** Who made a record's vector: only our own records say, or say that there is none. */
export function modelOfRecord({ metadata }: SourceRecord): string | null {
  if (metadata?.has_embedding === false) return null
  return textOrNull(metadata?.embedding_model) ?? embeddingModel
}

function lineageOf(links: readonly LineageLink[]) {
  const references = (relation: LineageLink["relation"]) =>
    links
      .filter((link) => link.relation === relation)
      .map(({ sourceReference, targetId }) => sourceReference ?? targetId)
  return {
    parentMemoryId: references("parent").at(0) ?? null,
    derivedFrom: references("derived_from"),
    derivedFromTraces: [],
  }
}

/** The current program compares with times without a zone. */
function withoutZone(instant: string): string {
  return instant.replace(/Z$/, "")
}

function isPresent<Value>(entry: [string, Value | null]): entry is [string, Value] {
  return entry[1] !== null
}
