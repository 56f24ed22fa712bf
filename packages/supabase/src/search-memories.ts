import type { SqlClient } from "./sql-client.ts"

export type FoundMemoryItem = {
  workspaceId: string
  id: string
  title: string
  description: string | null
  /** Cosine, from -1 to 1; null when only its words were found. */
  similarity: number | null
  /** Of the trace it was distilled from. */
  outcome: string | null
  evolutionStage: number
}

const columns = "workspace_id, id, title, description, similarity, trace_outcome, evolution_stage"
const semanticSql = `
  select ${columns}
  from public.search_similar_memories($1::extensions.vector, $2::integer, workspace_filter => array[$3::text])
`
const hybridSql = `
  select ${columns}
  from public.search_memories($4::text, $1::extensions.vector, $2::integer, workspace_filter => array[$3::text])
`

/** The memory items of a workspace nearest to a vector; with a text, those that hold its words rank higher. */
export async function searchMemories({
  sql,
  workspaceId,
  vector,
  text,
  limit,
}: {
  sql: SqlClient
  workspaceId: string
  /** 384 floats of all-MiniLM-L6-v2. */
  vector: Float32Array
  text?: string
  /** 1 to 1,000. */
  limit: number
}): Promise<FoundMemoryItem[]> {
  const parameters = [`[${vector.join(",")}]`, limit, workspaceId]
  const statement =
    text === undefined
      ? { sql: semanticSql, parameters }
      : { sql: hybridSql, parameters: [...parameters, text] }
  const [rows = []] = await sql.transaction([statement])
  return rows.map((row) => ({
    workspaceId: row.workspace_id ?? "",
    id: row.id ?? "",
    title: row.title ?? "",
    description: row.description ?? null,
    similarity: row.similarity == null ? null : Number(row.similarity),
    outcome: row.trace_outcome ?? null,
    evolutionStage: Number(row.evolution_stage),
  }))
}
