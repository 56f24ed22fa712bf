import "server-only"
import { type SearchMode, searchModes } from "../search-words/search-mode.ts"
import type { ServerClient } from "../supabase/create-server-client.ts"
import { DataError } from "./data-error.ts"
import { type EmbeddedText, embedText } from "./embed-text.ts"
import { type MemoryFilters, memoryFilterArguments } from "./memory-filters.ts"
import { type FoundMemory, parseFoundMemories } from "./memory-row.ts"
import { openSession } from "./open-session.ts"
import { recordRetrieval } from "./record-retrieval.ts"
import { unwrap } from "./unwrap.ts"

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
    const found = await ask({ supabase, query, mode, embedded, filter })
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

async function ask({
  supabase,
  query,
  mode,
  embedded,
  filter,
}: {
  supabase: ServerClient
  query: string
  mode: SearchMode
  embedded: EmbeddedText | null
  filter: ReturnType<typeof memoryFilterArguments> & { match_count: number }
}): Promise<FoundMemory[]> {
  if (embedded === null || mode === "keyword") {
    return parseFoundMemories(
      unwrap(await supabase.rpc("search_memories_by_keyword", { ...filter, query_text: query })),
    )
  }
  const byMeaning = { ...filter, query_embedding: embedded.vector, query_model: embedded.model }
  const answer =
    mode === "semantic"
      ? await supabase.rpc("search_similar_memories", byMeaning)
      : await supabase.rpc("search_memories", { ...byMeaning, query_text: query })
  return parseFoundMemories(unwrap(answer))
}
