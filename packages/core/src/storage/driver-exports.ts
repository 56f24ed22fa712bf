export { interpretCurrentRecord } from "../interpretation/interpret-current-record.ts"
export { createTimestampReader, type TimestampReader } from "../interpretation/source-timestamp.ts"
export { modelMismatch } from "./embed-texts.ts"
export type { ParsedMemoryFilter, ParsedTraceFilter } from "./memory-filter.ts"
export type { NamedVector } from "./named-vector.ts"
export { fromExactJson, toExactJson } from "./plain-json.ts"
export type { PreparedMemoryItem, PreparedTrace } from "./prepare-trace.ts"
export { rankNearest } from "./rank-nearest.ts"
export { readSnapshot, type SnapshotReader, type WorkspaceSnapshot } from "./read-snapshot.ts"
export { conflict, wrongWorkspaceName } from "./refusals.ts"
export type { NewRetrieval, Retrieval } from "./retrieval.ts"
export type { NearestQuery, StorageDriver, StorageHealth, StorageKey } from "./storage-driver.ts"
export {
  applyChanges,
  embeddedText,
  hasErrorContext,
  type StoredMemoryItem,
  type StoredReasoningTrace,
  type TraceSummary,
} from "./stored-rows.ts"
