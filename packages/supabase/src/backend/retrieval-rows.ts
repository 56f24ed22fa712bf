import {
  createTimestampReader,
  type NewRetrieval,
  type Retrieval,
  rowId,
  type StorageKey,
} from "@reasoningbank/core/storage-driver"
import { z } from "zod"
import { parseRow } from "./parse-row.ts"
import type { SupabaseApi } from "./supabase-api.ts"

const readTimestamp = createTimestampReader("UTC")
const milliseconds = z.number().nullable()

const eventSchema = z.object({
  workspace_id: z.string(),
  id: z.string(),
  occurred_at: z.string(),
  search_kind: z.enum(["similar_memories", "similar_traces", "semantic", "keyword", "hybrid"]),
  query_text: z.string().nullable(),
  match_count: z.number(),
  embedding_ms: milliseconds,
  database_ms: milliseconds,
  total_ms: milliseconds,
  error_code: z.string().nullable(),
  served_trace_id: z.string().nullable(),
  query_hash: z.string().nullable(),
})
const resultSchema = z.object({
  result_id: z.string(),
  score: z.number().nullable(),
  is_helpful: z.boolean().nullable(),
})

/** What `record_retrieval` takes. */
export function retrievalParameters(retrieval: NewRetrieval): Record<string, unknown> {
  const kind = retrieval.searchKind === "similar_traces" ? "trace" : "memory_item"
  const scores = retrieval.results.map(({ score }) => score)
  return {
    workspace_id: retrieval.workspaceId,
    backend: "supabase",
    search_kind: retrieval.searchKind,
    match_count: retrieval.k,
    result_ids: retrieval.results.map(({ id }) => rowId({ kind, sourceId: id }).id),
    result_scores: scores.includes(null) ? null : scores,
    query_text: retrieval.queryText,
    embedding_ms: retrieval.embedMs,
    database_ms: retrieval.databaseMs,
    total_ms: retrieval.totalMs,
    error_code: retrieval.errorCode,
    event_id: retrieval.id,
    occurred_at: retrieval.recordedAt,
  }
}

/** A recorded search; its results by the UUIDs they are kept under. */
export async function readRetrieval({
  api,
  workspaceId,
  id,
}: StorageKey & { api: SupabaseApi }): Promise<Retrieval | null> {
  const [found] = await api.selectRows((client) =>
    client
      .from("retrieval_events")
      // As text: servers write bytes into JSON each in a way of its own.
      .select(`${Object.keys(eventSchema.shape).join(", ")}::text`, { count: "exact" })
      .eq("workspace_id", workspaceId)
      .eq("id", id),
  )
  if (found === undefined) return null
  const event = parseRow({ api, schema: eventSchema, row: found })
  const rows = await api.selectRows((client) =>
    client
      .from("retrieval_results")
      .select("result_id, score, is_helpful", { count: "exact" })
      .eq("workspace_id", workspaceId)
      .eq("event_id", id)
      .order("rank"),
  )
  const results = rows.map((row) => {
    const { result_id, score, is_helpful } = parseRow({ api, schema: resultSchema, row })
    return { id: result_id, score, isHelpful: is_helpful }
  })
  return {
    workspaceId: event.workspace_id,
    id: event.id,
    searchKind: event.search_kind,
    queryHash: event.query_hash?.replace(/^\\x/, "") ?? null,
    queryText: event.query_text,
    k: event.match_count,
    results,
    embedMs: event.embedding_ms,
    databaseMs: event.database_ms ?? 0,
    totalMs: event.total_ms ?? 0,
    errorCode: event.error_code,
    recordedAt: readTimestamp(event.occurred_at).instant ?? "",
    servedTraceId: event.served_trace_id,
  }
}
