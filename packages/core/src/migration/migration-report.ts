import type { Dialect } from "../interpretation/dialect.ts"
import type { Reject } from "../interpretation/reject.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { RowKind } from "../migration-target.ts"

export const reportFormat = "reasoningbank-migration-report/1"

/**
 * How a run ended. `failed` covers a run that broke or was interrupted; its rows are whole batches and
 * the next run goes on from there.
 */
export type MigrationStatus =
  | "verified"
  | "verified_with_rejects"
  | "verified_with_conflicts"
  | "differences"
  | "failed"
  | "dry_run"
  | "empty"

/** `read` is always the sum of the other four. */
export type RowCounts = {
  read: number
  written: number
  unchanged: number
  conflicts: number
  rejected: number
}

/** A row that was edited in the target and changed in the source too: the target's was kept. */
export type Conflict = {
  kind: RowKind
  workspace_id: string
  id: string
  source_id: string | null
  /** Names of the fields that differ. */
  fields: string[]
}

export type Difference = {
  kind: RowKind | "workspace"
  workspace_id: string
  id: string | null
  source_id: string | null
  problem: "missing" | "different" | "count"
  /** Names of the fields that differ, or a sentence for a count. */
  fields: string[]
}

export type Verification = {
  traces_compared: number
  memory_items_compared: number
  vectors_compared: number
  differences: Difference[]
  /** Order-independent digests of all compared rows, 64 hex digits each. */
  source_digest: string
  target_digest: string
}

/** The public contract of `--report FILE`; its JSON schema is docs/migration-report.schema.json. */
export type MigrationReport = {
  format: typeof reportFormat
  run_id: string
  status: MigrationStatus
  started_at: string
  finished_at: string
  source: {
    kind: string
    location: string
    version: string
    /** SHA-256 over the ids of what was moved, hex. */
    identity: string
    collections: { name: string; records: number; dimension: number | null }[]
    /** Collections without ReasoningBank data, left alone. */
    collections_left: { name: string; records: number; dimension: number | null }[]
    dialects: Record<Dialect, number>
    traces_file: { path: string; entries: number } | null
    timezone: string
  }
  target: {
    kind: string
    location: string
    server_version: string | null
    pgvector_version: string | null
  }
  counts: {
    /** Chroma records and elements of traces.json. */
    records_read: number
    records_rejected: number
    traces: RowCounts
    memory_items: RowCounts
    workspaces: number
  }
  workspaces: { workspace_id: string; traces: number; memory_items: number }[]
  rejects: Pick<Reject & { source_id: string }, "source_id" | "code" | "reason">[]
  conflicts: Conflict[]
  warnings: Warning[]
  verification: Verification | null
  /** Why the run failed. */
  error: { code: string; message: string; hint: string | null } | null
  timings: {
    read_ms: number
    write_ms: number
    verify_ms: number
    total_ms: number
    /** Rows written a second, from the start of the copy to its end. */
    rows_per_second: number
  }
}
