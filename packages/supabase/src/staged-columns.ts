import { endianness } from "node:os"
import type {
  JsonValue,
  LineageLink,
  MemoryItem,
  ReasoningTrace,
  RowNote,
  WriteRow,
} from "@reasoningbank/core"

/** One column of a staging table: its name, its type, and where its value comes from. Null is SQL's null. */
export type StagedColumn<Row> = { name: string } & (
  | { type: "text" | "uuid" | "timestamptz"; value: (row: Row) => string | null }
  | { type: "int4"; value: (row: Row) => number }
  | { type: "text[]"; value: (row: Row) => string[] | null }
  | { type: "jsonb"; value: (row: Row) => JsonValue }
  | { type: "bytea"; value: (row: Row) => Uint8Array | null }
  | { type: "vector"; value: (row: Row) => Float32Array | null }
)

export const stagedTraceColumns: StagedColumn<WriteRow<ReasoningTrace>>[] = [
  { name: "workspace_id", type: "text", value: ({ row }) => row.workspaceId },
  { name: "id", type: "uuid", value: ({ row }) => row.id },
  { name: "source_id", type: "text", value: ({ row }) => row.sourceId },
  { name: "task", type: "text", value: ({ row }) => row.task },
  { name: "task_embedding", type: "vector", value: ({ row }) => row.embedding.vector },
  { name: "embedding_status", type: "text", value: ({ row }) => row.embedding.status },
  { name: "embedding_model", type: "text", value: ({ row }) => row.embedding.model },
  { name: "source_embedding", type: "bytea", value: ({ row }) => sourceVectorBytes(row) },
  { name: "trajectory", type: "jsonb", value: ({ row }) => row.trajectory },
  { name: "outcome", type: "text", value: ({ row }) => row.outcome },
  { name: "metadata", type: "jsonb", value: ({ row }) => row.metadata },
  { name: "created_at", type: "timestamptz", value: ({ row }) => row.createdAt },
  { name: "source_created_at", type: "text", value: ({ row }) => row.sourceCreatedAt },
  { name: "extras", type: "jsonb", value: ({ row }) => row.extras },
  { name: "notes", type: "jsonb", value: ({ row }) => row.notes.map(noteAsJson) },
  { name: "migrated_digest", type: "bytea", value: ({ digest }) => digest },
  { name: "links", type: "jsonb", value: ({ row }) => row.links.map(linkAsJson) },
  { name: "expected_version", type: "text", value: ({ expectedVersion }) => expectedVersion },
]

export const stagedMemoryItemColumns: StagedColumn<WriteRow<MemoryItem>>[] = [
  { name: "workspace_id", type: "text", value: ({ row }) => row.workspaceId },
  { name: "id", type: "uuid", value: ({ row }) => row.id },
  { name: "source_id", type: "text", value: ({ row }) => row.sourceId },
  { name: "trace_id", type: "uuid", value: ({ row }) => row.traceId },
  { name: "ordinal", type: "int4", value: ({ row }) => row.ordinal },
  { name: "title", type: "text", value: ({ row }) => row.title },
  { name: "description", type: "text", value: ({ row }) => row.description },
  { name: "content", type: "text", value: ({ row }) => row.content },
  { name: "content_embedding", type: "vector", value: ({ row }) => row.embedding.vector },
  { name: "embedding_status", type: "text", value: ({ row }) => row.embedding.status },
  { name: "embedding_model", type: "text", value: ({ row }) => row.embedding.model },
  { name: "source_embedding", type: "bytea", value: ({ row }) => sourceVectorBytes(row) },
  { name: "error_context", type: "jsonb", value: ({ row }) => row.errorContext },
  { name: "pattern_tags", type: "text[]", value: ({ row }) => row.patternTags },
  { name: "difficulty_level", type: "text", value: ({ row }) => row.difficultyLevel },
  { name: "domain_category", type: "text", value: ({ row }) => row.domainCategory },
  { name: "evolution_stage", type: "int4", value: ({ row }) => row.evolutionStage },
  { name: "created_at", type: "timestamptz", value: ({ row }) => row.createdAt },
  { name: "source_created_at", type: "text", value: ({ row }) => row.sourceCreatedAt },
  { name: "extras", type: "jsonb", value: ({ row }) => row.extras },
  { name: "notes", type: "jsonb", value: ({ row }) => row.notes.map(noteAsJson) },
  { name: "migrated_digest", type: "bytea", value: ({ digest }) => digest },
  { name: "links", type: "jsonb", value: ({ row }) => row.links.map(linkAsJson) },
  { name: "expected_version", type: "text", value: ({ expectedVersion }) => expectedVersion },
]

/** Little-endian on every machine. */
function sourceVectorBytes({ embedding }: ReasoningTrace | MemoryItem): Uint8Array | null {
  const vector = embedding.sourceVector
  if (vector === null) return null
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32()
}

function noteAsJson({ code, field, original }: RowNote): JsonValue {
  return original === undefined ? { code, field } : { code, field, original }
}

function linkAsJson(link: LineageLink): JsonValue {
  return {
    relation: link.relation,
    ordinal: BigInt(link.ordinal),
    target_kind: link.targetKind,
    target_id: link.targetId,
    source_reference: link.sourceReference,
  }
}
