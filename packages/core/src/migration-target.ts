import type { MemoryItem } from "./memory-item.ts"
import type { ReasoningTrace } from "./reasoning-trace.ts"

/** The two kinds of row a migration writes. */
export type RowKind = "trace" | "memory_item"

export type RowKey = { workspaceId: string; id: string }

/** A row to be written, with the SHA-256 of its content (32 bytes). */
export type DigestedRow<Row> = { row: Row; digest: Uint8Array }

/** What stands in the target under a key. */
export type TargetRow<Row> = {
  /** The content as read back, for comparison. */
  row: Row
  /** The digest it was migrated with; null when no migration wrote it. */
  migratedDigest: Uint8Array | null
}

export type WriteBatch = {
  runId: string
  traces: WriteRow<ReasoningTrace>[]
  memoryItems: WriteRow<MemoryItem>[]
}

export type WriteRow<Row> = DigestedRow<Row> & {
  /**
   * What the row under this key must look like now for the write to happen: absent, or carrying this
   * migrated digest. Something else means that somebody was faster; the row is left alone.
   */
  expects: "absent" | { migratedDigest: Uint8Array | null }
}

export type WriteResult = {
  /** Rows inserted or updated. */
  traces: number
  memoryItems: number
}

/** How the target is reached and what it is. */
export type TargetDescription = {
  kind: "embedded" | "postgres" | "api"
  /** Host and database, or the project's address; never a credential. */
  location: string
  serverVersion: string | null
  pgvectorVersion: string | null
  /** Versions of the migrations applied, oldest first; empty when the schema is not there. */
  schemaVersions: string[]
}

export type RunStart = {
  runId: string
  /** Hash that identifies source and options; a run is resumed only by the same. */
  fingerprint: string
  sourceKind: string
  sourceLocation: string
  sourceTimezone: string
  options: Record<string, unknown>
}

export type PreviousRun = {
  runId: string
  status: string
  sourceTimezone: string
}

/** Port: the database a migration writes to and reads back from. Every call raises `target:*` errors. */
export type MigrationTarget = {
  describe(): Promise<TargetDescription>
  /** Applies the migrations that are missing; null when this way of reaching the target can not. */
  applySchema: (() => Promise<void>) | null
  /** The newest run with this fingerprint or source, if any. */
  findRun(source: { sourceKind: string; sourceLocation: string }): Promise<PreviousRun | null>
  startRun(run: RunStart): Promise<void>
  finishRun(run: { runId: string; status: string; report: unknown }): Promise<void>
  /** One transaction: all of the batch or nothing. Creates workspaces named in it when they are new. */
  write(batch: WriteBatch): Promise<WriteResult>
  readTraces(keys: RowKey[]): Promise<TargetRow<ReasoningTrace>[]>
  readMemoryItems(keys: RowKey[]): Promise<TargetRow<MemoryItem>[]>
  /** Rows of this run in each workspace, counted by the database. */
  countRows(runId: string): Promise<{ workspaceId: string; traces: number; memoryItems: number }[]>
  close(): Promise<void>
}
