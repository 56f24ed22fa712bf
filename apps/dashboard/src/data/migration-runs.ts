import "server-only"
import { notFound } from "next/navigation"
import { z } from "zod"
import {
  type MigrationRun,
  parseMigrationRun,
  parseRunDetails,
  type RunDetails,
} from "./migration-run.ts"
import { openSession } from "./open-session.ts"
import { type RowCursor, type RowPage, writeCursor } from "./row-cursor.ts"
import { unwrap } from "./unwrap.ts"

/** A run with what it moved to one workspace. */
export type WorkspaceRun = MigrationRun & {
  here: { isNew: boolean; traces: number; memoryItems: number; written: number; conflicts: number }
}

const runsPerPage = 50

/** The runs that moved rows to this workspace, the newest first; none unless the user owns it. */
export async function listMigrationRuns({
  workspaceId,
  after,
}: {
  workspaceId: string
  after: RowCursor | null
}): Promise<RowPage<WorkspaceRun>> {
  const { supabase } = await openSession()
  const listed = unwrap(
    await supabase.rpc("list_workspace_migration_runs", {
      workspace_id: workspaceId,
      match_count: runsPerPage,
      ...(after !== null &&
        after.createdAt !== null && { after_started_at: after.createdAt, after_id: after.id }),
    }),
  )
  const rows = listed.map(({ run, is_new, traces, memory_items, written, conflicts }) => ({
    ...parseMigrationRun(run),
    here: { isNew: is_new, traces, memoryItems: memory_items, written, conflicts },
  }))
  const last = rows.length === runsPerPage ? rows.at(-1) : undefined
  return {
    rows,
    next: last === undefined ? null : writeCursor({ createdAt: last.startedAt, id: last.id }),
  }
}

/**
 * The run of the address with all that the user may know of it. One that moved nothing here, that is not there, and that
 * others have look the same: not found.
 */
export async function readMigrationRun({
  workspaceId,
  runId,
}: {
  workspaceId: string
  runId: string
}): Promise<RunDetails> {
  if (!z.uuid().safeParse(runId).success) notFound()
  const { supabase } = await openSession()
  const [runs, found] = await Promise.all([
    supabase.rpc("list_workspace_migration_runs", { workspace_id: workspaceId, run_filter: runId }),
    supabase.rpc("get_migration_run", { run_id: runId }),
  ])
  const [listed] = unwrap(runs)
  const [details] = unwrap(found)
  if (listed === undefined || details === undefined) notFound()
  return parseRunDetails({ ...details, run: listed.run })
}
