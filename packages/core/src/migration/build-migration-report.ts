import { isReasoningBankError } from "../errors.ts"
import type { Census } from "../interpretation/census.ts"
import type { InterpretationState } from "../interpretation/interpretation.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import type { TargetDescription } from "../migration-target.ts"
import { describeSource } from "./describe-source.ts"
import {
  type MigrationReport,
  type MigrationStatus,
  reportFormat,
  type Verification,
} from "./migration-report.ts"
import type { MigrationSettings } from "./migration-settings.ts"
import type { MigrationTally } from "./migration-tally.ts"

export type RunTimings = {
  readInMs: number
  writeInMs: number
  copyInMs: number
  indexInMs: number
  verifyInMs: number
}

/** How a run ended. */
export type RunEnd = {
  status: MigrationStatus
  verification?: Verification
  /** What made it fail. */
  error?: unknown
}

/** Puts together what a run counted. */
export function buildMigrationReport({
  status,
  verification,
  error,
  settings,
  runId,
  census,
  tally,
  state,
  identity,
  targetDescription,
  indexWarnings,
  timings,
  startedAt,
  totalInMs,
}: RunEnd & {
  settings: MigrationSettings
  runId: string
  census: Census
  tally: MigrationTally
  state: InterpretationState
  identity: string
  targetDescription: TargetDescription | null
  /** Indexes that the target still misses. */
  indexWarnings: Warning[]
  timings: RunTimings
  startedAt: Date
  totalInMs: number
}): MigrationReport {
  const records = tally.records()
  const written = tally.counts.trace.written + tally.counts.memory_item.written
  return {
    format: reportFormat,
    run_id: runId,
    status,
    started_at: startedAt.toISOString(),
    finished_at: new Date(startedAt.getTime() + totalInMs).toISOString(),
    source: describeSource({ ...settings, census, identity }),
    target:
      targetDescription === null
        ? null
        : {
            kind: targetDescription.kind,
            location: targetDescription.location,
            server_version: targetDescription.serverVersion,
            pgvector_version: targetDescription.pgvectorVersion,
          },
    counts: {
      records_read: records.read,
      records_rejected: records.rejected,
      traces: tally.counts.trace,
      memory_items: tally.counts.memory_item,
      workspaces: tally.workspaces.size,
    },
    workspaces: [...tally.workspaces].map(([workspaceId, { traces, memoryItems }]) => ({
      workspace_id: workspaceId,
      traces,
      memory_items: memoryItems,
    })),
    rejects: tally.rejects.map(({ sourceId, code, reason }) => ({
      source_id: sourceId,
      code,
      reason,
    })),
    conflicts: tally.conflicts,
    warnings: [...collectWarnings({ settings, tally, state }), ...indexWarnings],
    verification: verification ?? null,
    error: error === undefined ? null : describeError(error),
    timings: {
      read_ms: Math.round(timings.readInMs),
      write_ms: Math.round(timings.writeInMs),
      index_ms: Math.round(timings.indexInMs),
      verify_ms: Math.round(timings.verifyInMs),
      total_ms: Math.round(totalInMs),
      rows_per_second: timings.copyInMs === 0 ? 0 : Math.round((written / timings.copyInMs) * 1000),
    },
  }
}

function collectWarnings({
  settings,
  tally,
  state,
}: {
  settings: MigrationSettings
  tally: MigrationTally
  state: InterpretationState
}): Warning[] {
  const ofSource = (settings.source?.warnings() ?? []).map(({ code, count, examples }) => ({
    code,
    count,
    examples,
  }))
  const edited =
    tally.edited.length === 0
      ? []
      : [
          {
            code: "edited_in_target",
            count: tally.edited.length,
            examples: tally.edited.slice(0, 5),
          },
        ]
  return [...(settings.targetWarnings ?? []), ...ofSource, ...state.warnings.list(), ...edited]
}

function describeError(error: unknown): MigrationReport["error"] {
  const message = error instanceof Error ? error.message : String(error)
  if (!isReasoningBankError(error)) return { code: "internal", message, hint: null }
  return { code: error.code, message, hint: error.hint ?? null }
}
