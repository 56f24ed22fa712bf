import { z } from "zod"

/** Where the next page of a list begins: after this row. */
export type RowCursor = { createdAt: string | null; id: string }

export type RowPage<Row> = { rows: Row[]; next: string | null }

export const rowsPerPage = 60

const cursor = z.object({ createdAt: z.iso.datetime({ offset: true }).nullable(), id: z.uuid() })

/** As it stands in an address. */
export function writeCursor({ createdAt, id }: RowCursor): string {
  return `${id}~${createdAt ?? ""}`
}

/** Null for what no list has handed out. */
export function readCursor(value: string | null): RowCursor | null {
  const [id, createdAt] = value?.split("~") ?? []
  const parsed = cursor.safeParse({ id, createdAt: createdAt === "" ? null : createdAt })
  return parsed.success ? parsed.data : null
}

export function cursorArguments({
  after,
  workspaceId,
}: {
  after: RowCursor | null
  workspaceId: string
}) {
  if (after === null) return {}
  return {
    after_workspace_id: workspaceId,
    after_id: after.id,
    ...(after.createdAt !== null && { after_created_at: after.createdAt }),
  }
}
