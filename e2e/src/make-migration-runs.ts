import { randomUUID } from "node:crypto"
import type { RawRows } from "./open-sql.ts"

export type RunRow = {
  id?: string
  status: string
  phase?: string
  report?: Record<string, unknown>
  progress?: Record<string, unknown>
  /** Whether a process holds it. */
  isLive?: boolean
  startedAt: string
  finishedAt?: string
  workspaces: {
    workspaceId: string
    isNew?: boolean
    traces?: number
    memoryItems?: number
    written?: number
    updated?: number
    conflicts?: number
  }[]
}

/** Writes a run as `pnpm migrate` leaves it in the journal, and returns its id. */
export async function insertMigrationRun({ sql, run }: { sql: RawRows; run: RunRow }) {
  const id = run.id ?? randomUUID()
  await sql.select(
    `insert into migration_runs (id, status, phase, source_identity, source_kind, source_location, source_timezone,
       options, report, progress, started_at, finished_at, lease_token, lease_expires_at)
     values ($1, $2, nullif($3, ''), 'a source of the tests', 'chroma-directory', '/srv/agents/secret-place/chroma_data', 'Europe/Berlin',
       '{"overwrite": false}', nullif($4, '')::jsonb, nullif($5, '')::jsonb, $6, nullif($7, '')::timestamptz,
       case when $8 = 'true' then gen_random_uuid() end,
       case when $8 = 'true' then now() + interval '10 minutes' end)`,
    id,
    run.status,
    run.phase ?? "",
    run.report === undefined ? "" : JSON.stringify(run.report),
    run.progress === undefined ? "" : JSON.stringify(run.progress),
    run.startedAt,
    run.finishedAt ?? "",
    String(run.isLive ?? false),
  )
  for (const workspace of run.workspaces) {
    const { isNew = false, traces = 0, memoryItems = 0 } = workspace
    const { written = 0, updated = 0, conflicts = 0 } = workspace
    await sql.select(
      `insert into migration_run_workspaces
         (run_id, workspace_id, is_new, traces, memory_items, written, updated, conflicts)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      ...[id, workspace.workspaceId, String(isNew)],
      ...[traces, memoryItems, written, updated, conflicts].map(String),
    )
  }
  return id
}

/** The parts of a report that the dashboard shows. */
export function aReport({
  rejects = [],
  conflicts = [],
  differences = [],
  warnings = [],
}: {
  rejects?: unknown[]
  conflicts?: unknown[]
  differences?: unknown[]
  warnings?: unknown[]
} = {}): Record<string, unknown> {
  return {
    format: "reasoningbank-migration-report/1",
    ...{ rejects, conflicts, warnings, error: null },
    verification: {
      ...{ traces_compared: 132, memory_items_compared: 297, vectors_compared: 281, differences },
      source_digest: "9f2c61f0a7d84be35f0cb0d7b5f5d0be1d6a4c2e7a15f3b09c84e6d2b7a1f3c5",
      target_digest:
        differences.length === 0
          ? "9f2c61f0a7d84be35f0cb0d7b5f5d0be1d6a4c2e7a15f3b09c84e6d2b7a1f3c5"
          : "11bd0e9c3a72f4d85e6017b2c9a8f3d4e5b60718293a4b5c6d7e8f9012345678",
    },
    timings: {
      ...{ read_ms: 1_200, write_ms: 4_300, verify_ms: 2_100, total_ms: 7_400 },
      rows_per_second: 812,
    },
  }
}
