import type { FigureUnit } from "../format/format-figure.ts"

/** A line, area or bar of a chart. Series of one `stack` are piled up. */
export type ChartSeries = {
  key: string
  label: string
  /** Name of a colour of design-tokens.css, such as "chart-success". */
  color: string
  kind: "line" | "area" | "bar"
  /** So that lines stay apart without their colours. */
  dash?: "dashed" | "dotted"
  stack?: string
}

export type ChartRow = {
  /** On the axis. */
  label: string
  /** In the tooltip and the table. */
  title: string
  /** Null is a gap, never 0. */
  values: Readonly<Record<string, number | null>>
  /** The rows behind it. */
  href?: string
  /** Days that a zoom to this row keeps. */
  from?: string
  to?: string
}

export type ChartData = {
  rows: readonly ChartRow[]
  series: readonly ChartSeries[]
  unit: FigureUnit
  scale?: "linear" | "log"
  /** Upper end of the axis, where the figures have one. */
  maximum?: number
  /** Charts of one name show the cursor together. */
  cursor?: string
  /** Dragging over the chart narrows the page to these days. */
  canZoom?: boolean
}
