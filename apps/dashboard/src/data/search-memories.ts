import "server-only"
import { type SearchMode, searchModes } from "../search-words/search-mode.ts"
import { askForMemories } from "./ask-for-memories.ts"
import { DataError } from "./data-error.ts"
import { embedText } from "./embed-text.ts"
import { type MemoryFilters, memoryFilterArguments } from "./memory-filters.ts"
import type { FoundMemory } from "./memory-row.ts"
import { openSession } from "./open-session.ts"
import { recordRetrieval } from "./record-retrieval.ts"

export type SearchAnswer = {
  found: FoundMemory[]
  /** How it was searched after all: by words where there is no model. */
  mode: SearchMode
  hasModel: boolean
  embeddingInMs: number | null
  databaseInMs: number
}

/** Searches the memories of a workspace and records that it did. */
export async function searchMemories({
  workspaceId,
  query,
  mode: wanted,
  filters,
  count,
}: {
  workspaceId: string
  /** Not blank. */
  query: string
  mode: SearchMode
  filters: MemoryFilters
  count: number
}): Promise<SearchAnswer> {
  const { supabase } = await openSession()
  const start = performance.now()
  const embedded = wanted === "keyword" ? null : await embedText(query)
  const mode = embedded === null ? searchModes[0] : wanted
  const asked = performance.now()
  const retrieval = {
    workspaceId,
    kind: mode,
    query,
    matchCount: count,
    embeddingInMs: embedded?.tookInMs ?? null,
  }
  const timing = () => ({
    databaseInMs: performance.now() - asked,
    totalInMs: performance.now() - start,
  })
  try {
    const filter = { ...memoryFilterArguments({ workspaceId, filters }), match_count: count }
    const found = await askForMemories({ supabase, query, mode, embedded, filter })
    const times = timing()
    const results = found.map((row) => ({ id: row.id, score: row.score }))
    recordRetrieval({ supabase, retrieval: { ...retrieval, results, ...times } })
    return {
      found,
      mode,
      hasModel: wanted === "keyword" || embedded !== null,
      embeddingInMs: retrieval.embeddingInMs,
      databaseInMs: times.databaseInMs,
    }
  } catch (error) {
    const errorCode = error instanceof DataError ? error.code : "failed"
    recordRetrieval({ supabase, retrieval: { ...retrieval, results: [], errorCode, ...timing() } })
    throw error
  }
}
