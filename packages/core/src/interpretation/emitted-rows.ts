import type { RowKind } from "../migration-target.ts"
import { derivedRowId, type RowId, rowId } from "./row-id.ts"
import { replaceUnstorable } from "./storable.ts"

export type EmittedRow = RowId & {
  /** Rows distilled from it so far: the next ordinal of its items. */
  items: number
  /** Equal for equal content; compared when the same id comes again. */
  contentMark: string
  /** Keys of the legacy record and of the file's element that told it, whole. */
  tellings: string[]
}

/**
 * Remembers which rows a pass has produced, so that a second record of the same row is recognised as
 * a duplicate, and two source ids that fold into one UUID (they differ in case only) stay two rows.
 */
export function createEmittedRows(kind: RowKind) {
  const rows = new Map<string, EmittedRow>()
  const keyOf = (workspaceId: string, id: string) => `${workspaceId}\u0000${id}`

  return {
    /** The row of this source id if it was emitted, and the identity it has or will get. */
    find({ workspaceId, sourceId }: { workspaceId: string; sourceId: string }): {
      known: EmittedRow | null
      identity: RowId
    } {
      const identity = rowId({ kind, sourceId })
      const known = rows.get(keyOf(workspaceId, identity.id)) ?? null
      if (known === null || isSameId(known, identity)) return { known, identity }
      const own = { id: derivedRowId({ kind, parts: [sourceId] }), sourceId }
      return { known: rows.get(keyOf(workspaceId, own.id)) ?? null, identity: own }
    },
    /** The row under this key, whatever the source called it. */
    get: (workspaceId: string, id: string): EmittedRow | null =>
      rows.get(keyOf(workspaceId, id)) ?? null,
    add({
      workspaceId,
      identity,
      contentMark,
      tellings = [],
    }: {
      workspaceId: string
      identity: RowId
      contentMark: string
      tellings?: string[]
    }): EmittedRow {
      const row = { ...identity, items: 0, contentMark, tellings }
      rows.set(keyOf(workspaceId, identity.id), row)
      return row
    },
  }
}

/** Told raw or as stored, it is one id. */
function isSameId(a: RowId, b: RowId): boolean {
  if (a.sourceId === null || b.sourceId === null) return a.sourceId === b.sourceId
  return replaceUnstorable(a.sourceId) === replaceUnstorable(b.sourceId)
}

export type EmittedRows = ReturnType<typeof createEmittedRows>
