import type { MigrationReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"
import { warningText } from "./warning-text.ts"

/** The summary a person reads at the end of a run. */
export function printReport(report: MigrationReport): string[] {
  if (report.status === "empty") {
    return ["The source is empty: it has no record. Nothing was written."]
  }
  const { traces, memory_items: items } = report.counts
  const rows = [
    { name: "Traces", ...traces },
    { name: "Memory items", ...items },
  ]
  const count = (
    key: "read" | "written" | "unchanged" | "conflicts" | "rejected",
    heading: string,
  ) => ({
    heading,
    align: "right" as const,
    value: (row: (typeof rows)[number]) => formatCount(row[key]),
  })
  const isDryRun = report.status === "dry_run"
  const table = formatTable({
    columns: [
      { heading: "", value: ({ name }) => name },
      count("read", "read"),
      count("written", isDryRun ? "to write" : "written"),
      count("unchanged", "unchanged"),
      count("conflicts", "conflicts"),
      count("rejected", "rejected"),
    ],
    rows,
  })
  return [
    "",
    ...table.map((line) => `  ${line}`),
    "",
    ...workspaceLines(report),
    ...warningLines(report.warnings),
    ...conflictLines(report),
    ...differenceLines(report),
    ...verdict(report),
    "",
  ]
}

function workspaceLines({ workspaces }: MigrationReport): string[] {
  const table = formatTable({
    columns: [
      { heading: "Workspace", value: ({ workspace_id }) => workspace_id },
      { heading: "traces", align: "right", value: ({ traces }) => formatCount(traces) },
      {
        heading: "memory items",
        align: "right",
        value: ({ memory_items }) => formatCount(memory_items),
      },
    ],
    rows: workspaces.slice(0, 20),
  })
  const more = workspaces.length > 20 ? [`  … and ${workspaces.length - 20} more`] : []
  return workspaces.length === 0 ? [] : [...table.map((line) => `  ${line}`), ...more, ""]
}

/** What was noticed and accepted. */
export function warningLines(warnings: MigrationReport["warnings"]): string[] {
  if (warnings.length === 0) return []
  const width = Math.max(...warnings.map((warning) => formatCount(warning.count).length))
  return [
    "Noticed, and accepted:",
    ...warnings.map(
      (warning) =>
        `  ${formatCount(warning.count).padStart(width)}  ${warningText(warning.code)} (${warning.code})`,
    ),
    "",
  ]
}

function conflictLines({ conflicts }: MigrationReport): string[] {
  if (conflicts.length === 0) return []
  const lines = conflicts
    .slice(0, 10)
    .map(
      ({ kind, workspace_id, id, fields }) =>
        `  ${kind} ${workspace_id}/${id}: ${fields.join(", ")}`,
    )
  return [
    "Conflicts, changed in the source and in the target; the target's version was kept (--overwrite takes the source's):",
    ...lines,
    ...(conflicts.length > 10 ? [`  … and ${conflicts.length - 10} more in the report`] : []),
    "",
  ]
}

function differenceLines({ verification }: MigrationReport): string[] {
  const differences = verification?.differences ?? []
  if (differences.length === 0) return []
  const lines = differences
    .slice(0, 10)
    .map(
      ({ kind, workspace_id, id, problem, fields }) =>
        `  ${kind} ${workspace_id}/${id ?? "*"}: ${problem} ${fields.join(", ")}`,
    )
  return [
    "Differences between source and target:",
    ...lines,
    ...(differences.length > 10 ? [`  … and ${differences.length - 10} more in the report`] : []),
    "",
  ]
}

function verdict(report: MigrationReport): string[] {
  const { status, verification, counts, rejects, conflicts, timings } = report
  const written = counts.traces.written + counts.memory_items.written
  if (status === "dry_run") {
    return [`Dry run: nothing was written. ${formatQuantity(written, "row")} would be.`]
  }
  if (verification === null) return [`The run failed after ${formatDuration(timings.total_ms)}.`]
  const compared = [
    formatQuantity(verification.traces_compared, "trace"),
    formatQuantity(verification.memory_items_compared, "memory item"),
    formatQuantity(verification.vectors_compared, "vector"),
  ].join(", ")
  if (status === "differences") {
    const found = formatQuantity(verification.differences.length, "difference")
    return [`NOT VERIFIED: ${found} among ${compared}.`]
  }
  return [
    written === 0
      ? "Nothing to do: the target has it all already."
      : `${formatQuantity(written, "row")} written in ${formatDuration(timings.total_ms)}.`,
    `Verified equal, field by field and bit by bit: ${compared}.`,
    ...(rejects.length > 0 ? [`Rejected: ${formatQuantity(rejects.length, "record")}.`] : []),
    ...(conflicts.length > 0 ? [`Conflicts kept: ${formatCount(conflicts.length)}.`] : []),
    `Digest ${verification.target_digest}`,
  ]
}
