import type { ChartRow } from "../../../../charts/chart-data.ts"
import { formatFigure } from "../../../../format/format-figure.ts"

const steps = [1, 2, 5]

/** How many searches took how long, in steps of 1, 2 and 5; from the fastest to the slowest, empty steps between kept. */
export function latencyHistogram(values: readonly (number | null)[]): ChartRow[] {
  const measured = values.filter((value) => value !== null)
  if (measured.length === 0) return []
  const first = stepOf(Math.min(...measured))
  const last = stepOf(Math.max(...measured))
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const step = first + offset
    const [low, high] = [edge(step), edge(step + 1)]
    return {
      label: format(low),
      title: `${format(low)} to ${format(high)}`,
      values: { searches: measured.filter((value) => stepOf(value) === step).length },
    }
  })
}

/** The step that a duration lies in; its lower edge belongs to it. What is below 0.01 ms is taken as 0.01 ms. */
function stepOf(value: number): number {
  const size = Math.max(value, 0.01)
  let step = 3 * Math.floor(Math.log10(size))
  while (edge(step + 1) <= size) step += 1
  while (edge(step) > size) step -= 1
  return step
}

function edge(step: number): number {
  const power = Math.floor(step / 3)
  return Number(`${steps[step - 3 * power]}e${power}`)
}

function format(value: number): string {
  return value < 0.1 ? `${value} ms` : formatFigure({ value, unit: "milliseconds" })
}
