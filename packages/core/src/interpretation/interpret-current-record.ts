import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import { createFieldReader, type FieldReader } from "./field-reader.ts"
import { parseMemoryData } from "./parse-memory-data.ts"
import { type MemoryItemFields, readMemoryItemFields } from "./read-memory-item-fields.ts"
import { recordContent } from "./record-content.ts"
import type { Reject } from "./reject.ts"
import type { TimestampReader } from "./source-timestamp.ts"
import { type TraceFields, traceFieldsOfCurrentRecord } from "./trace-fields.ts"
import { unnestExtras } from "./trace-record.ts"

export type CurrentRecord = {
  /** Null when the record names none. */
  workspaceId: string | null
  /** The trace's id as the source writes it; null when the record names none. */
  traceSourceId: string | null
  trace: TraceFields
  /** What the Chroma backend of this project says beside the dialect; null for a record of another program. */
  own: { digest: string; embeddingModel: string | null } | null
  /** The record's id; where our own backend wrote it, the one in the item's JSON. */
  id: string
  memoryItem: Omit<
    MemoryItem,
    "workspaceId" | "id" | "sourceId" | "traceId" | "ordinal" | "embedding"
  > | null
  /** Why there is no memory item. */
  reject: Reject | null
}

/** Reads a record of the current dialect: one memory item and its share of a trace. */
export function interpretCurrentRecord({
  record,
  readTimestamp,
}: {
  record: SourceRecord
  readTimestamp: TimestampReader
}): CurrentRecord {
  const reader = createFieldReader(record.metadata ?? {})
  const trace = traceFieldsOfCurrentRecord({ reader, readTimestamp })
  const place = { ...placeOfCurrentRecord(reader), trace }
  const domainCategory = reader.text("domain_category")
  const difficultyLevel = reader.text("difficulty_level")
  reader.take("has_error_context")
  const own = takeOwnKeys(reader)
  const memoryData = parseMemoryData({
    text: reader.take("memory_data"),
    document: record.document,
  })

  if (memoryData.value === null) {
    return {
      ...place,
      own,
      id: record.id,
      memoryItem: null,
      reject: rejectRecord({ record, reason: memoryData.reason }),
    }
  }
  const fields = readMemoryItemFields({
    source: memoryData.value,
    derivedFromKind: "memory_item",
    readTimestamp,
  })
  if (fields === null) {
    const reason = "memory_data holds no title, description or content"
    return {
      ...place,
      own,
      id: record.id,
      memoryItem: null,
      reject: rejectRecord({ record, reason }),
    }
  }

  const recordMetadata = reader.rest()
  if (own === null && fields.sourceCreatedAt !== null && trace.sourceCreatedAt !== null) {
    recordMetadata.timestamp = trace.sourceCreatedAt
  }
  const { statedId, ...memoryItem } = fields
  const notes = [...reader.notes, ...fields.notes]
  const id = own === null ? record.id : (statedId ?? record.id)
  if (statedId !== null && statedId !== id) {
    notes.push({ code: "disagrees_with_record", field: "id", original: statedId })
  }
  const extras = own === null ? { ...fields.extras } : unnestExtras(fields.extras)
  if (memoryData.isCut) {
    notes.push({ code: "truncated_json", field: "memory_data" })
    recordMetadata.memory_data = reader.text("memory_data")
  }
  if (Object.keys(recordMetadata).length > 0) extras.record_metadata = recordMetadata
  const recipe = documentRecipe(fields)
  if (record.document !== null && record.document.toWellFormed() !== recipe) {
    const document = createFieldReader({ document: record.document })
    extras.document = document.text("document")
    notes.push(...document.notes)
  }
  return {
    ...place,
    own,
    id,
    memoryItem: {
      ...memoryItem,
      ...agreedOn({ field: "domain_category", fields, stated: domainCategory, notes }),
      ...agreedOn({ field: "difficulty_level", fields, stated: difficultyLevel, notes }),
      createdAt: fields.createdAt ?? trace.createdAt,
      sourceCreatedAt: fields.sourceCreatedAt ?? trace.sourceCreatedAt,
      extras,
      notes,
    },
    reject: null,
  }
}

/** A digest is on our own records only; then the other keys are known too. */
function takeOwnKeys(reader: FieldReader): CurrentRecord["own"] {
  const digest = reader.take("trace_digest")
  if (typeof digest !== "string") return null
  for (const key of ["ordinal", "pending", "written_at"]) reader.take(key)
  const hasEmbedding = reader.take("has_embedding") !== false
  const model = reader.text("embedding_model")
  return { digest, embeddingModel: hasEmbedding ? model : null }
}

/** Where a record says that it belongs, as it is stored; null for what it does not say. */
export function placeOfCurrentRecord(
  reader: FieldReader,
): Pick<CurrentRecord, "workspaceId" | "traceSourceId"> {
  return {
    traceSourceId: reader.text("trace_id") || null,
    workspaceId: reader.text("workspace_id") || null,
  }
}

/** The text the current program embeds and stores as the document. */
function documentRecipe({ title, description, content }: MemoryItemFields): string {
  return `${title}\n${description ?? ""}\n${content}`
}

function agreedOn({
  field,
  fields,
  stated,
  notes,
}: {
  field: "domain_category" | "difficulty_level"
  fields: MemoryItemFields
  stated: string | null
  notes: MemoryItem["notes"]
}) {
  const key = field === "domain_category" ? "domainCategory" : "difficultyLevel"
  const own = fields[key]
  if (stated !== null && own !== null && own !== stated) {
    notes.push({ code: "disagrees_with_record", field, original: stated })
  }
  return { [key]: own ?? stated }
}

function rejectRecord({ record, reason }: { record: SourceRecord; reason: string }): Reject {
  return {
    kind: "memory_item",
    sourceId: record.id,
    code: "unreadable_memory_data",
    reason,
    content: recordContent(record),
  }
}
