export type { Embedder } from "./embedder.ts"
export { embeddingDimension, embeddingModel, type StoredEmbedding } from "./embedding.ts"
export { type ErrorCode, isReasoningBankError, ReasoningBankError } from "./errors.ts"
export { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts"
export type { LineageLink } from "./lineage-link.ts"
export type { MemoryItem } from "./memory-item.ts"
export type {
  MemorySource,
  ReadOptions,
  SourceCollection,
  SourceDescription,
  SourceRecord,
  SourceWarning,
} from "./memory-source.ts"
export type {
  MigrationRun,
  MigrationTarget,
  NewMigrationRun,
  RowKey,
  RowKind,
  TargetDescription,
  TargetRow,
  WriteBatch,
  WriteResult,
  WriteRow,
} from "./migration-target.ts"
export { JsonSyntaxError, parseJson } from "./parse-json.ts"
export type { ReasoningTrace } from "./reasoning-trace.ts"
export type { RowNote } from "./row-note.ts"
export { stringifyJson } from "./stringify-json.ts"
