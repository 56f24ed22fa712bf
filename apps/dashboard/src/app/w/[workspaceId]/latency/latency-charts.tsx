import type { ChartData, ChartRow, ChartSeries } from "../../../../charts/chart-data.ts"
import { SeriesCard } from "../../../../charts/series-card.tsx"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { latencyHistogram } from "./latency-histogram.ts"

const parts = [
  { key: "total", title: "Total", description: "From the question to the answer." },
  { key: "database", title: "Database", description: "From asking the database to its answer." },
  { key: "embedding", title: "Embedding", description: "From the text to its vector." },
] as const

const searchesSeries: readonly ChartSeries[] = [
  { key: "answered", label: "Answered", color: "chart-1", kind: "bar", stack: "searches" },
  { key: "failed", label: "Failed", color: "chart-failure", kind: "bar", stack: "searches" },
]

/** A spread from which small figures vanish on a linear axis. */
const logFrom = 30

/** Percentiles over time, split into their parts; how many searches there were, and how long they took. */
export function LatencyCharts({
  rows,
  durations,
  durationsOf,
}: {
  rows: readonly ChartRow[]
  durations: readonly (number | null)[]
  /** Which searches the histogram is of. */
  durationsOf: string
}) {
  return (
    <>
      <div className="mt-4 grid gap-4 xl:grid-cols-3">
        {parts.map(({ key, title, description }) => {
          const chart = percentileChart({ key, rows })
          return isMeasured(chart) ? (
            <SeriesCard
              key={key}
              title={title}
              description={description}
              rowsName="Time"
              chart={chart}
            />
          ) : (
            <Card key={key}>
              <CardHeader title={title} description={description} />
              <p className="px-4 pb-4 text-ink-muted text-sm">
                {key === "embedding"
                  ? "– No model was used: the searches came with their vectors, or were by words."
                  : "– No search was measured."}
              </p>
            </Card>
          )
        })}
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-2">
        <SeriesCard
          title="Searches"
          rowsName="Time"
          chart={{
            rows,
            series: searchesSeries,
            unit: "count",
            cursor: "latency",
            canZoom: true,
          }}
        />
        <SeriesCard
          title="Distribution"
          description={durationsOf}
          rowsName="Total time"
          chart={{
            rows: latencyHistogram(durations),
            series: [{ key: "searches", label: "Searches", color: "chart-2", kind: "bar" }],
            unit: "count",
          }}
        />
      </div>
    </>
  )
}

function percentileChart({ key, rows }: { key: string; rows: readonly ChartRow[] }): ChartData {
  const series: readonly ChartSeries[] = [
    { key: `${key}50`, label: "p50", color: "chart-1", kind: "line" },
    { key: `${key}95`, label: "p95", color: "chart-2", kind: "line", dash: "dashed" },
    { key: `${key}99`, label: "p99", color: "chart-3", kind: "line", dash: "dotted" },
  ]
  const values = rows
    .flatMap((row) => series.map((one) => row.values[one.key] ?? null))
    .filter((value) => value !== null)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return {
    rows,
    series,
    unit: "milliseconds",
    scale: least > 0 && most / least >= logFrom ? "log" : "linear",
    cursor: "latency",
    canZoom: true,
  }
}

function isMeasured({ rows, series }: ChartData): boolean {
  return rows.some(({ values }) => series.some(({ key }) => (values[key] ?? null) !== null))
}
