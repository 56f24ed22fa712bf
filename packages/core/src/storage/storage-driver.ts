import type { Genealogy } from "./genealogy.ts"
import type { ParsedMemoryFilter, ParsedTraceFilter } from "./memory-filter.ts"
import type { NamedVector } from "./named-vector.ts"
import type { ParsedChanges } from "./new-reasoning-trace.ts"
import type { PagePosition } from "./page-cursor.ts"
import type { PreparedTrace } from "./prepare-trace.ts"
import type { NewRetrieval, Retrieval, RetrievalMark } from "./retrieval.ts"
import type { StoredMemoryItem, StoredReasoningTrace, TraceSummary } from "./stored-rows.ts"
import type { WorkspaceCounts } from "./workspace-statistics.ts"

/** A row of one workspace. */
export type StorageKey = { workspaceId: string; id: string }

export type NearestQuery<Filter> = {
  workspaceId: string
  /** Of unit length. */
  query: NamedVector
  /** Rows wanted; all there are when they are fewer. */
  count: number
  filter: Filter
  /** Rows below this cosine are left out. */
  minSimilarity: number | null
}

export type KeywordQuery = {
  workspaceId: string
  text: string
  count: number
  filter: ParsedMemoryFilter
}

export type PageQuery<Filter> = {
  workspaceId: string
  filter: Filter
  limit: number
  /** The row the page before ended with; null for the first page. */
  after: PagePosition | null
}

export type StorageHealth = {
  isHealthy: boolean
  /** `memory`, `chroma`, `supabase`. */
  backend: string
  /** Where the rows are, without credentials. */
  location: string
  version: string | null
  /** Why it is not healthy. */
  problem: string | null
}

/**
 * What an adapter supplies for `createBackend`: rows in and out of one store. Everything given to it is
 * checked already, and nothing here embeds, scores or cuts. Failures are `storage:*` errors.
 */
export type StorageDriver = {
  /** Length of the vectors it takes; null when the first one decides. */
  dimension: number | null
  /** The store itself decides, workspace by workspace, whether the text of a search is kept. */
  decidesOnQueryText: boolean
  /**
   * All of the trace or nothing. The same id with the same digest is `unchanged`, whatever became of its
   * items since. Raises `storage:conflict` for an id that is taken by other content, and
   * `storage:embedding_mismatch` when the workspace holds vectors of another model.
   */
  insertTrace(trace: PreparedTrace): Promise<"added" | "unchanged">
  readTrace(key: StorageKey): Promise<StoredReasoningTrace | null>
  readMemory(key: StorageKey): Promise<StoredMemoryItem | null>
  /** Most similar first, rows of one similarity in the order of their UUIDs. */
  nearestMemories(
    query: NearestQuery<ParsedMemoryFilter>,
  ): Promise<{ memory: StoredMemoryItem; similarity: number }[]>
  nearestTraces(
    query: NearestQuery<ParsedTraceFilter>,
  ): Promise<{ trace: TraceSummary; similarity: number }[]>
  /** Best first, by the store's own measure. */
  matchKeywords(query: KeywordQuery): Promise<StoredMemoryItem[]>
  listMemories(query: PageQuery<ParsedMemoryFilter>): Promise<StoredMemoryItem[]>
  listTraces(query: PageQuery<ParsedTraceFilter>): Promise<TraceSummary[]>
  countWorkspace(workspaceId: string): Promise<WorkspaceCounts>
  readGenealogy(key: StorageKey): Promise<Genealogy | null>
  /** Null when there is no such item. `embedding` is null when the item loses its vector. */
  updateMemory(
    update: StorageKey & {
      changes: Omit<ParsedChanges, "embedding">
      embedding: NamedVector | null | undefined
    },
  ): Promise<StoredMemoryItem | null>
  deleteMemory(key: StorageKey): Promise<boolean>
  /** Traces older than the cutoff, with their items; a dry run only counts. */
  deleteTracesBefore(deletion: {
    workspaceId: string
    retentionDays: number
    /** UTC, microseconds; a store with a clock of its own may use that, and then says what it came to. */
    cutoff: string
    isDryRun: boolean
  }): Promise<{ traces: number; memories: number; cutoff?: string }>
  /** Raises `usage` when the name is not the workspace's. */
  deleteWorkspace(deletion: {
    workspaceId: string
    name: string
  }): Promise<{ traces: number; memories: number }>
  recordRetrieval(retrieval: NewRetrieval): Promise<void>
  /** False when there is no such retrieval. */
  markRetrieval(mark: StorageKey & RetrievalMark): Promise<boolean>
  readRetrieval(key: StorageKey): Promise<Retrieval | null>
  health(): Promise<StorageHealth>
  close(): Promise<void>
}
