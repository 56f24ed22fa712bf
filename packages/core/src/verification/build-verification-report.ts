import type { Census } from "../interpretation/census.ts"
import type { Warning } from "../interpretation/warning-tally.ts"
import { describeSource } from "../migration/describe-source.ts"
import type { TargetDescription } from "../migration-target.ts"
import type { MigratedSource } from "../verification-target.ts"
import type { ComparedSource } from "./compare-source.ts"
import {
  type SearchParity,
  type VerificationReport,
  type VerificationStatus,
  verificationFormat,
} from "./verification-report.ts"
import type { VerificationSettings } from "./verification-settings.ts"

/** Puts together what a verification found. */
export function buildVerificationReport({
  settings,
  id,
  identity,
  census,
  description,
  migrated,
  compared,
  warnings,
  parity,
  resumedRecords,
  startedAt,
  timings: { laps, totalInMs },
}: {
  settings: VerificationSettings & { sourceTimezone: string }
  id: string
  identity: string
  census: Census
  description: TargetDescription
  migrated: MigratedSource
  compared: ComparedSource
  warnings: Warning[]
  parity: SearchParity | null
  resumedRecords: number
  startedAt: Date
  timings: { laps: ReadonlyMap<string, number>; totalInMs: number }
}): VerificationReport {
  const { state } = compared.tally
  const { trace, memory_item } = state.counts
  const ofSource = (settings.source?.warnings() ?? []).map(({ code, count, examples }) => ({
    code,
    count,
    examples,
  }))
  const lap = (name: string) => Math.round(laps.get(name) ?? 0)
  const rows = trace.compared + memory_item.compared
  return {
    format: verificationFormat,
    verification_id: id,
    status: statusOf(compared),
    started_at: startedAt.toISOString(),
    finished_at: new Date(startedAt.getTime() + totalInMs).toISOString(),
    resumed_records: resumedRecords,
    source: describeSource({ ...settings, census, identity }),
    target: {
      kind: description.kind,
      location: description.location,
      server_version: description.serverVersion,
      pgvector_version: description.pgvectorVersion,
    },
    runs: migrated.runs.map(({ id, status, startedAt }) => ({ id, status, started_at: startedAt })),
    counts: {
      records_read: compared.records.read,
      records_rejected: compared.records.rejected,
      traces: trace,
      memory_items: memory_item,
      vectors_compared: compared.vectors,
      links_compared: compared.links,
      dangling_in_source: warnings.find(({ code }) => code === "dangling_link")?.count ?? 0,
    },
    workspaces: state.workspaces,
    differences_found: state.differencesFound,
    differences: state.differences,
    edits_found: state.editsFound,
    edits: state.edits,
    rejects: compared.rejects,
    warnings: [...(settings.targetWarnings ?? []), ...ofSource, ...warnings],
    parity,
    source_digest: compared.sourceDigest,
    target_digest: compared.targetDigest,
    timings: {
      compare_ms: lap("compare"),
      extra_ms: lap("extra"),
      links_ms: lap("links"),
      statistics_ms: lap("statistics"),
      parity_ms: lap("parity"),
      total_ms: Math.round(totalInMs),
      rows_per_second: lap("compare") === 0 ? 0 : Math.round((rows / lap("compare")) * 1_000),
    },
  }
}

function statusOf({ tally: { state }, rejects }: ComparedSource): VerificationStatus {
  const { trace, memory_item } = state.counts
  if (state.differencesFound > 0) return "differences"
  if (rejects.length + trace.refused + memory_item.refused > 0) return "verified_with_rejects"
  if (trace.conflicts + memory_item.conflicts > 0) return "verified_with_conflicts"
  return state.editsFound > 0 ? "verified_with_edits" : "verified"
}
