import { rateSeries, storedSeries } from "../../charts/growth-series.ts"
import { outcomeSeries } from "../../charts/outcome-series.ts"
import { SeriesCard } from "../../charts/series-card.tsx"
import { growthRows } from "../../growth.ts"
import type { WorkspacesFacts } from "./workspaces-facts.ts"

/** Success, outcomes and growth of all workspaces together, with one cursor. */
export function WorkspacesCharts({
  facts: { range, days, statistics },
}: {
  facts: WorkspacesFacts
}) {
  const rows = growthRows({
    days,
    range,
    stored: {
      traces: statistics.totalTraces,
      memories: statistics.totalMemories,
      bytes: statistics.contentBytes,
    },
  })
  const shared = { rows, cursor: "workspaces", canZoom: true }
  return (
    <div className="mt-4 grid gap-4 xl:grid-cols-3">
      <SeriesCard
        title="Success rate"
        rowsName="Days"
        chart={{ ...shared, unit: "percent", maximum: 100, series: rateSeries(rows) }}
      />
      <SeriesCard
        title="Traces by outcome"
        rowsName="Days"
        chart={{ ...shared, unit: "count", series: outcomeSeries(rows) }}
      />
      <SeriesCard
        title="Growth"
        rowsName="Days"
        chart={{ ...shared, unit: "count", series: storedSeries }}
      />
    </div>
  )
}
