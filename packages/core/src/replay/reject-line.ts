import { z } from "zod"
import { type ForeignDialect, foreignDialects } from "../interpretation/dialect.ts"
import type { Reject } from "../interpretation/reject.ts"
import { isJsonObject, type JsonValue } from "../json/json-value.ts"
import { JsonSyntaxError, parseJson } from "../json/parse-json.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { SourceRecord } from "../memory-source.ts"

const integer = z.bigint().nonnegative().transform(Number)

const placeSchema = z.union([
  z.object({ index: integer }),
  z.object({
    workspaceIds: z.array(z.string().min(1)).min(1),
    traceSourceId: z.string(),
    traceId: z.uuid(),
    ordinal: integer,
    createdAt: z.string().nullable(),
    derivedFromKind: z.enum(["trace", "memory_item"]),
  }),
])

const lineSchema = z.object({
  kind: z.enum(["record", "trace", "memory_item"]),
  source_id: z.string(),
  code: z.enum([
    "unknown_dialect",
    "unreadable_memory_data",
    "unfinished_write",
    "no_content",
    "duplicate_id",
    "malformed_entry",
    "truncated_tail",
    "refused_by_target",
  ]),
  reason: z.string(),
  content: z.custom<JsonValue>((value) => value !== undefined),
  place: placeSchema.optional(),
})

/** A reject as a line of JSON, which {@link parseRejectLine} reads. */
export function formatRejectLine({ kind, sourceId, code, reason, content, place }: Reject): string {
  const line = { kind, source_id: sourceId, code, reason, content }
  if (place === undefined) return stringifyJson(line)
  const told =
    "index" in place ? { index: BigInt(place.index) } : { ...place, ordinal: BigInt(place.ordinal) }
  return stringifyJson({ ...line, place: told })
}

/** The reject of a line, or why it is none. */
export function parseRejectLine(text: string): Reject | { problem: string } {
  try {
    const parsed = lineSchema.safeParse(parseJson(text))
    if (parsed.success) {
      const { source_id: sourceId, place, ...reject } = parsed.data
      return { ...reject, sourceId, ...(place !== undefined && { place }) }
    }
    const [issue] = parsed.error.issues
    return { problem: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "unexpected"}` }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    return { problem: `it is no JSON: ${error.message}` }
  }
}

const recordSchema = z.object({
  id: z.string(),
  document: z.string().nullable(),
  metadata: z.custom<SourceRecord["metadata"]>(
    (value) => value === null || isJsonObject(value as JsonValue),
  ),
  embedding_base64: z.string().nullable(),
  dialect: z
    .custom<ForeignDialect>((value) => foreignDialects.some((name) => name === value))
    .optional(),
})

/** The record that a reject holds whole; null when it is no record. */
export function recordOfReject({ content }: Reject): SourceRecord | null {
  const parsed = recordSchema.safeParse(content)
  if (!parsed.success) return null
  const { embedding_base64: base64, dialect, ...record } = parsed.data
  const embedding = base64 === null ? null : vectorOf(base64)
  return { ...record, embedding, ...(dialect !== undefined && { dialect }) }
}

function vectorOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64")
  return Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(4 * at))
}
