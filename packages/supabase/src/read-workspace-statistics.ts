import type { SqlClient } from "./sql-client.ts"

/** What a workspace holds, counted from its rows. Rates are null when there is nothing to divide by. */
export type WorkspaceStatistics = {
  workspaceId: string
  name: string
  traces: number
  successTraces: number
  failureTraces: number
  partialTraces: number
  memoryItems: number
  memoryItemsWithErrors: number
  averageEvolutionStage: number | null
  /** Memory items with a searchable vector. */
  vectors: number
  /** Dates of the first and last trace, `YYYY-MM-DD` in UTC. */
  firstDay: string | null
  lastDay: string | null
  /** The most frequent ones first, at most three. */
  domains: string[]
}

const statisticsSql = `
  select
    w.id,
    w.name,
    t.traces,
    t.success_traces,
    t.failure_traces,
    t.partial_traces,
    m.memory_items,
    m.memory_items_with_errors,
    m.average_evolution_stage,
    m.vectors,
    t.first_day,
    t.last_day,
    d.domains
  from public.workspaces as w
  cross join lateral (
    select
      count(*) as traces,
      count(*) filter (where r.outcome = 'success') as success_traces,
      count(*) filter (where r.outcome = 'failure') as failure_traces,
      count(*) filter (where r.outcome = 'partial') as partial_traces,
      to_char(min(r.created_at) at time zone 'UTC', 'YYYY-MM-DD') as first_day,
      to_char(max(r.created_at) at time zone 'UTC', 'YYYY-MM-DD') as last_day
    from public.reasoning_traces as r
    where r.workspace_id = w.id
  ) as t
  cross join lateral (
    select
      count(*) as memory_items,
      count(i.error_context) as memory_items_with_errors,
      avg(i.evolution_stage) as average_evolution_stage,
      count(i.content_embedding) as vectors
    from public.memory_items as i
    where i.workspace_id = w.id
  ) as m
  cross join lateral (
    select coalesce(json_agg(f.domain_category order by f.items desc, f.domain_category), '[]') as domains
    from (
      select i.domain_category, count(*) as items
      from public.memory_items as i
      where i.workspace_id = w.id and i.domain_category is not null
      group by i.domain_category
      order by items desc, i.domain_category
      limit 3
    ) as f
  ) as d
  order by w.name, w.id
`

/** Counts every workspace live, by SQL. */
export async function readWorkspaceStatistics({
  sql,
}: {
  sql: SqlClient
}): Promise<WorkspaceStatistics[]> {
  const [rows = []] = await sql.transaction([{ sql: statisticsSql }])
  return rows.map((row) => {
    const domains: string[] = JSON.parse(row.domains ?? "[]")
    return {
      workspaceId: row.id ?? "",
      name: row.name ?? "",
      traces: Number(row.traces),
      successTraces: Number(row.success_traces),
      failureTraces: Number(row.failure_traces),
      partialTraces: Number(row.partial_traces),
      memoryItems: Number(row.memory_items),
      memoryItemsWithErrors: Number(row.memory_items_with_errors),
      averageEvolutionStage:
        row.average_evolution_stage == null ? null : Number(row.average_evolution_stage),
      vectors: Number(row.vectors),
      firstDay: row.first_day ?? null,
      lastDay: row.last_day ?? null,
      domains,
    }
  })
}
