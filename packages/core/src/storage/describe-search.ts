import type { NamedVector } from "./named-vector.ts"
import type { RetrievedRow } from "./retrieval.ts"
import type { FoundMemory } from "./storage-backend.ts"

/** A search as it is recorded before it runs. */
export function describeQuery({
  workspaceId,
  k,
  text,
  embedding,
}: {
  workspaceId: string
  k: number
  text?: string | undefined
  embedding?: NamedVector | undefined
}) {
  return { workspaceId, k, query: text ?? embedding?.vector ?? "" }
}

/** What it found, as it is recorded: with the number the results stand in the order of. */
export function describeMemories({
  found,
  rankedBy,
}: {
  found: readonly FoundMemory[]
  rankedBy: "similarity" | "score" | "fusedScore"
}): Omit<RetrievedRow, "isHelpful">[] {
  return found.map((row) => ({ id: row.memory.id, score: row[rankedBy] }))
}
