export { type BackendSettings, createBackend } from "./create-backend.ts"
export type { Genealogy, GenealogyNode } from "./genealogy.ts"
export type { MemoryFilter, TraceFilter } from "./memory-filter.ts"
export type {
  MemoryItemChanges,
  NewMemoryItem,
  NewReasoningTrace,
  TrajectoryStep,
} from "./new-reasoning-trace.ts"
export type { Retrieval } from "./retrieval.ts"
export type {
  FoundMemory,
  FoundTrace,
  MemoryQuery,
  MemoryRecall,
  MemorySearch,
  Page,
  StorageBackend,
  TraceQuery,
  TraceRecall,
} from "./storage-backend.ts"
export type { StorageHealth } from "./storage-driver.ts"
export type { StoredMemoryItem, StoredReasoningTrace, TraceSummary } from "./stored-rows.ts"
export type { WorkspaceStatistics } from "./workspace-statistics.ts"
