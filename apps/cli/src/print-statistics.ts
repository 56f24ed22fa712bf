import type { WorkspaceStatistics } from "@reasoningbank/supabase"
import { formatCount, formatShare } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"

/** What each workspace holds, as a table. */
export function printStatistics(statistics: WorkspaceStatistics[]): string[] {
  const table = formatTable({
    columns: [
      { heading: "Workspace", value: ({ name }) => name },
      { heading: "traces", align: "right", value: ({ traces }) => formatCount(traces) },
      {
        heading: "success",
        align: "right",
        value: ({ successRate }) => formatShare(successRate),
      },
      {
        heading: "failed",
        align: "right",
        value: ({ failureTraces }) => formatCount(failureTraces),
      },
      { heading: "memories", align: "right", value: ({ memoryItems }) => formatCount(memoryItems) },
      {
        heading: "from errors",
        align: "right",
        value: ({ memoryItemsWithErrors }) => formatCount(memoryItemsWithErrors),
      },
      {
        heading: "stage",
        align: "right",
        value: ({ averageEvolutionStage }) => averageEvolutionStage?.toFixed(2) ?? "–",
      },
      {
        heading: "with vector",
        align: "right",
        value: ({ embeddingCoverage }) => formatShare(embeddingCoverage),
      },
      { heading: "last trace", value: ({ lastDay }) => lastDay ?? "–" },
    ],
    rows: statistics,
  })
  const domains = statistics
    .filter(({ domains }) => domains.length > 0)
    .map(({ name, domains }) => `  ${name} learned most about ${domains.join(", ")}.`)
  return [...table.map((line) => `  ${line}`), "", ...domains, ""]
}
