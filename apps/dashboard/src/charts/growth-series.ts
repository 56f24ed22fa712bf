import type { ChartRow, ChartSeries } from "./chart-data.ts"

const rate: ChartSeries = {
  key: "rate",
  label: "Success rate",
  color: "chart-success",
  kind: "line",
}
const rateBefore: ChartSeries = {
  key: "rateBefore",
  label: "The period before",
  color: "chart-ghost",
  kind: "line",
  dash: "dashed",
}

/** The success rate, and that of the period before as its ghost where there was one. */
export function rateSeries(rows: readonly ChartRow[]): readonly ChartSeries[] {
  const hasBefore = rows.some(({ values }) => (values.rateBefore ?? null) !== null)
  return hasBefore ? [rateBefore, rate] : [rate]
}

export const storedSeries: readonly ChartSeries[] = [
  { key: "memoriesStored", label: "Memory items", color: "chart-1", kind: "area" },
  { key: "tracesStored", label: "Traces", color: "chart-2", kind: "line", dash: "dashed" },
]

export const bytesSeries: readonly ChartSeries[] = [
  { key: "bytesStored", label: "Stored", color: "chart-3", kind: "area" },
]
