import { z } from "zod"

const run = z.object({
  id: z.uuid(),
  status: z.string(),
  phase: z.string().nullable(),
  is_live: z.boolean(),
  is_whole: z.boolean(),
  source_kind: z.string(),
  source_location: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  rolled_back_at: z.string().nullable(),
  fraction_done: z.number().nullable(),
  done: z.number().nullable(),
  total: z.number().nullable(),
  rows: z.number().nullable(),
  rows_per_second: z.number().nullable(),
  progress_at: z.string().nullable(),
  workspaces: z.number(),
  new_workspaces: z.number(),
  traces: z.number(),
  memory_items: z.number(),
  written: z.number(),
  updated: z.number(),
  unchanged: z.number().nullable(),
  conflicts: z.number(),
  rejected: z.number().nullable(),
})

/** A migration run; its counts are those of the workspaces that the user owns. */
export type MigrationRun = ReturnType<typeof parseMigrationRun>

export function parseMigrationRun(value: unknown) {
  const row = run.parse(value)
  return {
    id: row.id,
    status: row.status,
    /** What it does now, or did when it stopped. */
    phase: row.phase,
    /** Whether a process is at work on it. */
    isLive: row.is_live,
    /** Whether all of its workspaces are the user's; only then everything of it is told. */
    isWhole: row.is_whole,
    source: { kind: row.source_kind, location: row.source_location },
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    rolledBackAt: row.rolled_back_at,
    progress: {
      /** From 0 to 1; null where the total is not known. */
      fraction: row.fraction_done,
      done: row.done,
      total: row.total,
      rows: row.rows,
      rowsPerSecond: row.rows_per_second,
      updatedAt: row.progress_at,
    },
    counts: {
      workspaces: row.workspaces,
      newWorkspaces: row.new_workspaces,
      traces: row.traces,
      memoryItems: row.memory_items,
      written: row.written,
      updated: row.updated,
      /** Null before there is a report. */
      unchanged: row.unchanged,
      conflicts: row.conflicts,
      rejected: row.rejected,
    },
  }
}

const listed = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? null)

const details = z.object({
  source_timezone: z.string(),
  options: z.record(z.string(), z.unknown()),
  workspace_counts: z.array(
    z.object({
      workspace_id: z.string(),
      name: z.string().nullable(),
      is_new: z.boolean(),
      traces: z.number(),
      memory_items: z.number(),
      written: z.number(),
      updated: z.number(),
      conflicts: z.number(),
    }),
  ),
  conflict_list: listed(
    z.object({
      kind: z.string(),
      workspace_id: z.string(),
      id: z.string(),
      source_id: z.string().nullish(),
      fields: z.array(z.string()),
    }),
  ),
  differences: listed(
    z.object({
      kind: z.string(),
      workspace_id: z.string(),
      id: z.string().nullish(),
      source_id: z.string().nullish(),
      problem: z.string(),
      fields: z.array(z.string()),
    }),
  ),
  rejects: listed(z.object({ source_id: z.string(), code: z.string(), reason: z.string() })),
  warnings: listed(
    z.object({ code: z.string(), count: z.number(), examples: z.array(z.string()).default([]) }),
  ),
  verification: z
    .object({
      traces_compared: z.number(),
      memory_items_compared: z.number(),
      vectors_compared: z.number(),
      source_digest: z.string(),
      target_digest: z.string(),
    })
    .nullish(),
  timings: z
    .object({
      read_ms: z.number(),
      write_ms: z.number(),
      verify_ms: z.number(),
      total_ms: z.number(),
      rows_per_second: z.number(),
    })
    .nullish(),
  error: z
    .object({
      code: z.string().nullish(),
      message: z.string().nullish(),
      hint: z.string().nullish(),
    })
    .nullish(),
})

type StoredDetails = z.output<typeof details>

/** A run with what its report says, as far as it concerns the user's workspaces. Null is what is not told, or not there. */
export type RunDetails = {
  run: MigrationRun
  timezone: string
  options: Record<string, unknown>
  workspaces: {
    id: string
    name: string | null
    isNew: boolean
    traces: number
    memoryItems: number
    written: number
    updated: number
    conflicts: number
  }[]
  conflicts: StoredDetails["conflict_list"]
  differences: StoredDetails["differences"]
  rejects: StoredDetails["rejects"]
  warnings: StoredDetails["warnings"]
  verification: NonNullable<StoredDetails["verification"]> | null
  timings: NonNullable<StoredDetails["timings"]> | null
  error: { code: string; message: string | null; hint: string | null } | null
}

export function parseRunDetails({ run: listedRun, ...rest }: { run: unknown }): RunDetails {
  const stored = details.parse(rest)
  const { error } = stored
  return {
    run: parseMigrationRun(listedRun),
    timezone: stored.source_timezone,
    options: stored.options,
    workspaces: stored.workspace_counts.map(
      ({ workspace_id, is_new, memory_items, ...counts }) => ({
        ...counts,
        id: workspace_id,
        isNew: is_new,
        memoryItems: memory_items,
      }),
    ),
    conflicts: stored.conflict_list,
    differences: stored.differences,
    rejects: stored.rejects,
    warnings: stored.warnings,
    verification: stored.verification ?? null,
    timings: stored.timings ?? null,
    error:
      error?.code == null
        ? null
        : { code: error.code, message: error.message ?? null, hint: error.hint ?? null },
  }
}
