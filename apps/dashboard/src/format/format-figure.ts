export type FigureUnit = "count" | "percent" | "milliseconds" | "bytes" | "decimal"

const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 })
const twoDecimals = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const byteSteps = ["bytes", "kB", "MB", "GB", "TB"] as const

/** A figure as people read it: 1,284 · 12.8k · 74.2 % · 18 ms · 4.1 MB. Null is a dash. */
export function formatFigure({ value, unit }: { value: number | null; unit: FigureUnit }): string {
  if (value === null || !Number.isFinite(value)) return "–"
  return formats[unit](value)
}

const formats: Record<FigureUnit, (value: number) => string> = {
  count: (value) => {
    const size = Math.abs(value)
    if (size < 10_000) return exact.format(value)
    if (size < 999_950) return `${oneDecimal.format(value / 1e3)}k`
    return size < 999_950_000
      ? `${oneDecimal.format(value / 1e6)}M`
      : `${oneDecimal.format(value / 1e9)}G`
  },
  percent: (value) => `${oneDecimal.format(value)} %`,
  milliseconds: (value) => {
    if (value >= 10_000) return `${oneDecimal.format(value / 1_000)} s`
    return `${value < 10 ? oneDecimal.format(value) : exact.format(value)} ms`
  },
  bytes: (value) => {
    const step = Math.min(
      byteSteps.length - 1,
      value < 1_000 ? 0 : Math.floor(Math.log10(value) / 3),
    )
    return `${oneDecimal.format(value / 1_000 ** step)} ${byteSteps[step]}`
  },
  decimal: (value) => twoDecimals.format(value),
}
