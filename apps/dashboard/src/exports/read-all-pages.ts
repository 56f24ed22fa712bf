import type { RowCursor } from "../data/row-cursor.ts"

/** At most this many rows are in memory at once. */
export const exportPageSize = 500

/** Every page of a list, each begun after the last row of the one before. */
export async function* readAllPages<Row extends { id: string; created_at: string | null }>(
  readPage: (after: RowCursor | null) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after: RowCursor | null = null
  while (true) {
    const rows = await readPage(after)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < exportPageSize) return
    after = { id: last.id, createdAt: last.created_at }
  }
}
