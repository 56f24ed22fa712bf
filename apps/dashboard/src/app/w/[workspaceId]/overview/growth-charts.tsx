import { bytesSeries, rateSeries, storedSeries } from "../../../../charts/growth-series.ts"
import { outcomeSeries } from "../../../../charts/outcome-series.ts"
import { SeriesCard } from "../../../../charts/series-card.tsx"
import { rowsPath } from "../../../../frame/rows-path.ts"
import { growthRows } from "../../../../growth.ts"
import type { OverviewFacts } from "./overview-facts.ts"

/** Success, outcomes, growth and storage over the range, with one cursor. */
export function GrowthCharts({
  facts: { workspaceId, range, days, statistics },
}: {
  facts: OverviewFacts
}) {
  const rows = growthRows({
    days,
    range,
    stored: {
      traces: statistics.totalTraces,
      memories: statistics.totalMemories,
      bytes: statistics.contentBytes,
    },
    linkOf: (bucket) =>
      rowsPath({ workspaceId, page: "traces", filter: { from: bucket.from, to: bucket.to } }),
  })
  const shared = { rows, cursor: "overview", canZoom: true }
  return (
    <div className="mt-4 grid gap-4 xl:grid-cols-2">
      <SeriesCard
        title="Success rate"
        rowsName="Days"
        chart={{
          ...shared,
          unit: "percent",
          maximum: 100,
          series: rateSeries(rows),
        }}
      />
      <SeriesCard
        title="Traces by outcome"
        rowsName="Days"
        chart={{ ...shared, unit: "count", series: outcomeSeries(rows) }}
      />
      <SeriesCard
        title="Growth"
        description="What was stored at the end of each stretch."
        rowsName="Days"
        chart={{ ...shared, unit: "count", series: storedSeries }}
      />
      <div id="storage" className="grid min-w-0 scroll-mt-16">
        <SeriesCard
          title="Storage"
          description="Bytes of texts, JSON and vectors, before compression and without indexes."
          rowsName="Days"
          chart={{ ...shared, unit: "bytes", series: bytesSeries }}
        />
      </div>
    </div>
  )
}
