import "server-only"
import { notFound } from "next/navigation"
import { cache } from "react"
import { z } from "zod"
import { openSession } from "./open-session.ts"
import { jsonObject } from "./traces.ts"
import { unwrap } from "./unwrap.ts"

const link = z.object({
  relation: z.string(),
  target_kind: z.enum(["memory_item", "trace"]),
  target_id: z.string(),
})

const stored = z.object({
  id: z.string(),
  source_id: z.string().nullable(),
  task: z.string(),
  trajectory: z.unknown(),
  outcome: z.string().nullable(),
  metadata: jsonObject,
  extras: jsonObject,
  notes: z.array(z.unknown()),
  embedding_status: z.string(),
  embedding_model: z.string().nullable(),
  created_at: z.string().nullable(),
  updated_at: z.string(),
  links: z.array(link),
  memory_items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      description: z.string().nullable(),
      domain_category: z.string().nullable(),
      evolution_stage: z.number(),
      error_context: z.unknown(),
    }),
  ),
})

/** A reasoning trace with its trajectory, its links and the memories it taught. */
export type Trace = z.infer<typeof stored>

/** The trace of the address; what is not there and what others have look the same: not found. */
export const readTrace = cache(async (workspaceId: string, id: string): Promise<Trace> => {
  if (!z.uuid().safeParse(id).success) notFound()
  const { supabase } = await openSession()
  const text = unwrap(await supabase.rpc("get_trace", { workspace_id: workspaceId, id }))
  if (text === null) notFound()
  return stored.parse(JSON.parse(text))
})
