import { type LogRow, logOperation } from "./log-operation.ts"

/** What the log still has to do to the metadata of one id. */
export type MetadataChange = {
  /** Whether the tables have the id. */
  wasStored: boolean
  /** False when the record was deleted; one added again is another record at the end. */
  keepsStored: boolean
  /** Rows to merge, oldest first. */
  rows: number[]
  /** Whether the id exists after the last row. */
  exists: boolean
  /** Row that made the record anew; 0 when it is the stored one. */
  createdBy: number
}

/**
 * Replays the part of the log that SQLite's own tables do not show yet, which is what a writer killed
 * between two commits leaves. A restarted Chroma does the same.
 *
 * @param isStored whether the tables have the id
 */
export function replayMetadata({
  rows,
  isStored,
}: {
  rows: Iterable<LogRow>
  isStored: (id: string) => boolean
}): Map<string, MetadataChange> {
  const changes = new Map<string, MetadataChange>()
  for (const { id, sequence, operation } of rows) {
    let change = changes.get(id)
    if (change === undefined) {
      const exists = isStored(id)
      change = { wasStored: exists, keepsStored: exists, rows: [], exists, createdBy: 0 }
      changes.set(id, change)
    }
    const creates =
      !change.exists && (operation === logOperation.add || operation === logOperation.upsert)
    if (creates) {
      change.exists = true
      change.keepsStored = false
      change.createdBy = sequence
      change.rows = [sequence]
    } else if (change.exists && operation === logOperation.delete) {
      change.exists = false
      change.keepsStored = false
      change.rows = []
    } else if (
      change.exists &&
      (operation === logOperation.update || operation === logOperation.upsert)
    ) {
      change.rows.push(sequence)
    }
  }
  return changes
}
