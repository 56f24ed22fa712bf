import "server-only"
import { openSession } from "./open-session.ts"
import { type RetrievalScope, scopeOf, timesOf } from "./retrieval-scope.ts"
import { unwrap } from "./unwrap.ts"

/** Milliseconds; null where nothing was measured, for embedding where no model was used. */
export type Percentiles = { p50: number | null; p95: number | null; p99: number | null }

export type LatencyBucket = {
  /** When it begins. */
  start: string
  backend: string
  searches: number
  errors: number
  embedding: Percentiles
  database: Percentiles
  total: Percentiles
}

/** One recorded search and what it cost in milliseconds. */
export type Retrieval = {
  id: string
  occurred_at: string
  backend: string
  search_kind: string
  /** Null where the workspace does not keep what was asked. */
  query_text: string | null
  result_count: number
  embedding_ms: number | null
  database_ms: number | null
  total_ms: number | null
  error_code: string | null
}

const retrievalColumns =
  "id, occurred_at, backend, search_kind, query_text, result_count, embedding_ms, database_ms, total_ms, error_code"

/** Percentiles by time and backend; stretches without a search are left out. */
export async function readRetrievalLatency({
  bucket,
  ...scope
}: RetrievalScope & { bucket: string }): Promise<LatencyBucket[]> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase.rpc("get_retrieval_latency", {
      ...timesOf(scope),
      ...scopeOf(scope.workspaceId),
      bucket,
    }),
  )
  return rows.map((row) => ({
    start: row.bucket_start,
    backend: row.backend,
    searches: row.searches,
    errors: row.errors,
    embedding: {
      p50: row.embedding_p50_ms,
      p95: row.embedding_p95_ms,
      p99: row.embedding_p99_ms,
    },
    database: { p50: row.database_p50_ms, p95: row.database_p95_ms, p99: row.database_p99_ms },
    total: { p50: row.total_p50_ms, p95: row.total_p95_ms, p99: row.total_p99_ms },
  }))
}

/** The newest recorded searches, at most 1,000, and how many there are. */
export async function listRecentRetrievals(
  scope: RetrievalScope & { workspaceId: string; backend: string },
): Promise<{ retrievals: Retrieval[]; count: number }> {
  const { supabase } = await openSession()
  const { from_time, to_time } = timesOf(scope)
  let query = supabase
    .from("retrieval_events")
    .select(retrievalColumns, { count: "exact" })
    .eq("workspace_id", scope.workspaceId)
    .eq("backend", scope.backend)
  if (from_time !== undefined) query = query.gte("occurred_at", from_time)
  if (to_time !== undefined) query = query.lt("occurred_at", to_time)
  const answer = await query.order("occurred_at", { ascending: false }).limit(1_000)
  const retrievals = unwrap(answer)
  return { retrievals, count: answer.count ?? retrievals.length }
}

/** The searches that took longest in all. */
export async function listSlowestRetrievals(
  scope: RetrievalScope & { workspaceId: string; backend: string },
): Promise<Retrieval[]> {
  const { supabase } = await openSession()
  const { from_time, to_time } = timesOf(scope)
  let query = supabase
    .from("retrieval_events")
    .select(retrievalColumns)
    .eq("workspace_id", scope.workspaceId)
    .eq("backend", scope.backend)
    .not("total_ms", "is", null)
  if (from_time !== undefined) query = query.gte("occurred_at", from_time)
  if (to_time !== undefined) query = query.lt("occurred_at", to_time)
  return unwrap(await query.order("total_ms", { ascending: false }).limit(10))
}
