export { interpretCurrentRecord } from "../interpretation/interpret-current-record.ts"
export { rowId } from "../interpretation/row-id.ts"
export { createTimestampReader, type TimestampReader } from "../interpretation/source-timestamp.ts"
export { modelMismatch } from "./embed-texts.ts"
export { buildGenealogy, type Genealogy } from "./genealogy.ts"
export type { ParsedMemoryFilter, ParsedTraceFilter } from "./memory-filter.ts"
export type { NamedVector } from "./named-vector.ts"
export type { ParsedChanges } from "./new-reasoning-trace.ts"
export { fromExactJson, toExactJson } from "./plain-json.ts"
export type { PreparedMemoryItem, PreparedTrace } from "./prepare-trace.ts"
export { rankNearest } from "./rank-nearest.ts"
export { readSnapshot, type SnapshotReader, type WorkspaceSnapshot } from "./read-snapshot.ts"
export { conflict, wrongWorkspaceName } from "./refusals.ts"
export {
  markedRetrieval,
  type NewRetrieval,
  type Retrieval,
  type RetrievalMark,
  unmarkedRetrieval,
} from "./retrieval.ts"
export type { NearestQuery, StorageDriver, StorageHealth, StorageKey } from "./storage-driver.ts"
export {
  applyChanges,
  embeddedText,
  hasErrorContext,
  type StoredMemoryItem,
  type StoredReasoningTrace,
  type TraceSummary,
} from "./stored-rows.ts"
export type { WorkspaceCounts } from "./workspace-statistics.ts"
