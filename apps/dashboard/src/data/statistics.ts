import "server-only"
import type { Database } from "@reasoningbank/supabase"
import { cache } from "react"
import { openSession } from "./open-session.ts"
import { scopeOf } from "./retrieval-scope.ts"
import { unwrap } from "./unwrap.ts"
import { unwrapRow } from "./unwrap-row.ts"

type Functions = Database["public"]["Functions"]

/** A count of rows by the value of one of their fields. */
export type Distribution = Record<string, number>

/** Rates and coverages are percentages, null where there is nothing to divide by. */
export type Statistics = {
  totalTraces: number
  successTraces: number
  failureTraces: number
  partialTraces: number
  otherTraces: number
  successRate: number | null
  totalMemories: number
  memoriesWithErrors: number
  averageStage: number | null
  embeddedMemories: number
  embeddingCoverage: number | null
  difficulties: Distribution
  domains: Distribution
  stages: Distribution
  tags: Distribution
  embeddingModels: Distribution
  lastTraceAt: string | null
  contentBytes: number
}

/** Null is the day of rows without a time. */
export type DailyGrowth = Omit<Functions["get_daily_growth"]["Returns"][number], "day"> & {
  day: string | null
}

/** Everything stored in a workspace, or in all of the user's. */
export const readStatistics = cache(async (workspaceId: string | null): Promise<Statistics> => {
  const { supabase } = await openSession()
  const row = unwrapRow(await supabase.rpc("get_statistics", scopeOf(workspaceId)))
  return {
    totalTraces: row.total_traces,
    successTraces: row.success_traces,
    failureTraces: row.failure_traces,
    partialTraces: row.partial_traces,
    otherTraces: row.other_outcome_traces,
    successRate: row.success_rate,
    totalMemories: row.total_memories,
    memoriesWithErrors: row.memories_with_errors,
    averageStage: row.avg_evolution_stage,
    embeddedMemories: row.embedded_memories,
    embeddingCoverage: row.embedding_coverage,
    difficulties: readDistribution(row.difficulty_distribution),
    domains: readDistribution(row.domain_distribution),
    stages: readDistribution(row.evolution_stage_distribution),
    tags: readDistribution(row.pattern_tag_frequency),
    embeddingModels: readDistribution(row.embedding_models),
    lastTraceAt: row.last_trace_at,
    contentBytes: row.content_bytes,
  }
})

/** One row for each of the user's workspaces, by name. */
export async function listWorkspaceStatistics(): Promise<
  Functions["list_workspace_statistics"]["Returns"]
> {
  const { supabase } = await openSession()
  return unwrap(await supabase.rpc("list_workspace_statistics"))
}

/** Rows by the day they were made, in UTC, both ends included, days without any left out. */
export async function readDailyGrowth({
  workspaceId,
  from,
  to,
}: {
  workspaceId: string | null
  from: string | null
  to: string | null
}): Promise<DailyGrowth[]> {
  const { supabase } = await openSession()
  const days: DailyGrowth[] = []
  for (;;) {
    // An answer ends at the row cap of the project, 1,000 unless set otherwise.
    const answer = await supabase
      .rpc(
        "get_daily_growth",
        {
          ...scopeOf(workspaceId),
          ...(from !== null && { from_day: from }),
          ...(to !== null && { to_day: to }),
        },
        { count: "exact" },
      )
      .range(days.length, days.length + 999)
    const page = unwrap(answer)
    days.push(...page)
    if (page.length === 0 || days.length >= (answer.count ?? 0)) return days
  }
}

function readDistribution(value: unknown): Distribution {
  if (typeof value !== "object" || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  )
}
