import type { ChartRow, ChartSeries } from "./chart-data.ts"

const outcomes: readonly ChartSeries[] = [
  { key: "success", label: "Success", color: "chart-success", kind: "bar", stack: "outcome" },
  { key: "partial", label: "Partial", color: "chart-partial", kind: "bar", stack: "outcome" },
  { key: "failure", label: "Failure", color: "chart-failure", kind: "bar", stack: "outcome" },
]
const other: ChartSeries = {
  key: "other",
  label: "Not judged",
  color: "chart-4",
  kind: "bar",
  stack: "outcome",
}

/** Outcomes in their fixed colours and order; traces without one where there are some. */
export function outcomeSeries(rows: readonly ChartRow[]): readonly ChartSeries[] {
  return rows.some(({ values }) => (values.other ?? 0) > 0) ? [...outcomes, other] : outcomes
}
