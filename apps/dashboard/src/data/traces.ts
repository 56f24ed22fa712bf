import "server-only"
import { z } from "zod"
import { isJsonObject, type JsonObject } from "./json-object.ts"
import { openSession } from "./open-session.ts"
import { readInstant } from "./read-instant.ts"
import {
  cursorArguments,
  type RowCursor,
  type RowPage,
  rowsPerPage,
  writeCursor,
} from "./row-cursor.ts"
import { unwrap } from "./unwrap.ts"

export type TraceFilters = {
  outcome: readonly string[]
  /** Traces that taught something in one of these. */
  domain: readonly string[]
  from: string | null
  to: string | null
}

/** A reasoning trace as lists show it. */
export type TraceRow = {
  id: string
  task: string
  outcome: string | null
  memories: number
  metadata: JsonObject
  createdAt: string | null
}

export const jsonObject = z.custom<JsonObject>(isJsonObject)

const listedTrace = z.object({
  id: z.string(),
  source_id: z.string().nullable(),
  task: z.string(),
  outcome: z.string().nullable(),
  metadata: jsonObject,
  memory_items: z.number(),
  created_at: z.string().nullable(),
})

export type ListedTrace = z.infer<typeof listedTrace>

/** One page of the traces of a workspace, the newest first. */
export async function listTraces({
  workspaceId,
  filters,
  after,
}: {
  workspaceId: string
  filters: TraceFilters
  after: RowCursor | null
}): Promise<RowPage<TraceRow>> {
  const listed = await readTracePage({ workspaceId, filters, after, count: rowsPerPage })
  const last = listed.length === rowsPerPage ? listed.at(-1) : undefined
  return {
    rows: listed.map((row) => ({
      id: row.id,
      task: row.task,
      outcome: row.outcome,
      memories: row.memory_items,
      metadata: row.metadata,
      createdAt: row.created_at,
    })),
    next: last === undefined ? null : writeCursor({ createdAt: last.created_at, id: last.id }),
  }
}

/** The same as the database gives them. */
export async function readTracePage({
  workspaceId,
  filters: { outcome, domain, from, to },
  after,
  count,
}: {
  workspaceId: string
  filters: TraceFilters
  after: RowCursor | null
  count: number
}): Promise<ListedTrace[]> {
  const { supabase } = await openSession()
  const createdFrom = readInstant({ value: from, edge: "from" })
  const createdTo = readInstant({ value: to, edge: "to" })
  return z.array(listedTrace).parse(
    unwrap(
      await supabase.rpc("list_traces", {
        workspace_filter: [workspaceId],
        ...(outcome.length > 0 && { outcome_filter: [...outcome] }),
        ...(domain.length > 0 && { domain_filter: [...domain] }),
        ...(createdFrom !== null && { created_from: createdFrom }),
        ...(createdTo !== null && { created_to: createdTo }),
        ...cursorArguments({ after, workspaceId }),
        match_count: count,
      }),
    ),
  )
}
