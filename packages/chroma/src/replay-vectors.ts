import { type LogRow, logOperation } from "./log-operation.ts"

/** What the log says about the vector of one id. */
export type VectorHistory = {
  /** Row after the flush point with the current vector; 0 when there is none. */
  fresh: number
  /** Row at or before the flush point with the vector the index should hold; 0 when there is none. */
  flushed: number
  /** Last row that changed the record for certain; 0 when there is none. */
  lastChange: number
  /** Later `add` that changed it only if the id did not exist, which nothing tells; 0 when there is none. */
  possibleChange: number
  /** Last row with a vector that was passed over: an `add` of what exists, an `update` of what does not. */
  ignored: number
  /** Whether the id exists after the last row; undefined when nothing tells. */
  exists: boolean | undefined
}

export type VectorReplay = {
  /** Rows in the order of the log. */
  apply(row: LogRow): void
  /** Null when the log does not name the id. */
  history(id: string): VectorHistory | undefined
}

/**
 * Replays the log over an index. Before the flush point the rows are only remembered, to be held
 * against the index; after it they win over the index. An `add` counts if the id does not exist at
 * that moment, an `update` if it does and brings a vector, an `upsert` if it brings one.
 */
export function createVectorReplay({
  flushPoint,
  isInIndex,
  isLogComplete,
}: {
  /** Position up to which the index is written. */
  flushPoint: number
  /** Null when the index is lost: then nothing tells which ids existed at the flush point. */
  isInIndex: ((id: string) => boolean) | null
  /** The log still has its very first row, so an id it has not named yet does not exist. */
  isLogComplete: boolean
}): VectorReplay {
  const histories = new Map<string, VectorHistory & { isPastFlush: boolean }>()
  const existsAtFirst = isLogComplete ? false : undefined

  const historyOf = ({ id, sequence }: LogRow) => {
    let history = histories.get(id)
    if (history === undefined) {
      history = {
        fresh: 0,
        flushed: 0,
        lastChange: 0,
        possibleChange: 0,
        ignored: 0,
        exists: existsAtFirst,
        isPastFlush: false,
      }
      histories.set(id, history)
    }
    if (!history.isPastFlush && sequence > flushPoint) {
      history.isPastFlush = true
      if (isInIndex !== null) history.exists = isInIndex(id)
    }
    return history
  }

  const setVector = (history: VectorHistory, sequence: number) => {
    if (sequence > flushPoint) history.fresh = sequence
    else history.flushed = sequence
  }

  return {
    history: (id) => histories.get(id),
    apply(row) {
      const history = historyOf(row)
      const { sequence, operation, hasVector } = row
      switch (operation) {
        case logOperation.add:
          if (history.exists === true) {
            if (hasVector) history.ignored = sequence
            return
          }
          if (history.exists === undefined) history.possibleChange = sequence
          else history.lastChange = sequence
          history.exists = true
          if (hasVector) setVector(history, sequence)
          return
        case logOperation.update:
          if (history.exists === false) {
            if (hasVector) history.ignored = sequence
            return
          }
          history.lastChange = sequence
          if (hasVector) setVector(history, sequence)
          return
        case logOperation.upsert:
          history.lastChange = sequence
          history.exists = true
          if (hasVector) setVector(history, sequence)
          return
        case logOperation.delete:
          if (history.exists === false) return
          history.lastChange = sequence
          history.exists = false
          history.fresh = 0
          history.flushed = 0
          history.ignored = 0
          return
        default:
      }
    },
  }
}
