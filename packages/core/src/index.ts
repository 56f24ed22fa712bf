export type { ClosableEmbedder, Embedder, EmbedOptions } from "./embedder.ts"
export { embeddingDimension, embeddingModel, type StoredEmbedding } from "./embedding.ts"
export type {
  EmbeddingCounts,
  EmbeddingTarget,
  NewEmbedding,
  RowScope,
  RowToEmbed,
} from "./embedding-target.ts"
export { type ErrorCode, isReasoningBankError, ReasoningBankError } from "./errors.ts"
export { createExportDirectory, type ExportDirectory } from "./export/create-export-directory.ts"
export { createRecordEncoder } from "./export/create-record-encoder.ts"
export {
  type ExportedGroup,
  type ExportedRecord,
  type ExportProgress,
  exportMemories,
} from "./export/export-memories.ts"
export { sealRow } from "./export/exported-row.ts"
export { openExportDirectory } from "./export/open-export-directory.ts"
export type { Census } from "./interpretation/census.ts"
export { countUnderstood, type ForeignDialect, foreignDialects } from "./interpretation/dialect.ts"
export type { Reject } from "./interpretation/reject.ts"
export { openTracesFile, type TracesFile } from "./interpretation/traces-file.ts"
export type { Warning } from "./interpretation/warning-tally.ts"
export { isJsonObject, type JsonObject, type JsonValue } from "./json/json-value.ts"
export { JsonSyntaxError, parseJson } from "./json/parse-json.ts"
export { objectOrNull } from "./json/parse-json-object.ts"
export { pythonJson } from "./json/python-json.ts"
export { stringifyJson } from "./json/stringify-json.ts"
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
export { type EmbeddingProgress, embedMemories } from "./migration/embed-memories.ts"
export { countNeeds, type EmbeddingReport, needsByWorkspace } from "./migration/embedding-report.ts"
export { migrateMemories } from "./migration/migrate-memories.ts"
export type { MigrationProgress } from "./migration/migration-progress.ts"
export {
  type MigrationReport,
  type MigrationStatus,
  migrationReportSchema,
} from "./migration/migration-report.ts"
export type { MigrationSettings } from "./migration/migration-settings.ts"
export { problemText, type RollbackResult, rollBackRun } from "./migration/roll-back-run.ts"
export {
  type HeldRun,
  type Lease,
  type ListedRun,
  listedRunsSchema,
  type MigrationJournal,
  type RollbackPlan,
  type RolledBackRows,
  type RunDetails,
  type RunStart,
  rollbackPlanSchema,
  runDetailsSchema,
} from "./migration-journal.ts"
export type {
  MigrationRun,
  MigrationTarget,
  NewMigrationRun,
  RowKey,
  RowKind,
  TargetDescription,
  TargetRow,
  WorkspaceGrant,
  WorkspaceRole,
  WriteBatch,
  WriteResult,
  WriteRow,
} from "./migration-target.ts"
export { nearestFloat32 } from "./nearest-float32.ts"
export type { ReasoningTrace } from "./reasoning-trace.ts"
export { keepTargetRows } from "./replay/keep-target-rows.ts"
export { openRejectsSource } from "./replay/open-rejects-source.ts"
export { formatRejectLine } from "./replay/reject-line.ts"
export type { RowLister, SourceReading } from "./row-lister.ts"
export type { RowNote } from "./row-note.ts"
export type {
  IndexBuildProgress,
  IndexBuilds,
  OwedIndex,
  SearchIndexes,
} from "./search-indexes.ts"
export {
  type VerificationReport,
  type VerificationStatus,
  verificationReportSchema,
} from "./verification/verification-report.ts"
export type { VerificationSettings } from "./verification/verification-settings.ts"
export { verifyTarget } from "./verification/verify-target.ts"
export type {
  MigratedRowKey,
  MigratedSource,
  NearestAnswers,
  Neighbour,
  OpenLink,
  RowExplanation,
  StartedVerification,
  VerificationTarget,
} from "./verification-target.ts"
export { createWarningCounter, type WarningCounter } from "./warning-counter.ts"
