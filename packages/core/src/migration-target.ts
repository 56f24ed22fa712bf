import type { JsonObject } from "./json/json-value.ts"
import type { MemoryItem } from "./memory-item.ts"
import type { Lease, MigrationJournal, RunStart } from "./migration-journal.ts"
import type { ReasoningTrace } from "./reasoning-trace.ts"
import type { SearchIndexes } from "./search-indexes.ts"

/** The two kinds of row a migration writes. */
export type RowKind = "trace" | "memory_item"

export type RowKey = { workspaceId: string; id: string }

/** A row as it stands in the target, read back for comparison. */
export type TargetRow<Row> = {
  row: Row
  /** SHA-256 (32 bytes) of the content it was migrated with; null when no migration wrote it. */
  migratedDigest: Uint8Array | null
  /** Who made the source's vector, as the source has it, where another vector has taken its place. */
  sourceModel: string | null
  /** The run that wrote it last, if one did. */
  migrationRunId: string | null
  /** Changes with every change of the row; opaque. */
  version: string
}

/** A row to be written. */
export type WriteRow<Row> = {
  row: Row
  /** SHA-256 (32 bytes) of its content. */
  digest: Uint8Array
  /** The version it must still have; null when it must not exist yet. Else it is left alone. */
  expectedVersion: string | null
}

export type WriteBatch = {
  runId: string
  /** Of the run; without it only a run that nobody leases is written to. */
  leaseToken?: string | undefined
  /** The batch of the source these rows are of, recorded when all of its rows are written at once. */
  journal?: { fingerprint: string; rows: number } | undefined
  traces: WriteRow<ReasoningTrace>[]
  memoryItems: WriteRow<MemoryItem>[]
}

export type WriteResult = {
  /** Rows somebody else changed between the caller's look and the write; they were left alone. */
  skipped: { kind: RowKind; key: RowKey }[]
}

/** How the target is reached and what it is. */
export type TargetDescription = {
  kind: "embedded" | "postgres" | "api"
  /** Host and database, or the project's address; never a credential. */
  location: string
  /** Null when the schema is not there. */
  serverVersion: string | null
  pgvectorVersion: string | null
  databaseBytes: number | null
  /** Versions of the migrations applied, oldest first; empty when the schema is not there. */
  schemaVersions: string[]
}

export type MigrationRun = {
  id: string
  status: string
  sourceTimezone: string
}

export type NewMigrationRun = {
  id: string
  /** Hash of what the source is (its collections), not where it lies. */
  sourceIdentity: string
  sourceKind: string
  sourceLocation: string
  /** IANA name that naive timestamps were read in. */
  sourceTimezone: string
  options: JsonObject
  /** What a run needs to be leased, and to be gone on with when it is cut short. */
  journal?: {
    lease: Lease
    optionsDigest: string
    schemaVersion: string
    sourceSnapshot: string
    /** Begin a new run, whatever was cut short. */
    restart: boolean
  }
}

export type WorkspaceRole = "owner" | "editor" | "viewer"

/** A role that was given, or an invitation to take it. */
export type WorkspaceGrant = {
  workspaceId: string
  status: "granted" | "invited"
  /** Of the invitation: works once, for the address it was made for. It is not to be had again. */
  token: string | null
  /** End of the invitation, ISO 8601. */
  expiresAt: string | null
}

/** Port: the database a migration writes to and reads back from. Every call raises `target:*` errors. */
export type MigrationTarget = {
  describe(): Promise<TargetDescription>
  /** Applies the migrations that are missing; null when this way of reaching the target can not. */
  applySchema: (() => Promise<void>) | null
  /** The newest run of this source, if any. */
  findLatestRun(sourceIdentity: string): Promise<MigrationRun | null>
  /** Records a run or goes on with one that was cut short; without `journal` it is always recorded, and not leased. */
  startRun(run: NewMigrationRun): Promise<RunStart>
  /** Raises `run:lease_lost` when the run is another process's by now. */
  finishRun(run: {
    id: string
    status: string
    report: object
    leaseToken?: string | undefined
  }): Promise<void>
  journal: MigrationJournal
  /** One transaction: all of the batch or nothing. Raises `run:lease_lost`. Creates the workspaces named in it when they are new. */
  write(batch: WriteBatch): Promise<WriteResult>
  /** Rows that exist among `keys`, in any order. */
  readTraces(keys: RowKey[]): Promise<TargetRow<ReasoningTrace>[]>
  readMemoryItems(keys: RowKey[]): Promise<TargetRow<MemoryItem>[]>
  /** Rows that carry this run, per workspace, counted by the database. */
  countRows(runId: string): Promise<{ workspaceId: string; traces: number; memoryItems: number }[]>
  /**
   * Gives the account of an address a role in workspaces (null: in all), or invites the address where no account has
   * confirmed it. All or none; who has a higher role keeps it. Raises `usage` for a workspace that is not there.
   */
  grantWorkspaces(grant: {
    email: string
    workspaceIds: string[] | null
    role: WorkspaceRole
  }): Promise<WorkspaceGrant[]>
  searchIndexes: SearchIndexes
  close(): Promise<void>
}
