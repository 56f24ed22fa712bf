import type postgres from "postgres"

const resultsPerEvent = 5

/** Events of the last hundred days, each with results among the first half of the workspace's memory items. */
export async function loadEvents({
  sql,
  workspaceId,
  eventCount,
  itemCount,
}: {
  sql: postgres.Sql
  workspaceId: string
  eventCount: number
  itemCount: number
}) {
  await sql`
    insert into public.retrieval_events (
      workspace_id, id, occurred_at, backend, search_kind, match_count, result_count, embedding_ms, database_ms, total_ms
    )
    select ${workspaceId}, ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
      now() - (n::bigint * 7919 % 8640000) * interval '1 second', 'supabase', 'semantic', 5, 5, 4 + n % 7, 6 + n % 11, 12 + n % 17
    from generate_series(1, ${eventCount}::int) as n`
  await sql`
    insert into public.retrieval_results (workspace_id, event_id, rank, result_id, score)
    select ${workspaceId}, ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, rank,
      ('00000000-0000-4000-8000-' || lpad(to_hex((n::bigint * 31 + rank * 101) % ${itemCount / 2}::int), 12, '0'))::uuid, 0.8
    from generate_series(1, ${eventCount}::int) as n cross join generate_series(1, ${resultsPerEvent}::int) as rank`
}
