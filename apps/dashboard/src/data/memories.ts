import "server-only"
import { type MemoryFilters, memoryFilterArguments } from "./memory-filters.ts"
import { type FoundMemory, type MemoryRow, parseFoundMemories, toMemoryRow } from "./memory-row.ts"
import { openSession } from "./open-session.ts"
import {
  cursorArguments,
  type RowCursor,
  type RowPage,
  rowsPerPage,
  writeCursor,
} from "./row-cursor.ts"
import { unwrap } from "./unwrap.ts"

/** One page of the memories of a workspace, the newest first. */
export async function listMemories({
  workspaceId,
  filters,
  after,
}: {
  workspaceId: string
  filters: MemoryFilters
  after: RowCursor | null
}): Promise<RowPage<MemoryRow>> {
  const found = await readMemoryPage({ workspaceId, filters, after, count: rowsPerPage })
  const last = found.length === rowsPerPage ? found.at(-1) : undefined
  return {
    rows: found.map((row) => toMemoryRow({ found: row, words: [] })),
    next: last === undefined ? null : writeCursor({ createdAt: last.created_at, id: last.id }),
  }
}

/** The same with everything a memory holds. */
export async function readMemoryPage({
  workspaceId,
  filters,
  after,
  count,
}: {
  workspaceId: string
  filters: MemoryFilters
  after: RowCursor | null
  count: number
}): Promise<FoundMemory[]> {
  const { supabase } = await openSession()
  return parseFoundMemories(
    unwrap(
      await supabase.rpc("list_memories", {
        ...memoryFilterArguments({ workspaceId, filters }),
        ...cursorArguments({ after, workspaceId }),
        match_count: count,
      }),
    ),
  )
}
