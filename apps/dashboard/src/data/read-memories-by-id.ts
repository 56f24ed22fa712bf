import "server-only"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

/** A memory as a short list names it. */
export type NamedMemory = {
  id: string
  title: string
  description: string | null
  domain: string | null
  stage: number
  outcome: string | null
}

/** These memories of a workspace in the order of the ids; those that are not there, or not for the user, are left out. */
export async function readMemoriesById({
  workspaceId,
  ids,
}: {
  workspaceId: string
  /** At most 100, or the address of the request grows too long. */
  ids: readonly string[]
}): Promise<NamedMemory[]> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase
      .from("memory_items")
      .select(
        "id, title, description, domain_category, evolution_stage, trace:reasoning_traces(outcome)",
      )
      .eq("workspace_id", workspaceId)
      .in("id", [...ids]),
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    if (row === undefined) return []
    const { title, description, domain_category: domain, evolution_stage: stage, trace } = row
    return [{ id, title, description, domain, stage, outcome: trace?.outcome ?? null }]
  })
}
