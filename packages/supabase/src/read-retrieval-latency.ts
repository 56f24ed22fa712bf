import type { SqlClient } from "./sql-client.ts"

/** How the recorded searches of a workspace went. Milliseconds; null where nothing was measured. */
export type RetrievalLatency = {
  workspaceId: string
  name: string
  searches: number
  /** Share of searches that returned something, in percent. */
  hitRate: number | null
  embeddingP95InMs: number | null
  databaseP50InMs: number | null
  databaseP95InMs: number | null
}

const latencySql = `
  select
    w.id,
    w.name,
    s.searches,
    s.hit_rate,
    l.embedding_p95_ms,
    l.database_p50_ms,
    l.database_p95_ms
  from public.workspaces as w
  cross join lateral public.get_retrieval_statistics(array[w.id]) as s
  cross join lateral (
    select
      percentile_cont(0.95) within group (order by e.embedding_ms) as embedding_p95_ms,
      percentile_cont(0.5) within group (order by e.database_ms) as database_p50_ms,
      percentile_cont(0.95) within group (order by e.database_ms) as database_p95_ms
    from public.retrieval_events as e
    where e.workspace_id = w.id
  ) as l
  order by w.name, w.id
`

/** Every workspace's recorded searches together, by name. */
export async function readRetrievalLatency({
  sql,
}: {
  sql: SqlClient
}): Promise<RetrievalLatency[]> {
  const [rows = []] = await sql.transaction([{ sql: latencySql }])
  return rows.map((row) => ({
    workspaceId: row.id ?? "",
    name: row.name ?? "",
    searches: Number(row.searches),
    hitRate: row.hit_rate == null ? null : Number(row.hit_rate),
    embeddingP95InMs: row.embedding_p95_ms == null ? null : Number(row.embedding_p95_ms),
    databaseP50InMs: row.database_p50_ms == null ? null : Number(row.database_p50_ms),
    databaseP95InMs: row.database_p95_ms == null ? null : Number(row.database_p95_ms),
  }))
}
