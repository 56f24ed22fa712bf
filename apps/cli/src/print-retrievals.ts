import { formatCount, formatMilliseconds, formatShare } from "./format-figures.ts"
import { formatTable } from "./format-table.ts"
import type { ReplayedSearches } from "./replay-searches.ts"

/** What the recorded searches cost, as a table. Without a model embedding took no time: "–". */
export function printRetrievals({ latency, recallAt10 }: ReplayedSearches): string[] {
  const table = formatTable({
    columns: [
      { heading: "Workspace", value: ({ name }) => name },
      { heading: "searches", align: "right", value: ({ searches }) => formatCount(searches) },
      { heading: "hits", align: "right", value: ({ hitRate }) => formatShare(hitRate) },
      {
        heading: "embedding",
        align: "right",
        value: ({ embeddingP95InMs }) => formatMilliseconds(embeddingP95InMs),
      },
      {
        heading: "database p50",
        align: "right",
        value: ({ databaseP50InMs }) => formatMilliseconds(databaseP50InMs),
      },
      {
        heading: "p95",
        align: "right",
        value: ({ databaseP95InMs }) => formatMilliseconds(databaseP95InMs),
      },
    ],
    rows: latency,
  })
  return [
    ...table.map((line) => `  ${line}`),
    "",
    ...(recallAt10 === null
      ? []
      : [`  Of the ten truly nearest memories ${(recallAt10 * 100).toFixed(1)} % were found.`, ""]),
  ]
}
