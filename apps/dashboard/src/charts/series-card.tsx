import type { ReactNode } from "react"
import { ChartCard } from "../components/chart-card.tsx"
import { formatFigure } from "../format/format-figure.ts"
import type { ChartData } from "./chart-data.ts"
import { LazySeriesChart } from "./lazy-series-chart.tsx"
import { SeriesSwatch } from "./series-swatch.tsx"

/** A chart with its legend, and the same figures as a table whose rows lead where the drawing does. */
export function SeriesCard({
  title,
  description,
  rowsName,
  chart,
  className,
  height = 220,
}: {
  title: string
  description?: ReactNode
  /** What a row of the table is, such as "Days". */
  rowsName: string
  chart: ChartData
  className?: string
  height?: number
}) {
  const { rows, series, unit } = chart
  return (
    <ChartCard
      title={title}
      description={description}
      {...(className !== undefined && { className })}
      table={{
        columns: [rowsName, ...series.map(({ label }) => label)],
        rows: rows.map((row) => [
          row.title,
          ...series.map(({ key }) => formatFigure({ value: row.values[key] ?? null, unit })),
        ]),
        links: rows.map(({ href }) => href),
      }}
    >
      {series.length > 1 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-2 text-ink-muted text-xs">
          {series.map((one) => (
            <li key={one.key} className="flex items-center gap-1.5">
              <SeriesSwatch series={one} />
              {one.label}
            </li>
          ))}
        </ul>
      )}
      <LazySeriesChart chart={chart} height={height} />
    </ChartCard>
  )
}
