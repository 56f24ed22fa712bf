import { type SourceRecord, stringifyJson } from "@reasoningbank/core"
import { toFloat32Bytes } from "./float32-vector.ts"

/**
 * One record as one line of JSON, without the newline: tenant, database, collection, id, document,
 * metadata and `embedding_base64` (little-endian float32, or null). Integers keep all their digits,
 * floats a float's look (`1.0`); numbers that JSON has no word for are the strings "NaN", "Infinity"
 * and "-Infinity".
 */
export function formatDumpLine({
  tenant,
  database,
  collection,
  record: { id, document, metadata, embedding },
}: {
  tenant: string
  database: string
  collection: string
  record: SourceRecord
}): string {
  return stringifyJson({
    tenant,
    database,
    collection,
    id,
    document,
    metadata,
    embedding_base64:
      embedding === null ? null : Buffer.from(toFloat32Bytes(embedding)).toString("base64"),
  })
}
