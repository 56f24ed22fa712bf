import type { Genealogy } from "./genealogy.ts"
import type { MemoryFilter, TraceFilter } from "./memory-filter.ts"
import type { MemoryItemChanges, NewReasoningTrace } from "./new-reasoning-trace.ts"
import type { ScoreParts, Scoring } from "./rank-memories.ts"
import type { Retrieval } from "./retrieval.ts"
import type { StorageHealth, StorageKey } from "./storage-driver.ts"
import type { StoredMemoryItem, StoredReasoningTrace, TraceSummary } from "./stored-rows.ts"
import type { WorkspaceStatistics } from "./workspace-statistics.ts"

/** A text to be embedded, or a vector made elsewhere with the name of its model. */
export type SimilarityQuery =
  | { text: string; embedding?: undefined }
  | { text?: undefined; embedding: { vector: Float32Array | readonly number[]; model: string } }

type SearchScope = {
  workspaceId: string
  /** Results wanted, 1 to 1000. @default 5 */
  k?: number
}

export type MemoryQuery = SearchScope &
  SimilarityQuery & {
    filter?: MemoryFilter
    /** Leaves out what is less similar, -1 to 1. */
    minSimilarity?: number
    /** `score` re-ranks the nearest max(4k, 50), at most 1000. @default "similarity" */
    rankBy?: "similarity" | "score"
    scoring?: Scoring
  }

export type TraceQuery = SearchScope &
  SimilarityQuery & { filter?: TraceFilter; minSimilarity?: number }

export type MemorySearch = SearchScope & {
  text: string
  /**
   * `keyword` finds the words themselves ("phrases", `or` and `-` as on the web; a store may take forms of a word
   * for the word, and add similar ones at the end), `semantic` what is meant,
   * `hybrid` fuses both by reciprocal rank (constant 60).
   */
  mode: "keyword" | "semantic" | "hybrid"
  filter?: MemoryFilter
  scoring?: Scoring
}

export type FoundMemory = ScoreParts & {
  memory: StoredMemoryItem
  /** Place among the keyword matches, from 1; null when it was not looked for or not among them. */
  keywordRank: number | null
  /** Place among the nearest, from 1; null when it was not looked for or not among them. */
  semanticRank: number | null
  /** Sum of 1 / (60 + rank) over both places; null unless the search was hybrid. */
  fusedScore: number | null
}

export type FoundTrace = { trace: TraceSummary; similarity: number }

/** What was found, best first, and the id to say later whether it helped. */
export type MemoryRecall = { retrievalId: string; memories: FoundMemory[] }
export type TraceRecall = { retrievalId: string; traces: FoundTrace[] }

export type ListQuery<Filter> = {
  workspaceId: string
  filter?: Filter
  /** Rows a page, 1 to 500. @default 50 */
  limit?: number
  /** `nextCursor` of the page before; none for the first page. */
  cursor?: string | null
}

/** Newest first; `nextCursor` is null on the last page. */
export type Page<Row> = { rows: Row[]; nextCursor: string | null }

export type AddedTrace = {
  id: string
  memoryIds: string[]
  /** `unchanged`: the same trace was there already. */
  status: "added" | "unchanged"
}

export type OldTracesDeletion = {
  isDryRun: boolean
  /** Traces from before this time (UTC) go; ones of unknown time stay. */
  cutoff: string
  traces: number
  memories: number
}

/**
 * Port: where traces and memory items are kept. Each method names its workspace and sees nothing of another.
 * Raises `usage` for arguments (with every violation), `storage:embedding_mismatch` for a vector of another
 * model or length than the stored ones, `embedding:no_model` when a text must be embedded and nothing can,
 * and `storage:unreachable`, `storage:refused` or `storage:unsupported` when the store does not do its part.
 */
export type StorageBackend = {
  /**
   * Stores a trace with its memory items, all of it or nothing. Sent again with the same id and content it
   * changes nothing; an id that is taken by other content raises `storage:conflict`.
   */
  addTrace(trace: NewReasoningTrace): Promise<AddedTrace>
  getTrace(key: StorageKey): Promise<StoredReasoningTrace | null>
  getMemory(key: StorageKey): Promise<StoredMemoryItem | null>
  querySimilarMemories(query: MemoryQuery): Promise<MemoryRecall>
  querySimilarTraces(query: TraceQuery): Promise<TraceRecall>
  searchMemories(search: MemorySearch): Promise<MemoryRecall>
  listMemories(query: ListQuery<MemoryFilter>): Promise<Page<StoredMemoryItem>>
  listTraces(query: ListQuery<TraceFilter>): Promise<Page<TraceSummary>>
  getStatistics(scope: { workspaceId: string }): Promise<WorkspaceStatistics>
  /** Null when there is no such memory item. */
  getGenealogy(key: StorageKey): Promise<Genealogy | null>
  /** Embeds anew when a text changes. Null when there is no such memory item. */
  updateMemory(
    update: StorageKey & { changes: MemoryItemChanges },
  ): Promise<StoredMemoryItem | null>
  /** False when there was none. */
  deleteMemory(key: StorageKey): Promise<boolean>
  /** Deletes traces older than so many days with their memory items. */
  deleteOldTraces(deletion: {
    workspaceId: string
    /** A whole number, at least 1. */
    retentionDays: number
    /** Only count. @default true */
    dryRun?: boolean
  }): Promise<OldTracesDeletion>
  /** Deletes all of a workspace; its name (its id, where none was given) must be typed. */
  deleteWorkspace(deletion: {
    workspaceId: string
    name: string
  }): Promise<{ traces: number; memories: number }>
  /** Says which results of a search helped, and which trace it served. False when it was not recorded. */
  markRetrieval(mark: {
    workspaceId: string
    retrievalId: string
    /** Results that helped, and results that did not; what is not named stays as it was. */
    helpfulIds?: string[]
    unhelpfulIds?: string[]
    servedTraceId?: string | null
  }): Promise<boolean>
  /** Null when it was not recorded. */
  getRetrieval(key: { workspaceId: string; retrievalId: string }): Promise<Retrieval | null>
  /** Never raises: what is wrong is in the answer. */
  health(): Promise<StorageHealth>
  /** Waits for searches that are still being recorded. */
  close(): Promise<void>
}
