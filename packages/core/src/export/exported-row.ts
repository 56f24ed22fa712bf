import { createHash } from "node:crypto"
import { z } from "zod"
import type { EmbeddingStatus } from "../embedding.ts"
import { vectorBase64 } from "../interpretation/record-content.ts"
import { storedEmbedding } from "../interpretation/stored-embedding.ts"
import { canonicalJson } from "../json/canonical-json.ts"
import type { JsonObject, JsonValue } from "../json/json-value.ts"
import { parseJson } from "../json/parse-json.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import { comparableFields } from "../migration/row-digest.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

/** Metadata of an exported record that holds its row, exactly, beside what other programs read. */
const exportedRowKey = "exported_row"

/** A row with the vector that counts: one made in the target since its migration is as good as a source's. */
export function exportableRow<Row extends ReasoningTrace | MemoryItem>(row: Row): Row {
  const { status, model, vector, sourceVector } = row.embedding
  const embedding =
    status === "present" || status === "missing"
      ? { status, model, vector, sourceVector: null }
      : { status, model, vector: null, sourceVector }
  return { ...row, embedding }
}

/** The record with its row sealed in: it counts only as long as nobody changed the record. */
export function sealRow({
  record,
  row,
}: {
  record: SourceRecord
  row: ReasoningTrace | MemoryItem
}): SourceRecord {
  const fields: JsonObject = {
    ...comparableFields(row),
    // Not sorted, as the digest has them.
    links: row.links.map((link): JsonObject => ({ ...link, ordinal: BigInt(link.ordinal) })),
    sourceVector: vectorBase64(row.embedding.sourceVector),
    kind: "ordinal" in row ? "memory_item" : "trace",
  }
  const seal = { row: fields, digest: digestRecord(record) }
  return { ...record, metadata: { ...record.metadata, [exportedRowKey]: stringifyJson(seal) } }
}

/** The row a record was exported from; null when it holds none, or was changed since. */
export function readExportedRow(
  record: SourceRecord,
): { kind: "trace"; row: ReasoningTrace } | { kind: "memory_item"; row: MemoryItem } | null {
  const text = record.metadata?.[exportedRowKey]
  if (typeof text !== "string") return null
  const parsed = sealSchema.safeParse(parseOrNull(text))
  if (!parsed.success || parsed.data.digest !== digestRecord(record)) return null
  const { kind, embeddingStatus, embeddingModel, sourceVector, ...fields } = parsed.data.row
  const { ordinal, evolutionStage, ...common } = fields
  const vector = embeddingStatus === "present" ? record.embedding : null
  const found = storedEmbedding(vector)
  if (found.status !== (embeddingStatus === "present" ? "present" : "missing")) return null
  const embedding = {
    status: embeddingStatus,
    model: embeddingModel,
    vector: found.vector,
    sourceVector,
  }
  if (kind === "trace") {
    const row = traceFields.safeParse(common)
    return row.success ? { kind, row: { ...row.data, embedding } } : null
  }
  const row = memoryItemFields.safeParse(common)
  if (!row.success || ordinal === null || evolutionStage === null) return null
  return { kind, row: { ...row.data, ordinal, evolutionStage, embedding } }
}

function digestRecord({ document, metadata }: SourceRecord): string {
  const { [exportedRowKey]: _, ...others } = metadata ?? {}
  return createHash("sha256")
    .update(canonicalJson({ document, metadata: others }))
    .digest("hex")
}

function parseOrNull(text: string): JsonValue {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

const text = z.string()
const json = z.custom<JsonValue>((value) => value !== undefined)
const object = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
)
export const integer = z.bigint().transform(Number)
const notes = z.array(
  z.object({ code: text, field: text, original: json.optional() }).transform((note) => {
    const { code, field, original } = note
    return original === undefined ? { code, field } : { code, field, original }
  }),
)
const links = z.array(
  z.object({
    relation: z.enum(["parent", "derived_from", "related"]),
    ordinal: integer,
    targetKind: z.enum(["trace", "memory_item"]),
    targetId: text,
    sourceReference: text.nullable(),
  }),
)
const commonFields = {
  workspaceId: text,
  id: z.uuid(),
  sourceId: text.nullable(),
  createdAt: text.nullable(),
  sourceCreatedAt: text.nullable(),
  extras: object,
  notes,
  links,
}
/** A trace but for its vector, as `comparableFields` has it. */
export const traceFields = z.object({
  ...commonFields,
  task: text,
  trajectory: json.nullable(),
  outcome: text.nullable(),
  metadata: object,
})
/** The same of a memory item, but for its two counts. */
export const memoryItemFields = z.object({
  ...commonFields,
  traceId: z.uuid().nullable(),
  title: text,
  description: text.nullable(),
  content: text,
  errorContext: json.nullable(),
  patternTags: z.array(text).nullable(),
  difficultyLevel: text.nullable(),
  domainCategory: text.nullable(),
})
const sealSchema = z.object({
  digest: text,
  row: z.looseObject({
    kind: z.enum(["trace", "memory_item"]),
    ordinal: integer.nullable(),
    evolutionStage: integer.nullable(),
    embeddingStatus: z.custom<EmbeddingStatus>((value) => typeof value === "string"),
    embeddingModel: text.nullable(),
    sourceVector: text
      .nullable()
      .transform((base64) => (base64 === null ? null : fromBase64(base64))),
  }),
})

/** Little-endian float32 in base64. */
export function fromBase64(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64")
  return Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(4 * at))
}
