import type { ChartSeries } from "./chart-data.ts"

/** The pattern of a line, as `stroke-dasharray` takes it. */
export function seriesDash(dash: ChartSeries["dash"]): string | undefined {
  return dash === "dashed" ? "5 4" : dash === "dotted" ? "1.5 3" : undefined
}
