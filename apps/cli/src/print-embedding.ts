import { countNeeds, type EmbeddingReport } from "@reasoningbank/core"
import { formatCount, formatDuration, formatQuantity } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"

type Workspace = EmbeddingReport["workspaces"][number]
type Need = Exclude<keyof Workspace["trace"], "rows">

const namedWorkspaces = 20

/** What is to be embedded, workspace by workspace. */
export function printNeeds(workspaces: EmbeddingReport["workspaces"]): string[] {
  const inNeed = workspaces.filter((workspace) => countNeeds([workspace]) > 0)
  if (inNeed.length === 0) return []
  const count = (heading: string, value: (workspace: Workspace) => number) => ({
    heading,
    align: "right" as const,
    value: (workspace: Workspace) => formatCount(value(workspace)),
  })
  const sumOf =
    (need: Need | "rows") =>
    ({ trace, memory_item }: Workspace) =>
      trace[need] + memory_item[need]
  const table = formatTable({
    columns: [
      { heading: "Workspace", value: ({ workspace_id }: Workspace) => workspace_id },
      count("rows", sumOf("rows")),
      count("without vector", sumOf("missing")),
      count("text edited", sumOf("stale")),
      count("other model", sumOf("of_other_models")),
    ],
    rows: inNeed.slice(0, namedWorkspaces),
  })
  const more = inNeed.length - namedWorkspaces
  return [
    "",
    ...table.map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
    "",
  ]
}

/** The last words of a run. */
export function printEmbedding(report: EmbeddingReport): string[] {
  const { status, model, workspaces, embedded, left, total_ms, rows_per_second } = report
  const needed = countNeeds(workspaces)
  if (status === "dry_run") {
    return [
      `Dry run: nothing was written. ${formatQuantity(needed, "row")} would be embedded by ${model}.`,
      ...otherModelsLine(workspaces),
    ]
  }
  const remaining = left.trace + left.memory_item
  const leftLines =
    remaining === 0
      ? []
      : [`${formatQuantity(remaining, "row")} were edited meanwhile and left: run again.`]
  const done = embedded.trace + embedded.memory_item
  if (done === 0 && remaining === 0) {
    return [`Nothing to do: every row has a vector of its text, made by ${model}.`]
  }
  return [
    `${formatQuantity(embedded.trace, "trace")} and ${formatQuantity(embedded.memory_item, "memory item")} embedded by ${model} in ${formatDuration(total_ms)} (${formatCount(rows_per_second)}/s).`,
    ...leftLines,
  ]
}

function otherModelsLine(workspaces: EmbeddingReport["workspaces"]): string[] {
  const others = workspaces.reduce(
    (sum, { trace, memory_item }) => sum + trace.of_other_models + memory_item.of_other_models,
    0,
  )
  if (others === 0) return []
  return [`${formatCount(others)} of them have a vector of another model, which takes --convert.`]
}
