import type { RowKind } from "./migration-target.ts"

/** An index of vectors that searches miss: a migration dropped it for its load, or a build of it broke. */
export type OwedIndex = {
  name: string
  kind: RowKind
  problem: "dropped" | "invalid"
  /** The run that dropped it; null where none did. */
  runId: string | null
  /** ISO 8601. */
  droppedAt: string | null
}

export type IndexBuildProgress = {
  name: string
  /** Rows in the index so far; 0 where the database can not tell. */
  done: number
  /** Rows it will have, about. */
  total: number
}

export type IndexBuilds = {
  /** Names of the indexes that were built. */
  built: string[]
  /** Of those that are still owed, and why. */
  left: { name: string; reason: string }[]
}

/**
 * The indexes of vectors in a target. Searches find the same rows without them, by comparing every row. What is
 * dropped is recorded in the same transaction, so that whoever migrates next builds it again.
 */
export type SearchIndexes = {
  listOwed(): Promise<OwedIndex[]>
  /**
   * Drops those whose table is about to get more than a quarter of the rows it has; returns their names. Null where
   * this way of reaching the target can not. Rows this source has brought before are taken off.
   */
  drop:
    | ((load: {
        runId: string
        /** Rows with a vector in the source. */
        traces: number
        memoryItems: number
      }) => Promise<string[]>)
    | null
  /**
   * Builds what is owed, unless another run is still loading: that one does it then. Waits for a build under way.
   * Raises `interrupted` when `signal` is aborted; the index stays owed.
   */
  build:
    | ((options: {
        runId: string
        onProgress?: ((progress: IndexBuildProgress) => void) | undefined
        signal?: AbortSignal | undefined
      }) => Promise<IndexBuilds>)
    | null
}
