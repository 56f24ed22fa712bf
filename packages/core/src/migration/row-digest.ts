import { createHash } from "node:crypto"
import type { StoredEmbedding } from "../embedding.ts"
import { canonicalJson } from "../json/canonical-json.ts"
import type { JsonObject, JsonValue } from "../json/json-value.ts"
import type { LineageLink } from "../lineage-link.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import type { RowNote } from "../row-note.ts"
import { float32Bytes } from "./float32-bytes.ts"

/** Every field of a row but its vectors, as JSON: what two rows are compared by, name by name. */
export function comparableFields(row: ReasoningTrace | MemoryItem): JsonObject {
  const { embedding, links, notes, ...fields } = row
  const comparable: JsonObject = {
    ...fields,
    ordinal: null,
    evolutionStage: null,
    embeddingStatus: embedding.status,
    embeddingModel: embedding.model,
    links: links.map(linkAsJson).sort(byCanonicalText),
    notes: notes.map(noteAsJson),
  }
  if ("ordinal" in row) {
    comparable.ordinal = BigInt(row.ordinal)
    comparable.evolutionStage = BigInt(row.evolutionStage)
  }
  return comparable
}

function linkAsJson(link: LineageLink): JsonObject {
  return { ...link, ordinal: BigInt(link.ordinal) }
}

function noteAsJson({ code, field, original }: RowNote): JsonObject {
  return original === undefined ? { code, field } : { code, field, original }
}

function byCanonicalText(a: JsonValue, b: JsonValue): number {
  const [left, right] = [canonicalJson(a), canonicalJson(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** SHA-256 (32 bytes) of all fields of a row and the little-endian bytes of its vectors. */
export function rowDigest(row: ReasoningTrace | MemoryItem): Uint8Array {
  const hash = createHash("sha256").update(canonicalJson(comparableFields(row)))
  for (const bytes of embeddingBytes(row.embedding)) {
    hash.update(`\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest()
}

function embeddingBytes({ vector, sourceVector }: StoredEmbedding): Uint8Array[] {
  return [float32Bytes(vector), float32Bytes(sourceVector)]
}
