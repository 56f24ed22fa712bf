import {
  type Census,
  countUnderstood,
  foreignDialects,
  type TargetDescription,
} from "@reasoningbank/core"
import { formatCount, formatQuantity } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"
import type { MigrateOptions } from "./migrate-options.ts"
import type { OpenedSource } from "./open-source.ts"

const targetNames = {
  embedded: "embedded Supabase",
  postgres: "Postgres, direct",
  api: "Supabase API",
} as const

/** What will be moved from where to where, shown before anything is written. */
export function printCensus({
  census,
  opened,
  description,
  options,
}: {
  census: Census
  opened: OpenedSource
  description: TargetDescription
  options: Pick<MigrateOptions, "sourceTimezone" | "workspace">
}): string[] {
  const source = opened.source.describe()
  const versions = [
    ...(description.serverVersion === null ? [] : [`PostgreSQL ${description.serverVersion}`]),
    ...(description.pgvectorVersion === null ? [] : [`pgvector ${description.pgvectorVersion}`]),
  ]
  const facts: [string, string][] = [
    ["Source", `${source.location} (${source.kind}, ${source.version})`],
    [
      "Target",
      `${description.location} (${[targetNames[description.kind], ...versions].join(", ")})`,
    ],
    ["Times", `without a zone are read in ${options.sourceTimezone} (--source-timezone)`],
  ]
  const collections = formatTable({
    columns: [
      { heading: "Collection", value: ({ collection }) => collection.name },
      { heading: "records", align: "right", value: ({ records }) => formatCount(records) },
      ...dialectColumns(census),
      {
        heading: "",
        value: ({ dialects }) => (countUnderstood(dialects) > 0 ? "" : "left alone"),
      },
    ],
    rows: [...census.moved, ...census.left],
  })
  return [
    ...facts.map(([name, value]) => `  ${name.padEnd(8)}${value}`),
    "",
    ...collections.map((line) => `  ${line}`),
    ...fileLines(opened),
    ...missingLines(census, opened),
    "",
  ]
}

/** The columns of Chroma's own dialects, unless the source is another program's; others where there are any. */
function dialectColumns({ moved, left }: Census) {
  const all = [...moved, ...left]
  const foreign = foreignDialects.filter((name) => all.some(({ dialects }) => dialects[name]))
  const isChroma = all.some(({ dialects: { current, legacy, trace, unknown } }) =>
    [current, legacy, trace, unknown].some((count) => count > 0),
  )
  const own = hasWholeTraces({ moved })
    ? (["current", "legacy", "trace"] as const)
    : (["current", "legacy"] as const)
  const names =
    isChroma || foreign.length === 0
      ? ([...own, ...foreign, "unknown"] as const)
      : ([...foreign] as const)
  return names.map((name) => ({
    heading: name === "trace" ? "traces" : name,
    align: "right" as const,
    value: ({ dialects }: Census["moved"][number]) => formatCount(dialects[name] ?? 0),
  }))
}

function hasWholeTraces({ moved }: Pick<Census, "moved">): boolean {
  return moved.some(({ dialects }) => dialects.trace > 0)
}

function fileLines({ tracesFile }: OpenedSource): string[] {
  if (tracesFile === null) return []
  return [`  traces.json: ${formatQuantity(tracesFile.entries.length, "trace")}`]
}

/** What the original programs never kept; no migration can bring it back. */
function missingLines({ moved }: Census, { tracesFile }: OpenedSource): string[] {
  const current = moved.some(({ dialects }) => dialects.current > 0)
  const legacy = moved.some(({ dialects }) => dialects.legacy > 0)
  const lines = [
    ...(current && !hasWholeTraces({ moved })
      ? [
          "  Current-dialect data never kept trajectories, task vectors or tasks beyond 500 characters.",
        ]
      : []),
    ...(legacy && tracesFile === null
      ? [
          "  Legacy-dialect records are here without traces.json: their trajectories and memory items are missing.",
        ]
      : []),
    ...(legacy ? ["  Legacy-dialect memory items never had vectors of their own."] : []),
  ]
  return lines.length === 0 ? [] : ["", ...lines]
}
