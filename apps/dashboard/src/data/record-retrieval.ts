import "server-only"
import { after } from "next/server"
import type { ServerClient } from "../supabase/create-server-client.ts"

export type Retrieval = {
  workspaceId: string
  kind: "semantic" | "keyword" | "hybrid"
  query: string
  matchCount: number
  results: readonly { id: string; score: number | null }[]
  embeddingInMs: number | null
  databaseInMs: number
  totalInMs: number
  errorCode?: string | undefined
}

/** Records a search once its answer is on the way. A record that fails costs nobody the results: it is only logged. */
export function recordRetrieval({
  supabase,
  retrieval,
}: {
  supabase: ServerClient
  retrieval: Retrieval
}): void {
  after(async () => {
    const { results, embeddingInMs, errorCode } = retrieval
    const { error } = await supabase.rpc("record_retrieval", {
      workspace_id: retrieval.workspaceId,
      backend: "supabase",
      search_kind: retrieval.kind,
      match_count: retrieval.matchCount,
      result_ids: results.map(({ id }) => id),
      ...(results.every(({ score }) => score !== null) && {
        result_scores: results.flatMap(({ score }) => (score === null ? [] : [score])),
      }),
      query_text: retrieval.query,
      ...(embeddingInMs !== null && { embedding_ms: embeddingInMs }),
      database_ms: retrieval.databaseInMs,
      total_ms: retrieval.totalInMs,
      ...(errorCode !== undefined && { error_code: errorCode }),
    })
    if (error !== null) console.warn(`A search was not recorded: ${error.message}`)
  })
}
