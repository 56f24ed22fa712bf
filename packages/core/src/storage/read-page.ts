import { formatCursor, type PagePosition, parseCursor } from "./page-cursor.ts"
import type { Page } from "./storage-backend.ts"

/** One page and where the next begins; one row more than the page holds tells whether there is a next. */
export async function readPage<Row extends PagePosition>({
  limit,
  cursor,
  read,
}: {
  limit: number
  cursor: string | null | undefined
  read: (page: { limit: number; after: PagePosition | null }) => Promise<Row[]>
}): Promise<Page<Row>> {
  const after = cursor == null ? null : parseCursor(cursor)
  const found = await read({ limit: limit + 1, after })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const nextCursor = found.length > limit && last !== undefined ? formatCursor(last) : null
  return { rows, nextCursor }
}
