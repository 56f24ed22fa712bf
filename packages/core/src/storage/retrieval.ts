/** One search as it is remembered, so that what helped can be told from what did not. */
export type Retrieval = {
  workspaceId: string
  /** UUID. */
  id: string
  kind: "memories" | "traces"
  mode: "semantic" | "keyword" | "hybrid"
  /** SHA-256 (hex) of the query's text or of its vector's bytes. */
  queryHash: string
  /** Only when the backend was told to keep it. */
  queryText: string | null
  k: number
  /** What was found, best first. */
  resultIds: string[]
  similarities: (number | null)[]
  /** Null where the results were not scored. */
  scores: (number | null)[]
  /** Null when nothing had to be embedded. */
  embedMs: number | null
  databaseMs: number
  totalMs: number
  /** Null when the search succeeded. */
  errorCode: string | null
  /** UTC, microseconds. */
  recordedAt: string
  /** Null while nobody said. */
  helpful: boolean | null
  /** The trace it served, once that is stored and named. */
  servedTraceId: string | null
}

export type NewRetrieval = Omit<Retrieval, "helpful" | "servedTraceId">
