import type { MigrationReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity } from "../format-figures.ts"
import { rejectList, sideFacts, warningList } from "./report-facts.ts"
import type { ReportList, ReportView, Share, Tone } from "./report-view.ts"

const tones: Record<MigrationReport["status"], Tone> = {
  verified: "good",
  verified_with_rejects: "attention",
  verified_with_conflicts: "attention",
  differences: "bad",
  failed: "bad",
  dry_run: "neutral",
  empty: "neutral",
}

export function migrationView(report: MigrationReport): ReportView {
  const { counts, timings, verification, status } = report
  const written = counts.traces.written + counts.memory_items.written
  const isDryRun = status === "dry_run"
  return {
    title: isDryRun ? "Dry run" : "Migration report",
    tone: tones[status],
    ...verdict(report, written),
    tiles: [
      {
        label: "Records read",
        value: formatCount(counts.records_read),
        note: `from ${formatQuantity(report.source.collections.length, "collection")}`,
      },
      {
        label: isDryRun ? "Rows to write" : "Rows written",
        value: formatCount(written),
        note: isDryRun ? "nothing was written" : `${formatCount(timings.rows_per_second)} a second`,
      },
      {
        label: "Vectors compared",
        value: verification === null ? "–" : formatCount(verification.vectors_compared),
        note: verification === null ? "not verified" : "byte by byte",
      },
      { label: "Workspaces", value: formatCount(counts.workspaces), note: "kept apart" },
    ],
    checks: [],
    kinds: [
      { label: "Traces", shares: shares(counts.traces, isDryRun) },
      { label: "Memory items", shares: shares(counts.memory_items, isDryRun) },
    ],
    workspaces: report.workspaces.map(({ workspace_id, traces, memory_items }) => ({
      id: workspace_id,
      counts: `${formatQuantity(traces, "trace")}, ${formatQuantity(memory_items, "memory item")}`,
      shares: [
        { label: "traces", count: traces, tone: "neutral" },
        { label: "memory items", count: memory_items, tone: "good" },
      ],
      note: `${formatCount(traces + memory_items)} rows: traces grey, memory items green`,
    })),
    parity: null,
    lists: [
      ...differenceList(report),
      ...conflictList(report),
      ...rejectList(report.rejects),
      ...warningList(report.warnings),
    ],
    timings: [
      { label: "Reading", milliseconds: timings.read_ms },
      { label: "Writing", milliseconds: timings.write_ms },
      { label: "Verifying", milliseconds: timings.verify_ms },
      { label: "Altogether", milliseconds: timings.total_ms },
    ],
    facts: [
      ...sideFacts(report),
      ...(verification === null
        ? []
        : [
            { label: "Digest of the source", value: verification.source_digest, isCode: true },
            { label: "Digest of the target", value: verification.target_digest, isCode: true },
          ]),
      { label: "Run", value: report.run_id, isCode: true },
    ],
  }
}

function verdict(report: MigrationReport, written: number): { headline: string; summary: string } {
  const { status, verification, timings, rejects, conflicts, error } = report
  const compared =
    verification === null
      ? ""
      : `Then ${formatQuantity(verification.traces_compared + verification.memory_items_compared, "row")} and ${formatQuantity(verification.vectors_compared, "vector")} were read back and compared with a second reading of the source.`
  const moved =
    written === 0
      ? "The target had it all already."
      : `${formatQuantity(written, "row")} were written in ${formatDuration(timings.total_ms)}.`
  switch (status) {
    case "verified":
      return {
        headline: "Everything arrived, and is proven equal",
        summary: `${moved} ${compared} All are the same.`,
      }
    case "verified_with_rejects":
      return {
        headline: `All arrived but ${formatQuantity(rejects.length, "rejected record")}`,
        summary: `${moved} ${compared} All that was written is the same; what could not become a row is listed below.`,
      }
    case "verified_with_conflicts":
      return {
        headline: `All arrived but ${formatQuantity(conflicts.length, "conflict")}`,
        summary: `${moved} ${compared} Rows changed on both sides kept the target's version and are listed below.`,
      }
    case "differences":
      return {
        headline: `The target differs: ${formatQuantity(verification?.differences.length ?? 0, "difference")}`,
        summary: `${moved} ${compared} Not all are the same: each difference is named below.`,
      }
    case "failed":
      return {
        headline: "The run stopped before it was done",
        summary: `${error?.message ?? "The reason is not known."} ${error?.hint ?? ""} What was written is whole; the same command goes on.`,
      }
    case "dry_run":
      return {
        headline: `${formatQuantity(written, "row")} would be written`,
        summary:
          "A dry run: the source was read to its end, the target was looked at, and nothing was changed.",
      }
    case "empty":
      return {
        headline: "The source is empty",
        summary: "It has no record. Nothing was written.",
      }
  }
}

function shares(counts: MigrationReport["counts"]["traces"], isDryRun: boolean): Share[] {
  return [
    { label: isDryRun ? "to write" : "written", count: counts.written, tone: "good" },
    { label: "there already", count: counts.unchanged, tone: "neutral" },
    { label: "in conflict", count: counts.conflicts, tone: "attention" },
    { label: "rejected", count: counts.rejected, tone: "bad" },
  ]
}

function differenceList({ verification }: MigrationReport): ReportList[] {
  const differences = verification?.differences ?? []
  if (differences.length === 0) return []
  return [
    {
      title: "Differences",
      intro: "What the target has not as the source has it.",
      tone: "bad",
      columns: ["Problem", "Fields", "Row", "Workspace"],
      rows: differences.map(({ kind, workspace_id, id, problem, fields }) => [
        problem,
        fields.join(", ") || "–",
        id === null ? "–" : `${id} (${kind.replace("_", " ")})`,
        workspace_id,
      ]),
      total: differences.length,
    },
  ]
}

function conflictList({ conflicts }: MigrationReport): ReportList[] {
  if (conflicts.length === 0) return []
  return [
    {
      title: "Conflicts",
      intro:
        "Changed in the source and in the target; the target's version was kept. --overwrite takes the source's.",
      tone: "attention",
      columns: ["Fields", "Row", "Workspace"],
      rows: conflicts.map(({ kind, workspace_id, id, fields }) => [
        fields.join(", "),
        `${id} (${kind.replace("_", " ")})`,
        workspace_id,
      ]),
      total: conflicts.length,
    },
  ]
}
