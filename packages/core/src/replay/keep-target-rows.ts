import type { InterpretedPage } from "../interpretation/interpretation.ts"
import type { MemoryItem } from "../memory-item.ts"
import { asMigrated } from "../migration/as-migrated.ts"
import { rowContent } from "../migration/row-content.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { MigrationTarget, RowKind, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

type Row = ReasoningTrace | MemoryItem

/**
 * Takes out of each page what the target has otherwise: a replay adds rows and replaces none. A trace of which an item merely
 * tells is then the one that is there; anything else is a reject again. Decided once, so that every reading is the same.
 */
export function keepTargetRows(target: MigrationTarget) {
  const isTaken = new Map<string, boolean>()
  const keyOf = (kind: RowKind, { workspaceId, id }: Row) => JSON.stringify([kind, workspaceId, id])
  const decide = (kind: RowKind, rows: Row[], found: TargetRow<Row>[]) => {
    const byKey = new Map(found.map((known) => [keyOf(kind, known.row), known]))
    for (const row of rows) {
      const known = byKey.get(keyOf(kind, row))
      const differs =
        known !== undefined && Buffer.compare(rowDigest(row), rowDigest(asMigrated(known))) !== 0
      isTaken.set(keyOf(kind, row), differs)
    }
  }
  return async (page: InterpretedPage): Promise<void> => {
    const newTraces = page.traces.filter((row) => !isTaken.has(keyOf("trace", row)))
    const newItems = page.memoryItems.filter((row) => !isTaken.has(keyOf("memory_item", row)))
    decide("trace", newTraces, await target.readTraces(newTraces))
    decide("memory_item", newItems, await target.readMemoryItems(newItems))
    const toldBy = new Set(page.memoryItems.map(({ traceId }) => traceId))
    const reject = (kind: RowKind, row: Row) =>
      page.rejects.push({
        kind,
        sourceId: row.sourceId ?? row.id,
        code: "duplicate_id",
        reason: `workspace ${row.workspaceId} has this id with other content, which was kept; --overwrite replaces it`,
        content: rowContent(row),
      })
    const isFree = (kind: RowKind, row: Row, isTold: boolean) => {
      if (isTaken.get(keyOf(kind, row)) !== true) return true
      if (!isTold) reject(kind, row)
      return false
    }
    page.traces = page.traces.filter((row) => isFree("trace", row, toldBy.has(row.id)))
    page.memoryItems = page.memoryItems.filter((row) => isFree("memory_item", row, false))
  }
}
