import type { ListedRun, RunDetails } from "@reasoningbank/core"
import { formatCount } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"

/** A run whose process is gone says so, whatever it last wrote. */
export function statusText({ status, phase, is_live, fraction_done }: ListedRun): string {
  const words = status.replaceAll("_", " ")
  if (status !== "running" && status !== "rolling_back") return words
  const share = fraction_done === null ? "" : `, ${Math.floor(fraction_done * 100)} %`
  const during = phase === null ? "" : ` (${phase}${share})`
  if (is_live) return `${words}${during}`
  return `${status === "running" ? "cut short" : "rolled back in part"}${during}`
}

/** Everything about one run, for people. */
export function printRun({ run, source_timezone, options, ...details }: RunDetails): string[] {
  const lines = [
    `Run        ${run.id}`,
    `Status     ${statusText(run)}`,
    `Source     ${run.source_location} (${run.source_kind}), times read in ${source_timezone}`,
    `Started    ${run.started_at}`,
    ...(run.finished_at === null ? [] : [`Finished   ${run.finished_at}`]),
    ...(run.rolled_back_at === null ? [] : [`Undone     ${run.rolled_back_at}`]),
    `Options    ${JSON.stringify(options)}`,
    `Rows       ${formatCount(run.written)} written (${formatCount(run.updated)} of them updated), ${formatCount(run.unchanged ?? 0)} unchanged, ${formatCount(run.conflicts)} conflicts, ${formatCount(run.rejected ?? 0)} rejected`,
  ]
  if (details.error !== null && details.error.message !== null) {
    lines.push(`Error      ${details.error.message}`)
  }
  if (details.differences.length > 0) {
    lines.push(`Differs    ${formatCount(details.differences.length)} differences were found`)
  }
  if (details.workspace_counts.length > 0) {
    const table = formatTable({
      columns: [
        { heading: "Workspace", value: ({ name, workspace_id }) => name ?? workspace_id },
        { heading: "new", value: ({ is_new }) => (is_new ? "yes" : "") },
        number("traces"),
        number("memory_items"),
        number("written"),
        number("updated"),
        number("conflicts"),
      ],
      rows: details.workspace_counts,
    })
    lines.push("", ...table.map((line) => `  ${line}`))
  }
  return lines
}

type WorkspaceCounts = RunDetails["workspace_counts"][number]

function number(name: "traces" | "memory_items" | "written" | "updated" | "conflicts") {
  return {
    heading: name.replaceAll("_", " "),
    align: "right" as const,
    value: (counts: WorkspaceCounts) => formatCount(counts[name]),
  }
}
