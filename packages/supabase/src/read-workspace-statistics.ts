import type { SqlClient, SqlRow } from "./sql-client.ts"

/** What a workspace holds. Rates are percentages, null when there is nothing to divide by. */
export type WorkspaceStatistics = {
  workspaceId: string
  name: string
  traces: number
  successRate: number | null
  failureTraces: number
  memoryItems: number
  memoryItemsWithErrors: number
  averageEvolutionStage: number | null
  /** Share of memory items with a searchable vector. */
  embeddingCoverage: number | null
  /** Dates of the first and last trace, `YYYY-MM-DD` in UTC. */
  firstDay: string | null
  lastDay: string | null
  /** The most frequent ones first, at most three. */
  domains: string[]
}

const statisticsSql = `
  select
    workspace_id, name, total_traces, success_rate, failure_traces, total_memories, memories_with_errors,
    avg_evolution_stage, embedding_coverage,
    to_char(first_trace_at at time zone 'UTC', 'YYYY-MM-DD') as first_day,
    to_char(last_trace_at at time zone 'UTC', 'YYYY-MM-DD') as last_day,
    to_json(top_domains) as domains
  from public.list_workspace_statistics(all_workspaces => true)
`

/** Statistics of every workspace, by name. */
export async function readWorkspaceStatistics({
  sql,
}: {
  sql: SqlClient
}): Promise<WorkspaceStatistics[]> {
  const [rows = []] = await sql.transaction([{ sql: statisticsSql }])
  return rows.map((row) => {
    const domains: string[] = JSON.parse(row.domains ?? "[]")
    return {
      workspaceId: row.workspace_id ?? "",
      name: row.name ?? "",
      traces: Number(row.total_traces),
      successRate: numberOrNull(row, "success_rate"),
      failureTraces: Number(row.failure_traces),
      memoryItems: Number(row.total_memories),
      memoryItemsWithErrors: Number(row.memories_with_errors),
      averageEvolutionStage: numberOrNull(row, "avg_evolution_stage"),
      embeddingCoverage: numberOrNull(row, "embedding_coverage"),
      firstDay: row.first_day ?? null,
      lastDay: row.last_day ?? null,
      domains,
    }
  })
}

function numberOrNull(row: SqlRow, name: string): number | null {
  const value = row[name]
  return value == null ? null : Number(value)
}
