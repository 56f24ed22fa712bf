import "server-only"
import type { PostgrestSingleResponse } from "@supabase/supabase-js"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

/** How often a memory was among the results of a search, and what was said of it afterwards. */
export type MemoryRecalls = {
  recalls: number
  helpful: number
  unhelpful: number
  lastRecalledAt: string | null
}

export async function readRecalls({
  workspaceId,
  id,
}: {
  workspaceId: string
  id: string
}): Promise<MemoryRecalls> {
  const { supabase } = await openSession()
  const results = () =>
    supabase
      .from("retrieval_results")
      .select("*", { count: "exact", head: true })
      .eq("workspace_id", workspaceId)
      .eq("result_id", id)
  const [all, helpful, unhelpful, last] = await Promise.all([
    results(),
    results().eq("is_helpful", true),
    results().eq("is_helpful", false),
    supabase
      .from("retrieval_events")
      .select("occurred_at, retrieval_results!inner(result_id)")
      .eq("workspace_id", workspaceId)
      .eq("retrieval_results.result_id", id)
      .order("occurred_at", { ascending: false })
      .limit(1),
  ])
  return {
    recalls: countOf(all),
    helpful: countOf(helpful),
    unhelpful: countOf(unhelpful),
    lastRecalledAt: unwrap(last)[0]?.occurred_at ?? null,
  }
}

function countOf(answer: PostgrestSingleResponse<unknown>): number {
  unwrap(answer)
  return answer.count ?? 0
}
