import type { Change } from "./components/stat-figure.tsx"
import { formatFigure } from "./format/format-figure.ts"

/**
 * A figure against the one of the period before. Rates differ by points, counts and bytes by a percentage, or by what
 * was added where there was nothing before. Undefined when there is nothing to compare.
 */
export function compareFigures({
  now,
  before,
  unit,
  better = null,
  against,
}: {
  now: number | null
  before: number | null
  unit: "count" | "bytes" | "percent" | "milliseconds"
  better?: "more" | "less" | null
  against: string
}): Change | undefined {
  if (now === null || before === null) return undefined
  const difference = now - before
  const isRelative = unit !== "percent" && before !== 0
  const size = Math.abs(isRelative ? (100 * difference) / before : difference)
  const amount = Number(size.toFixed(1))
  if (amount === 0) return { direction: "none", text: "no change", isGood: null, against }
  const isUp = difference > 0
  const sign = isUp ? "+" : "−"
  const figure = isRelative
    ? formatFigure({ value: amount, unit: "percent" })
    : unit === "percent"
      ? `${amount} ${amount === 1 ? "point" : "points"}`
      : formatFigure({ value: size, unit })
  return {
    direction: isUp ? "up" : "down",
    text: `${sign}${figure}`,
    isGood: better === null ? null : isUp === (better === "more"),
    against,
  }
}
