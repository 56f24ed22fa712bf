import type { SqlClient } from "./sql-client.ts"

export type Retrieval = {
  workspaceId: string
  searchKind: "semantic" | "hybrid"
  /** Kept only where the workspace allows it; else its hash. */
  queryText: string
  matchCount: number
  /** What was found, the best first. */
  results: { id: string; similarity: number | null }[]
  databaseInMs: number
  totalInMs: number
}

const recordSql = `
  select public.record_retrieval(
    $1::text, 'supabase', $2::text, $3::integer,
    array(select jsonb_array_elements_text($4::text::jsonb)::uuid),
    array(select jsonb_array_elements_text($5::text::jsonb)::double precision),
    query_text => $6::text, database_ms => $7::text::double precision, total_ms => $8::text::double precision
  )
`

/** Records a search whose query vector was there already, so that no model was used. */
export async function recordRetrieval({
  sql,
  retrieval,
}: {
  sql: SqlClient
  retrieval: Retrieval
}): Promise<void> {
  const { workspaceId, searchKind, matchCount, results, queryText } = retrieval
  const parameters = [
    workspaceId,
    searchKind,
    matchCount,
    JSON.stringify(results.map(({ id }) => id)),
    JSON.stringify(results.map(({ similarity }) => similarity)),
    queryText,
    String(retrieval.databaseInMs),
    String(retrieval.totalInMs),
  ]
  await sql.transaction([{ sql: recordSql, parameters }])
}
