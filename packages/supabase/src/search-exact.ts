import type { SqlClient } from "./sql-client.ts"

export type FoundMemoryItem = {
  workspaceId: string
  id: string
  title: string
  description: string | null
  /** Cosine, from -1 to 1. */
  similarity: number
  /** Of the trace it was distilled from. */
  outcome: string | null
  evolutionStage: number
}

const searchSql = `
  select
    m.workspace_id,
    m.id,
    m.title,
    m.description,
    1 - (m.content_embedding operator(extensions.<=>) $1::extensions.vector) as similarity,
    t.outcome,
    m.evolution_stage
  from public.memory_items as m
  left join public.reasoning_traces as t on (t.workspace_id, t.id) = (m.workspace_id, m.trace_id)
  where m.workspace_id = $2 and m.content_embedding is not null
  order by (m.content_embedding operator(extensions.<=>) $1::extensions.vector) + 0, m.id
  limit $3::integer
`

/** The memory items of a workspace nearest to a vector, every one of them compared: no index is used. */
export async function searchExact({
  sql,
  workspaceId,
  vector,
  limit,
}: {
  sql: SqlClient
  workspaceId: string
  vector: Float32Array
  limit: number
}): Promise<FoundMemoryItem[]> {
  const parameters = [`[${vector.join(",")}]`, workspaceId, limit]
  const [rows = []] = await sql.transaction([{ sql: searchSql, parameters }])
  return rows.map((row) => ({
    workspaceId: row.workspace_id ?? "",
    id: row.id ?? "",
    title: row.title ?? "",
    description: row.description ?? null,
    similarity: Number(row.similarity),
    outcome: row.outcome ?? null,
    evolutionStage: Number(row.evolution_stage),
  }))
}
