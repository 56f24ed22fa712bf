import { isJsonObject, type JsonObject, type JsonValue } from "../json/json-value.ts"
import { pythonJson } from "../json/python-json.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { SourceReading } from "../row-lister.ts"

const cutTaskLength = 500
/** In the order the original program gives them; the database keeps none. */
const contextKeys = ["error_type", "error_message", "failure_pattern", "corrective_guidance"]
const ownExtras = ["record_metadata", "document"]

/**
 * The records of a trace as the original program (the dialect `current`) writes them: same ids, documents, metadata with their
 * types, vectors. Null where a row holds what they have no place for; whether they say all that the rows
 * hold is for the caller to find out by reading them.
 */
export function originalRecords({
  trace,
  memoryItems,
  reading,
}: {
  trace: ReasoningTrace
  memoryItems: MemoryItem[]
  reading: SourceReading
}): SourceRecord[] | null {
  const hasMore =
    trace.trajectory !== null || trace.links.length > 0 || trace.embedding.status !== "missing"
  if (hasMore || memoryItems.length === 0) return null
  const records: SourceRecord[] = []
  for (const item of memoryItems) {
    const embedding = item.embedding.vector ?? item.embedding.sourceVector
    if (embedding === null || !embedding.every(Number.isFinite)) return null
    const metadata = metadataOf({ trace, item, reading })
    if (!Object.values(metadata).every(isMetadata)) return null
    const { title, description, content, extras } = item
    const document =
      typeof extras.document === "string"
        ? extras.document
        : `${title}\n${description ?? ""}\n${content}`
    records.push({ id: item.sourceId ?? item.id, document, metadata, embedding })
  }
  return records
}

function metadataOf({
  trace,
  item,
  reading,
}: {
  trace: ReasoningTrace
  item: MemoryItem
  reading: SourceReading
}): JsonObject {
  const kept = isJsonObject(item.extras.record_metadata) ? item.extras.record_metadata : {}
  const timestamp = kept.timestamp ?? item.sourceCreatedAt
  const isKnown = item.workspaceId !== reading.defaultWorkspaceId
  return {
    ...kept,
    trace_id: trace.sourceId ?? trace.id,
    task: [...trace.task].slice(0, cutTaskLength).join(""),
    ...(trace.outcome !== null && { outcome: trace.outcome }),
    ...(timestamp !== null && { timestamp }),
    ...(isKnown && { workspace_id: item.workspaceId }),
    ...whenTrue("domain_category", statedOf(item, "domain_category") ?? item.domainCategory),
    ...whenTrue("difficulty_level", statedOf(item, "difficulty_level") ?? item.difficultyLevel),
    ...(isTrue(item.errorContext) && { has_error_context: true }),
    memory_data: pythonJson(memoryData(item)),
  }
}

function memoryData(item: MemoryItem): JsonObject {
  const { extras, links, errorContext } = item
  const references = (relation: string) =>
    links
      .filter((link) => link.relation === relation)
      .map(({ sourceReference, targetId }) => sourceReference ?? targetId)
  const hasOwnTime =
    isJsonObject(extras.record_metadata) && extras.record_metadata.timestamp !== undefined
  const data: JsonObject = {
    id: statedOf(item, "id") ?? item.sourceId ?? item.id,
    title: item.title,
    description: item.description,
    content: item.content,
    error_context: inUsualOrder(errorContext),
    parent_memory_id: references("parent")[0] ?? null,
    derived_from: references("derived_from"),
    evolution_stage: BigInt(item.evolutionStage),
    pattern_tags: item.patternTags,
    difficulty_level: item.difficultyLevel,
    domain_category: item.domainCategory,
    ...(hasOwnTime && { created_at: item.sourceCreatedAt }),
  }
  for (const [key, value] of Object.entries(extras)) {
    if (!ownExtras.includes(key)) data[key] = value
  }
  return data
}

/** What the record and its JSON say in two ways; the row has one of them. */
function statedOf({ notes }: MemoryItem, field: string): JsonValue | undefined {
  const note = notes.find(
    (found) => found.field === field && found.code === "disagrees_with_record",
  )
  return note?.original
}

function whenTrue(key: string, value: JsonValue): JsonObject {
  return value === null || value === "" ? {} : { [key]: value }
}

function inUsualOrder(context: JsonValue | null): JsonValue {
  if (!isJsonObject(context)) return context
  const usual = contextKeys.filter((key) => Object.hasOwn(context, key))
  const others = Object.keys(context).filter((key) => !contextKeys.includes(key))
  return Object.fromEntries([...usual, ...others].map((key) => [key, context[key] ?? null]))
}

/** As Python has it. */
function isTrue(value: JsonValue | null): boolean {
  if (value === null || value === "" || value === false) return false
  return typeof value !== "object" || Object.keys(value).length > 0
}

/** What Chroma takes over its API. */
function isMetadata(value: JsonValue): boolean {
  if (typeof value === "number") return Number.isFinite(value)
  return typeof value === "string" || typeof value === "bigint" || typeof value === "boolean"
}
