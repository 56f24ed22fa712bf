import type { VectorHistory } from "./replay-vectors.ts"

/** Where the current vector of a record is, or why it can not be told. */
export type VectorLocation =
  | {
      kind: "index"
      position: number
      /** Log row that should hold the same vector; 0 when there is none. */
      check: number
    }
  | { kind: "log"; sequence: number }
  | { kind: "missing" }
  | { kind: "doubtful" }

/** `own` when the log is damaged: a row is believed only if the record itself names it. */
export type LogTrust = "full" | "own" | "none"

const missing: VectorLocation = { kind: "missing" }
const doubtful: VectorLocation = { kind: "doubtful" }

/**
 * Decides between index and log for one record. Chroma notes with each record the log row that
 * changed it last (`embeddings.seq_id`). A replay that ends at another row means that the log, the
 * index's id map or that note is damaged, and the vector might be another record's: then none is
 * better.
 */
export function locateVector({
  position,
  history,
  lastChange,
  flushPoint,
  logTrust,
}: {
  /** Position of the record in the index, null when it is not there. */
  position: number | null
  history: VectorHistory | undefined
  /** `embeddings.seq_id`; null when it can not be read. */
  lastChange: number | null
  /** Null when not known. */
  flushPoint: number | null
  logTrust: LogTrust
}): VectorLocation {
  const isFlushed = flushPoint === null || (lastChange !== null && lastChange <= flushPoint)
  const fromIndex: VectorLocation =
    position === null ? missing : { kind: "index", position, check: 0 }

  if (history === undefined) return isFlushed ? fromIndex : doubtful
  // A flush that was cut off before it noted its position has taken in rows that then seem ignored.
  if (lastChange !== null && lastChange === history.ignored && logTrust !== "none") {
    return position === null
      ? { kind: "log", sequence: lastChange }
      : { kind: "index", position, check: lastChange }
  }
  if (!endsWhereNoted({ history, lastChange, isFlushed })) return doubtful
  if (history.exists === false && position !== null) return doubtful

  const isBelieved = (sequence: number) =>
    logTrust !== "none" &&
    (sequence === lastChange || (logTrust === "full" && sequence !== history.possibleChange))

  if (history.fresh > 0) {
    return isBelieved(history.fresh) ? { kind: "log", sequence: history.fresh } : doubtful
  }
  if (logTrust !== "full" && !isFlushed) return doubtful
  if (history.flushed === 0 || !isBelieved(history.flushed)) return fromIndex
  if (position === null) return { kind: "log", sequence: history.flushed }
  return { kind: "index", position, check: history.flushed }
}

function endsWhereNoted({
  history,
  lastChange,
  isFlushed,
}: {
  history: VectorHistory
  lastChange: number | null
  isFlushed: boolean
}): boolean {
  if (lastChange === history.lastChange && lastChange > history.possibleChange) return true
  if (history.possibleChange > 0 && lastChange === history.possibleChange) return true
  // The row that changed it last is purged, and those left did not change it.
  return history.lastChange === 0 && isFlushed
}
