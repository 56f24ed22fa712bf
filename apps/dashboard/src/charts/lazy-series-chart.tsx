"use client"

import dynamic from "next/dynamic"
import { useEffect, useState } from "react"
import { Skeleton } from "../components/skeleton.tsx"
import type { ChartData } from "./chart-data.ts"

const SeriesChart = dynamic(
  () => import("./series-chart.tsx").then((module) => module.SeriesChart),
  { ssr: false, loading: ChartSkeleton },
)

/** The chart, whose code is fetched once the page is usable. It takes its height from the start. */
export function LazySeriesChart({ chart, height }: { chart: ChartData; height: number }) {
  const [isDue, setIsDue] = useState(false)
  useEffect(() => {
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(() => setIsDue(true), 200)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(() => setIsDue(true), { timeout: 2_000 })
    return () => cancelIdleCallback(handle)
  }, [])
  return (
    <div style={{ height }}>
      {isDue ? <SeriesChart chart={chart} height={height} /> : <ChartSkeleton />}
    </div>
  )
}

function ChartSkeleton() {
  return <Skeleton className="size-full" />
}
