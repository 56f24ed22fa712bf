import { z } from "zod"
import type { JsonObject } from "./json/json-value.ts"

/** The process that has a lease. */
export type LeaseHolder = {
  host: string
  pid: number
  /** Tells two processes with one number apart; null where the system can not say. */
  processStart: string | null
}

/** What a process asks with for the right to write in a run. */
export type Lease = {
  /** UUID, new for every process. */
  token: string
  holder: LeaseHolder
  /** The token of a process that is known to be dead. */
  takenOver: string | null
}

/** Another process has the source. */
export type HeldRun = {
  outcome: "held"
  runId: string
  token: string
  holder: LeaseHolder | null
  expiresInMs: number
  /** Changes when it is renewed. */
  expiresAt: string
}

export type RunStart =
  | HeldRun
  | { outcome: "started" | "resumed" | "rolling_back" | "rolled_back"; runId: string }
  /** It was cut short with other options. */
  | { outcome: "other_options"; runId: string; options: JsonObject }

export type RunPhase = "census" | "copy" | "index" | "verify" | "rollback"

/** How far a run is; `rowsPerSecond` null while it is not known. */
export type RunProgress = {
  done: number
  total: number | null
  rows: number
  rowsPerSecond: number | null
}

export type RolledBackRows = {
  restored: number
  deleted: number
  removedWorkspaces: number
  isFinished: boolean
}

const count = z.number()
const nullableText = z.string().nullable()

/** A row of `list_migration_runs`. */
const listedRunSchema = z.object({
  id: z.string(),
  status: z.string(),
  phase: nullableText,
  is_live: z.boolean(),
  source_kind: z.string(),
  source_location: z.string(),
  started_at: z.string(),
  finished_at: nullableText,
  rolled_back_at: nullableText,
  fraction_done: count.nullable(),
  done: count.nullable(),
  total: count.nullable(),
  rows: count.nullable(),
  rows_per_second: count.nullable(),
  progress_at: nullableText,
  workspaces: count,
  new_workspaces: count,
  traces: count,
  memory_items: count,
  written: count,
  updated: count,
  unchanged: count.nullable(),
  conflicts: count,
  rejected: count.nullable(),
})

/** The answer of `read_migration_runs`. */
export const listedRunsSchema = z.array(listedRunSchema)

/** The answer of `read_migration_runs` for one run. */
export const runDetailsSchema = z.array(
  z.object({
    run: listedRunSchema,
    source_timezone: z.string(),
    options: z.record(z.string(), z.unknown()),
    holder: z.record(z.string(), z.unknown()).nullable(),
    workspace_counts: z.array(
      z.object({
        workspace_id: z.string(),
        name: nullableText,
        is_new: z.boolean(),
        traces: count,
        memory_items: count,
        written: count,
        updated: count,
        conflicts: count,
      }),
    ),
    conflict_list: z.array(z.unknown()),
    differences: z.array(z.unknown()),
    rejects: z.array(z.unknown()).nullable(),
    warnings: z.array(z.unknown()).nullable(),
    verification: z.unknown(),
    timings: z.unknown(),
    error: z.object({ code: nullableText, message: nullableText, hint: nullableText }).nullable(),
  }),
)

/** The answer of `list_rollback_obstacles`. */
export const rollbackPlanSchema = z.object({
  inserted: count,
  updated: count,
  new_workspaces: count,
  counts: z.record(z.string(), count),
  obstacles: z.array(
    z.object({
      problem: z.string(),
      kind: z.string(),
      workspace_id: z.string(),
      id: z.string(),
      what: nullableText,
    }),
  ),
})

export type ListedRun = z.infer<typeof listedRunSchema>
export type RunDetails = z.infer<typeof runDetailsSchema>[number]
/** What a rollback would do, and what was built on the run since. */
export type RollbackPlan = z.infer<typeof rollbackPlanSchema>

/** Port: the runs of a target, and who may write in them. Every call raises `target:*` errors. */
export type MigrationJournal = {
  /** Keeps the lease for another 30 seconds. Raises `run:lease_lost` when it is another process's. */
  renewLease(renewal: {
    runId: string
    leaseToken: string
    phase: RunPhase
    progress: RunProgress | null
  }): Promise<void>
  /** Fingerprints (hex) of batches that this run has written whole and nobody has touched since. */
  listCleanBatches(runId: string): Promise<Set<string>>
  /** The newest first. */
  listRuns(): Promise<ListedRun[]>
  getRun(runId: string): Promise<RunDetails | null>
  planRollback(runId: string): Promise<RollbackPlan>
  startRollback(rollback: { runId: string; lease: Lease }): Promise<RunStart>
  /** One transaction of about `rowLimit` rows. */
  rollBackRows(step: {
    runId: string
    leaseToken: string
    rowLimit: number
  }): Promise<RolledBackRows>
}
