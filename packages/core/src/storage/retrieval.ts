/** One search as it is remembered, so that what helped can be told from what did not. */
export type Retrieval = {
  workspaceId: string
  /** UUID. */
  id: string
  searchKind: SearchKind
  /** SHA-256 (hex) of the query's text, or of its vector's bytes where the store keeps that; else null. */
  queryHash: string | null
  /** Only when the backend was told to keep it, and the store allows it. */
  queryText: string | null
  k: number
  /** What was found, best first. */
  results: RetrievedRow[]
  /** Null when nothing had to be embedded. */
  embedMs: number | null
  databaseMs: number
  totalMs: number
  /** Null when the search succeeded. */
  errorCode: string | null
  /** UTC, microseconds. */
  recordedAt: string
  /** The trace it served, once that is stored and named. */
  servedTraceId: string | null
}

export type SearchKind = "similar_memories" | "similar_traces" | "semantic" | "keyword" | "hybrid"

export type RetrievedRow = {
  id: string
  /** What the results were ranked by; null for keyword matches. */
  score: number | null
  /** Null while nobody said. */
  isHelpful: boolean | null
}

export type NewRetrieval = Omit<Retrieval, "results" | "servedTraceId"> & {
  results: Omit<RetrievedRow, "isHelpful">[]
}

/** What is said of a search afterwards. */
export type RetrievalMark = {
  helpfulIds: readonly string[]
  unhelpfulIds: readonly string[]
  /** Null leaves what was said before. */
  servedTraceId: string | null
}

export function unmarkedRetrieval(retrieval: NewRetrieval): Retrieval {
  const results = retrieval.results.map((row) => ({ ...row, isHelpful: null }))
  return { ...retrieval, results, servedTraceId: null }
}

export function markedRetrieval({
  retrieval,
  mark: { helpfulIds, unhelpfulIds, servedTraceId },
}: {
  retrieval: Retrieval
  mark: RetrievalMark
}): Retrieval {
  const results = retrieval.results.map((row) => {
    if (helpfulIds.includes(row.id)) return { ...row, isHelpful: true }
    return unhelpfulIds.includes(row.id) ? { ...row, isHelpful: false } : row
  })
  return { ...retrieval, results, servedTraceId: servedTraceId ?? retrieval.servedTraceId }
}
