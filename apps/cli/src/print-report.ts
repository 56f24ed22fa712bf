import type { MigrationReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"

const warningTexts: Record<string, string> = {
  workspace_assigned: "records name no workspace and went to the default one (--workspace)",
  dangling_link: "links lead to rows the source does not have; they are kept",
  embedding_missing: "memory items have no vector in the source",
  embedding_other_dimension: "vectors have another length than 384; they are kept beside the row",
  embedding_not_finite: "vectors hold NaN or an infinity; they are kept beside the row",
  duplicate_merged: "records repeat another one and were merged with it",
  edited_in_target: "rows were edited in the target since they were migrated; the edits stay",
  not_in_traces_file: "traces are in Chroma but not in traces.json: no trajectory, no items",
  not_in_chroma: "traces are in traces.json but not in Chroma: no vector",
  traces_file_truncated: "traces.json is cut off; it was read up to its last whole trace",
}

const noteText = "values are unusual or had to be made storable; each row's notes say which"

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
    ...warningLines(report),
    ...conflictLines(report),
    ...differenceLines(report),
    verdict(report),
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

function warningLines({ warnings }: MigrationReport): string[] {
  if (warnings.length === 0) return []
  const lines = warnings.map(({ code, count, examples }) => {
    const text = warningTexts[code] ?? noteText
    const example = examples.length > 0 ? `, e.g. ${examples[0]}` : ""
    return `  ${code} (${formatCount(count)}): ${text}${example}`
  })
  return ["Noticed:", ...lines, ""]
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

function verdict({
  status,
  verification,
  counts,
  rejects,
  conflicts,
  timings,
}: MigrationReport): string {
  const written = counts.traces.written + counts.memory_items.written
  if (status === "dry_run") {
    return `Dry run: nothing was written. ${formatQuantity(written, "row")} would be.`
  }
  if (verification === null) return `The run failed after ${formatDuration(timings.total_ms)}.`
  const compared = `${formatQuantity(verification.traces_compared, "trace")}, ${formatQuantity(verification.memory_items_compared, "memory item")} and ${formatQuantity(verification.vectors_compared, "vector")}`
  if (status === "differences") {
    return `NOT VERIFIED: ${formatQuantity(verification.differences.length, "difference")} among ${compared}.`
  }
  const exceptions = [
    ...(rejects.length > 0 ? [`${formatQuantity(rejects.length, "record")} rejected`] : []),
    ...(conflicts.length > 0 ? [`${formatQuantity(conflicts.length, "conflict")} kept`] : []),
  ]
  const except = exceptions.length > 0 ? ` Except: ${exceptions.join(", ")}.` : ""
  const done =
    written === 0
      ? "Nothing to do: the target has it all already."
      : `${formatQuantity(written, "row")} written.`
  return `${done} Verified equal, field by field and bit by bit: ${compared}.${except} ${formatDuration(timings.total_ms)}.\n  digest ${verification.target_digest}`
}
