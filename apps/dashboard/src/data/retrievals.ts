import "server-only"
import type { Database } from "@reasoningbank/supabase"
import { openSession } from "./open-session.ts"
import { type RetrievalScope, scopeOf, timesOf } from "./retrieval-scope.ts"
import { unwrap } from "./unwrap.ts"
import { unwrapRow } from "./unwrap-row.ts"

type Functions = Database["public"]["Functions"]

/** Rates are percentages, null where there is nothing to divide by. */
export type RetrievalStatistics = {
  searches: number
  errors: number
  errorRate: number | null
  hitRate: number | null
  helpfulRate: number | null
  judgedResults: number
  withMemories: { traces: number; successRate: number | null }
  withoutMemories: { traces: number; successRate: number | null }
}

export type RecalledMemory = Functions["list_recalled_memories"]["Returns"][number]
/** Without a time where its source had none. */
export type NeverRecalledMemory = { id: string; title: string; created_at: string | null }

/** What the recorded searches of these days found and whether it helped. */
export async function readRetrievalStatistics(
  scope: RetrievalScope & { backend?: string },
): Promise<RetrievalStatistics> {
  const { supabase } = await openSession()
  const row = unwrapRow(
    await supabase.rpc("get_retrieval_statistics", {
      ...scopeOf(scope.workspaceId),
      ...timesOf(scope),
      ...(scope.backend !== undefined && { backend_filter: [scope.backend] }),
    }),
  )
  return {
    searches: row.searches,
    errors: row.errors,
    errorRate: row.error_rate,
    hitRate: row.hit_rate,
    helpfulRate: row.helpful_rate,
    judgedResults: row.helpful_results + row.unhelpful_results,
    withMemories: {
      traces: row.traces_with_memories,
      successRate: row.success_rate_with_memories,
    },
    withoutMemories: {
      traces: row.traces_without_memories,
      successRate: row.success_rate_without_memories,
    },
  }
}

/** The memory items that searches of these days returned most often. */
export async function listRecalledMemories(scope: RetrievalScope): Promise<RecalledMemory[]> {
  const { supabase } = await openSession()
  return unwrap(
    await supabase.rpc("list_recalled_memories", {
      ...scopeOf(scope.workspaceId),
      ...timesOf(scope),
      match_count: 8,
    }),
  )
}

/** Memory items that no recorded search ever returned, the oldest first. */
export async function listNeverRecalledMemories(
  workspaceId: string,
): Promise<NeverRecalledMemory[]> {
  const { supabase } = await openSession()
  return unwrap(
    await supabase.rpc("list_never_recalled_memories", {
      ...scopeOf(workspaceId),
      match_count: 8,
    }),
  )
}
