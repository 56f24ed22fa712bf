"use client"

import { useRouter } from "next/navigation"
import { startTransition, useState } from "react"
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  type MouseHandlerDataParam,
  ReferenceArea,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import { formatFigure } from "../format/format-figure.ts"
import type { ChartData, ChartRow, ChartSeries } from "./chart-data.ts"
import { ChartTooltip } from "./chart-tooltip.tsx"
import { seriesDash } from "./series-dash.ts"
import { zoomedAddress } from "./zoomed-address.ts"

const tick = { fill: "var(--ink-faint)", fontSize: 12 }

/** The drawing. A click opens the rows behind a bar or point; a drag narrows the page to the days under it. */
export function SeriesChart({ chart, height }: { chart: ChartData; height: number }) {
  const router = useRouter()
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const { rows, series, unit, scale = "linear", maximum, cursor, canZoom = false } = chart

  const onMouseUp = () => {
    if (drag === null) return
    setDrag(null)
    const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    const href =
      first === last || !canZoom
        ? rows[first]?.href
        : zoomedAddress({
            address: window.location.href,
            from: rows[first]?.from,
            to: rows[last]?.to,
          })
    if (href !== undefined) startTransition(() => router.push(href))
  }

  return (
    <ComposedChart
      responsive
      data={[...rows]}
      style={{ width: "100%", height, touchAction: "pan-y" }}
      className="select-none"
      margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
      {...(cursor !== undefined && { syncId: cursor })}
      onMouseDown={(event) => setDrag(dragStart(event))}
      onMouseMove={(event) => {
        const index = indexOf(event)
        if (drag !== null && index !== null) setDrag({ from: drag.from, to: index })
      }}
      onMouseUp={onMouseUp}
      onMouseLeave={() => setDrag(null)}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="label"
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: "var(--line)" }}
        interval={Math.ceil(rows.length / 5) - 1}
        tickMargin={8}
        allowDuplicatedCategory
      />
      <YAxis
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={56}
        tickCount={5}
        allowDecimals={unit !== "count"}
        scale={scale}
        domain={scale === "log" ? ["auto", "auto"] : [0, maximum ?? "auto"]}
        tickFormatter={(value: number) => formatFigure({ value, unit })}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-strong)", fill: "var(--hover)", fillOpacity: 0.5 }}
        content={({ active, payload }) => {
          const row: ChartRow | undefined = payload[0]?.payload
          return active ? <ChartTooltip row={row} chart={chart} /> : null
        }}
      />
      {series.map((one) => drawSeries({ series: one, hasDots: rows.length <= 60 }))}
      {drag !== null && drag.from !== drag.to && canZoom && (
        <ReferenceArea
          x1={rows[Math.min(drag.from, drag.to)]?.label ?? ""}
          x2={rows[Math.max(drag.from, drag.to)]?.label ?? ""}
          fill="var(--accent)"
          fillOpacity={0.12}
        />
      )}
    </ComposedChart>
  )
}

function drawSeries({
  series: { key, label, color, kind, dash, stack },
  hasDots,
}: {
  series: ChartSeries
  hasDots: boolean
}) {
  const stroke = `var(--${color})`
  const shared = {
    name: label,
    dataKey: (row: ChartRow) => row.values[key] ?? null,
    isAnimationActive: false,
    ...(stack !== undefined && { stackId: stack }),
  }
  if (kind === "bar") {
    return <Bar key={key} {...shared} fill={stroke} maxBarSize={28} />
  }
  const pattern = seriesDash(dash)
  const line = {
    ...shared,
    stroke,
    strokeWidth: dash === undefined ? 2 : 1.5,
    type: "linear" as const,
    ...(pattern !== undefined && { strokeDasharray: pattern }),
    dot: hasDots ? { r: 2, fill: stroke, strokeWidth: 0 } : false,
    activeDot: { r: 4, fill: stroke, strokeWidth: 0 },
  }
  if (kind === "line") return <Line key={key} {...line} />
  return <Area key={key} {...line} dot={false} fill={stroke} fillOpacity={0.12} />
}

function dragStart(event: MouseHandlerDataParam): { from: number; to: number } | null {
  const index = indexOf(event)
  return index === null ? null : { from: index, to: index }
}

function indexOf({ activeTooltipIndex }: MouseHandlerDataParam): number | null {
  const index = Number(activeTooltipIndex ?? Number.NaN)
  return Number.isInteger(index) && index >= 0 ? index : null
}
