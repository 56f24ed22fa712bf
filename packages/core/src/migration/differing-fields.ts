import { canonicalJson } from "../json/canonical-json.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { float32Bytes } from "./float32-bytes.ts"
import { comparableFields } from "./row-digest.ts"

/** Names of the fields in which two rows of one kind differ; vectors are compared by their bytes. */
export function differingFields<Row extends ReasoningTrace | MemoryItem>(a: Row, b: Row): string[] {
  const [left, right] = [comparableFields(a), comparableFields(b)]
  const names = Object.keys(left).filter(
    (name) => canonicalJson(left[name] ?? null) !== canonicalJson(right[name] ?? null),
  )
  if (!sameBytes(a.embedding.vector, b.embedding.vector)) names.push("embedding")
  if (!sameBytes(a.embedding.sourceVector, b.embedding.sourceVector)) names.push("sourceEmbedding")
  return names
}

function sameBytes(a: Float32Array | null, b: Float32Array | null): boolean {
  return Buffer.compare(float32Bytes(a), float32Bytes(b)) === 0
}
