import "server-only"
import type { SearchMode } from "../search-words/search-mode.ts"
import { askForMemories } from "./ask-for-memories.ts"
import { DataError } from "./data-error.ts"
import { type EmbeddedText, embedText } from "./embed-text.ts"
import { type FoundMemory, parseFoundMemories } from "./memory-row.ts"
import type { StoredVector } from "./memory-vector.ts"
import { openSession } from "./open-session.ts"
import { searchChroma } from "./search-chroma.ts"
import { unwrap } from "./unwrap.ts"

/** What Supabase is compared with: Chroma, or a search that compares every vector. */
export type Opponent = "chroma" | "exact"

/** One result; `semanticRank` and `keywordRank` only in a search by both. */
export type RankedMemory = {
  id: string
  title: string
  /** Cosine; null for what was found by its words alone. */
  similarity: number | null
  semanticRank: number | null
  keywordRank: number | null
}

/** The k best, the best first, or why there are none. */
export type RankedAnswer =
  | { memories: RankedMemory[]; databaseInMs: number; problem: null }
  | { memories: null; databaseInMs: null; problem: { message: string; hint: string | undefined } }

export type Comparison = {
  /** How it was searched after all: by words where there is no model. */
  mode: SearchMode
  hasModel: boolean
  /** Null when no text was embedded. */
  embeddingInMs: number | null
  supabase: RankedAnswer
  /** Null where there is nothing to compare with: words are always searched exactly. */
  opponent: RankedAnswer | null
}

/** A text, or the vector of a stored memory: for that no model is needed. */
export type Question = { text: string } | { stored: StoredVector }

/**
 * Asks Supabase and its opponent the same, one after the other so that neither slows the other down. Nothing of it is
 * recorded: it would count as recalls. A side that fails has its problem in place of results.
 */
export async function compareSearches({
  workspaceId,
  question,
  mode: wanted,
  k,
  against,
}: {
  workspaceId: string
  question: Question
  mode: SearchMode
  k: number
  against: Opponent
}): Promise<Comparison> {
  const { supabase } = await openSession()
  const { query, mode, hasModel, embedded, embeddingInMs } = await prepare({ question, wanted })
  const filter = { workspace_filter: [workspaceId], match_count: k }
  const ours = await answer(async () => {
    const asked = performance.now()
    const found = await askForMemories({ supabase, query, mode, embedded, filter })
    return { memories: found.map(fromRow), databaseInMs: performance.now() - asked }
  })
  const theirs = () => {
    if (against === "chroma") {
      return answer(async () => {
        const { found, databaseInMs } = await searchChroma({
          ...{ workspaceId, query, mode, embedded, k },
        })
        return {
          memories: found.map(({ memory: { id, title }, ...why }) => ({
            ...{ id, title },
            similarity: why.similarity,
            semanticRank: why.semanticRank,
            keywordRank: why.keywordRank,
          })),
          databaseInMs,
        }
      })
    }
    if (embedded === null || mode !== "semantic") return null
    return answer(async () => {
      const asked = performance.now()
      const rows = await supabase.rpc("search_similar_memories_exactly", {
        ...filter,
        query_embedding: embedded.vector,
        query_model: embedded.model,
      })
      const found = parseFoundMemories(unwrap(rows))
      return { memories: found.map(fromRow), databaseInMs: performance.now() - asked }
    })
  }
  return {
    mode,
    hasModel,
    embeddingInMs,
    supabase: ours,
    opponent: await theirs(),
  }
}

type Prepared = Pick<Comparison, "mode" | "hasModel" | "embeddingInMs"> & {
  query: string
  embedded: Pick<EmbeddedText, "vector" | "model"> | null
}

async function prepare({
  question,
  wanted,
}: {
  question: Question
  wanted: SearchMode
}): Promise<Prepared> {
  if ("stored" in question) {
    const { stored } = question
    const asked = { query: stored.title, embedded: stored, embeddingInMs: null }
    return { ...asked, mode: "semantic", hasModel: true }
  }
  const query = question.text
  if (wanted === "keyword") {
    return { query, mode: wanted, hasModel: true, embedded: null, embeddingInMs: null }
  }
  const embedded = await embedText(query)
  return {
    ...{ query, embedded },
    mode: embedded === null ? "keyword" : wanted,
    hasModel: embedded !== null,
    embeddingInMs: embedded?.tookInMs ?? null,
  }
}

/** Of a search that failed, what to say of it; whatever is no `DataError` is raised. */
async function answer(
  search: () => Promise<{ memories: RankedMemory[]; databaseInMs: number }>,
): Promise<RankedAnswer> {
  try {
    return { ...(await search()), problem: null }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const { message, hint } = error
    return { memories: null, databaseInMs: null, problem: { message, hint } }
  }
}

function fromRow(row: FoundMemory): RankedMemory {
  return {
    id: row.id,
    title: row.title,
    similarity: row.similarity,
    semanticRank: row.semantic_rank,
    keywordRank: row.keyword_rank,
  }
}
