import type { WarningCounter } from "@reasoningbank/core"
import { ReasoningBankError } from "@reasoningbank/core"
import type { RecordVector } from "./record-vectors.ts"

export type VectorNotes = { collection: string; strict: boolean; warnings: WarningCounter }

const codes = {
  missing: "vector_missing",
  doubtful: "vector_doubtful",
  unreadable: "vector_unreadable",
  log_vector: "log_vector_unreadable",
  outdated: "index_outdated",
} as const

/**
 * Counts a record that came without its vector, or with a newer one than the index has.
 *
 * @throws `source:hnsw`, `source:log_vector` in strict reading, for the former
 */
export function noteVector({
  notes: { collection, strict, warnings },
  id,
  read: { code, detail, vector },
}: {
  notes: VectorNotes
  id: string
  read: RecordVector
}): void {
  if (code === "ok") return
  if (strict && vector === null) {
    throw new ReasoningBankError({
      code: code === "log_vector" ? "source:log_vector" : "source:hnsw",
      message: `Record "${id}" of "${collection}" has no vector that can be read: ${detail}.`,
      hint: "Read without strict to get the record with an empty vector and a warning.",
    })
  }
  const message =
    vector === null
      ? `Records came without their vector: ${detail}.`
      : `Records came with the vector of the log: ${detail}.`
  warnings.count({ code: codes[code], message, collection, example: id })
}
