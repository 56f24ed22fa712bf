import "server-only"
import { z } from "zod"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

const relative = z.object({
  direction: z.enum(["self", "ancestor", "descendant"]),
  depth: z.number(),
  relation: z.string().nullable(),
  kind: z.enum(["memory_item", "trace"]),
  workspace_id: z.string().nullable(),
  id: z.string(),
  linked_id: z.string().nullable(),
  state: z.enum(["visible", "redacted", "missing"]),
  title: z.string().nullable(),
  evolution_stage: z.number().nullable(),
  outcome: z.string().nullable(),
})

/** One relative of a memory or trace; `linked_id` is the one that is a step nearer to it. */
export type Relative = z.infer<typeof relative>

/** A memory or trace with its ancestors and descendants, the nearest first. */
export async function readGenealogy({
  workspaceId,
  id,
  kind,
}: {
  workspaceId: string
  id: string
  kind: Relative["kind"]
}): Promise<Relative[]> {
  const { supabase } = await openSession()
  return z
    .array(relative)
    .parse(
      unwrap(
        await supabase.rpc("get_genealogy", { workspace_id: workspaceId, id, kind, max_depth: 20 }),
      ),
    )
}
