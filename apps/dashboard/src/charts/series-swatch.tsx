import type { ChartSeries } from "./chart-data.ts"
import { seriesDash } from "./series-dash.ts"

/** How a series is drawn, in small: for the legend and the tooltip. */
export function SeriesSwatch({ series: { color, kind, dash } }: { series: ChartSeries }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 14 10" className="h-2.5 w-3.5 shrink-0">
      {kind === "line" ? (
        <line
          x1="0"
          x2="14"
          y1="5"
          y2="5"
          stroke={`var(--${color})`}
          strokeWidth="2"
          strokeDasharray={seriesDash(dash)}
        />
      ) : (
        <rect width="10" height="10" x="2" rx="2" fill={`var(--${color})`} />
      )}
    </svg>
  )
}
