import {
  isJsonObject,
  type JsonValue,
  type LineageLink,
  type MemoryItem,
  parseJson,
  type ReasoningTrace,
  type RowNote,
  type StoredEmbedding,
  type TargetRow,
} from "@reasoningbank/core"
import { type JsonFields, jsonFields } from "./json-fields.ts"
import { parseVectorText } from "./parse-vector-text.ts"

/** A value of a row lies a few levels deeper in the answer than in its source, whose limit is 1,000. */
const rowDepth = 1_010

/** Reads the JSON array that `read_migrated_reasoning_traces` returns. */
export function parseMigratedTraces(text: string): TargetRow<ReasoningTrace>[] {
  return parseRows(text).map((fields) => ({
    ...parseStamp(fields),
    row: {
      workspaceId: fields.text("workspace_id"),
      id: fields.text("id"),
      sourceId: fields.textOrNull("source_id"),
      task: fields.text("task"),
      embedding: parseEmbedding({ fields, vectorName: "task_embedding" }),
      trajectory: fields.value("trajectory"),
      outcome: fields.textOrNull("outcome"),
      metadata: fields.object("metadata"),
      createdAt: fields.textOrNull("created_at"),
      sourceCreatedAt: fields.textOrNull("source_created_at"),
      extras: fields.object("extras"),
      notes: fields.list("notes").map(parseNote),
      links: fields.list("links").map(parseLink),
    },
  }))
}

/** Reads the JSON array that `read_migrated_memory_items` returns. */
export function parseMigratedMemoryItems(text: string): TargetRow<MemoryItem>[] {
  return parseRows(text).map((fields) => ({
    ...parseStamp(fields),
    row: {
      workspaceId: fields.text("workspace_id"),
      id: fields.text("id"),
      sourceId: fields.textOrNull("source_id"),
      traceId: fields.textOrNull("trace_id"),
      ordinal: fields.integer("ordinal"),
      title: fields.text("title"),
      description: fields.textOrNull("description"),
      content: fields.text("content"),
      embedding: parseEmbedding({ fields, vectorName: "content_embedding" }),
      errorContext: fields.value("error_context"),
      patternTags: fields.textsOrNull("pattern_tags"),
      difficultyLevel: fields.textOrNull("difficulty_level"),
      domainCategory: fields.textOrNull("domain_category"),
      evolutionStage: fields.integer("evolution_stage"),
      createdAt: fields.textOrNull("created_at"),
      sourceCreatedAt: fields.textOrNull("source_created_at"),
      extras: fields.object("extras"),
      notes: fields.list("notes").map(parseNote),
      links: fields.list("links").map(parseLink),
    },
  }))
}

function parseRows(text: string): JsonFields[] {
  return jsonFields({ rows: parseJson(text, { maximumDepth: rowDepth }) })
    .list("rows")
    .map(jsonFields)
}

function parseStamp(fields: JsonFields) {
  return {
    migratedDigest: fields.bytesOrNull("migrated_digest"),
    sourceModel: fields.textOrNull("source_embedding_model"),
    migrationRunId: fields.textOrNull("migration_run_id"),
    version: fields.text("version"),
  }
}

function parseEmbedding({
  fields,
  vectorName,
}: {
  fields: JsonFields
  vectorName: string
}): StoredEmbedding {
  const vector = fields.textOrNull(vectorName)
  return {
    status: fields.oneOf<StoredEmbedding["status"]>("embedding_status", [
      "present",
      "missing",
      "other_dimension",
      "other_model",
      "not_finite",
    ]),
    model: fields.textOrNull("embedding_model"),
    vector: vector === null ? null : parseVectorText(vector),
    sourceVector: fields.float32OrNull("source_embedding"),
  }
}

/** A note that somebody rewrote must not keep the row from being read. */
function parseNote(note: JsonValue): RowNote {
  const { code, field, original } = isJsonObject(note) ? note : {}
  if (typeof code !== "string" || typeof field !== "string") {
    return { code: "unreadable_note", field: "notes", original: note }
  }
  return original === undefined ? { code, field } : { code, field, original }
}

function parseLink(link: JsonValue): LineageLink {
  const fields = jsonFields(link)
  return {
    relation: fields.oneOf<LineageLink["relation"]>("relation", [
      "parent",
      "derived_from",
      "related",
    ]),
    ordinal: fields.integer("ordinal"),
    targetKind: fields.oneOf<LineageLink["targetKind"]>("target_kind", ["trace", "memory_item"]),
    targetId: fields.text("target_id"),
    sourceReference: fields.textOrNull("source_reference"),
  }
}
