import type { NamedVector } from "./named-vector.ts"
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

/** What it found, as it is recorded. */
export function describeMemories(found: readonly FoundMemory[]) {
  return {
    resultIds: found.map(({ memory }) => memory.id),
    similarities: found.map(({ similarity }) => similarity),
    scores: found.map(({ score }) => score),
  }
}
