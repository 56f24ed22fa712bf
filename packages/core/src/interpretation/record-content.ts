import type { JsonObject } from "../json/json-value.ts"
import type { SourceRecord } from "../memory-source.ts"
import { float32Bytes } from "../migration/float32-bytes.ts"

/** The whole of a record, as a reject keeps it; the vector as base64 of little-endian float32. */
export function recordContent({
  id,
  document,
  metadata,
  embedding,
  dialect,
}: SourceRecord): JsonObject {
  const content = { id, document, metadata, embedding_base64: vectorBase64(embedding) }
  return dialect === undefined ? content : { ...content, dialect }
}

export function vectorBase64(vector: Float32Array | null): string | null {
  return vector === null ? null : Buffer.from(float32Bytes(vector)).toString("base64")
}
