import type { z } from "zod"
import type { NamedVector } from "./named-vector.ts"
import type { memoryQuerySchema, memorySearchSchema } from "./query-schemas.ts"
import { byValueThenId, type ParsedScoring, scoreMemory } from "./rank-memories.ts"
import type { SearchInProgress } from "./record-retrievals.ts"
import type { FoundMemory } from "./storage-backend.ts"
import type { StorageDriver } from "./storage-driver.ts"
import type { StoredMemoryItem } from "./stored-rows.ts"

const candidatesPerResult = 4
const fewestCandidates = 50
const mostCandidates = 1_000
/** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). */
const fusionConstant = 60

type Recall = {
  driver: StorageDriver
  parts: SearchInProgress
  queryVector: () => Promise<NamedVector>
  now: number
}

/** The k nearest, or the k of the highest score among the nearest candidates. */
export async function recallSimilar({
  driver,
  parts,
  queryVector,
  now,
  query,
}: Recall & { query: z.output<typeof memoryQuerySchema> }): Promise<FoundMemory[]> {
  const { workspaceId, k, filter, rankBy, scoring, minSimilarity = null } = query
  const vector = await parts.embedding(queryVector)
  const count = rankBy === "score" ? candidateCount(k) : k
  const nearest = await parts.database(() =>
    driver.nearestMemories({ workspaceId, query: vector, count, filter, minSimilarity }),
  )
  const found = nearest.map(({ memory, similarity }, at) =>
    describeFound({ memory, similarity, semanticRank: at + 1, scoring, now }),
  )
  if (rankBy === "similarity") return found.slice(0, k)
  return found.sort(byValue(({ score }) => score ?? Number.NEGATIVE_INFINITY)).slice(0, k)
}

/** By the words, by what is meant, or by both. */
export async function searchMemories({
  driver,
  parts,
  queryVector,
  now,
  search,
}: Recall & { search: z.output<typeof memorySearchSchema> }): Promise<FoundMemory[]> {
  const { workspaceId, k, text, mode, filter, scoring } = search
  const count = mode === "hybrid" ? candidateCount(k) : k
  const found = new Map<string, FoundMemory>()
  if (mode !== "keyword") {
    const query = await parts.embedding(queryVector)
    const nearest = await parts.database(() =>
      driver.nearestMemories({ workspaceId, query, count, filter, minSimilarity: null }),
    )
    for (const [at, { memory, similarity }] of nearest.entries()) {
      found.set(
        memory.id,
        describeFound({ memory, similarity, semanticRank: at + 1, scoring, now }),
      )
    }
  }
  if (mode !== "semantic") {
    const matches = await parts.database(() =>
      driver.matchKeywords({ workspaceId, text, count, filter }),
    )
    for (const [at, memory] of matches.entries()) {
      const known =
        found.get(memory.id) ??
        describeFound({ memory, similarity: null, semanticRank: null, scoring, now })
      found.set(memory.id, { ...known, keywordRank: at + 1 })
    }
  }
  if (mode !== "hybrid") return [...found.values()].slice(0, k)
  return [...found.values()]
    .map((memory) => ({ ...memory, fusedScore: fuse(memory) }))
    .sort(byValue(({ fusedScore }) => fusedScore))
    .slice(0, k)
}

function candidateCount(k: number): number {
  return Math.min(mostCandidates, Math.max(candidatesPerResult * k, fewestCandidates))
}

function describeFound({
  memory,
  similarity,
  semanticRank,
  scoring,
  now,
}: {
  memory: StoredMemoryItem
  similarity: number | null
  semanticRank: number | null
  scoring: ParsedScoring
  now: number
}): FoundMemory {
  const parts = scoreMemory({ memory, similarity, scoring, now })
  return { memory, ...parts, keywordRank: null, semanticRank, fusedScore: null }
}

function fuse({ keywordRank, semanticRank }: FoundMemory): number {
  return [keywordRank, semanticRank].reduce<number>(
    (sum, rank) => sum + (rank === null ? 0 : 1 / (fusionConstant + rank)),
    0,
  )
}

function byValue<Found extends FoundMemory>(value: (found: Found) => number) {
  return byValueThenId<Found>({ value, id: ({ memory }) => memory.id, kind: "memory_item" })
}
