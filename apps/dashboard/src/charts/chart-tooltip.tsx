import { formatFigure } from "../format/format-figure.ts"
import type { ChartData, ChartRow } from "./chart-data.ts"
import { SeriesSwatch } from "./series-swatch.tsx"

/** The one tooltip of all charts: the stretch of time and a line for each series. */
export function ChartTooltip({
  row,
  chart: { series, unit },
}: {
  row: ChartRow | undefined
  chart: ChartData
}) {
  if (row === undefined) return null
  return (
    <div className="rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-raised">
      <p className="mb-1 font-medium text-ink">{row.title}</p>
      {series.map((one) => (
        <p key={one.key} className="flex items-center gap-2 text-ink-muted">
          <SeriesSwatch series={one} />
          <span className="flex-1">{one.label}</span>
          <span className="pl-4 font-medium text-ink tabular-nums">
            {formatFigure({ value: row.values[one.key] ?? null, unit })}
          </span>
        </p>
      ))}
    </div>
  )
}
