import "server-only"
import type { SearchMode } from "../search-words/search-mode.ts"
import type { ServerClient } from "../supabase/create-server-client.ts"
import type { EmbeddedText } from "./embed-text.ts"
import type { memoryFilterArguments } from "./memory-filters.ts"
import { type FoundMemory, parseFoundMemories } from "./memory-row.ts"
import { unwrap } from "./unwrap.ts"

/** One search of the database; without a vector it is by words. Raises `DataError`. */
export async function askForMemories({
  supabase,
  query,
  mode,
  embedded,
  filter,
}: {
  supabase: ServerClient
  query: string
  mode: SearchMode
  embedded: Pick<EmbeddedText, "vector" | "model"> | null
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
