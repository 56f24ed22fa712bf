import "server-only"
import { cache } from "react"
import { z } from "zod"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

export type Facet = { value: string; count: number }

/** What a workspace can be filtered by, the most frequent first, and its totals. */
export type WorkspaceFacets = {
  memories: number
  memoriesFromErrors: number
  traces: number
  successes: number
  domains: Facet[]
  tags: Facet[]
  difficulties: Facet[]
  stages: Facet[]
  outcomes: Facet[]
}

const counts = z.record(z.string(), z.number()).transform((record) =>
  Object.entries(record)
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || one.value.localeCompare(other.value, "en")),
)

/** From the counts the database keeps: no row is read. */
export const readFacets = cache(async (workspaceId: string): Promise<WorkspaceFacets> => {
  const { supabase } = await openSession()
  const [row] = unwrap(await supabase.rpc("get_statistics", { workspace_filter: [workspaceId] }))
  const {
    success_traces: success = 0,
    partial_traces: partial = 0,
    failure_traces: failure = 0,
  } = row ?? {}
  return {
    memories: row?.total_memories ?? 0,
    memoriesFromErrors: row?.memories_with_errors ?? 0,
    traces: row?.total_traces ?? 0,
    successes: success,
    domains: counts.parse(row?.domain_distribution ?? {}),
    tags: counts.parse(row?.pattern_tag_frequency ?? {}),
    difficulties: counts.parse(row?.difficulty_distribution ?? {}),
    stages: counts
      .parse(row?.evolution_stage_distribution ?? {})
      .sort((one, other) => Number(one.value) - Number(other.value)),
    outcomes: [
      { value: "success", count: success },
      { value: "partial", count: partial },
      { value: "failure", count: failure },
    ].filter(({ count }) => count > 0),
  }
})
