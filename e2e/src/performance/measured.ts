export type Measured = { p50: number; p95: number }

/** Values below which half and 95 of 100 lie. */
export function latencyOf(values: readonly number[]): Measured {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

export function medianOf(values: readonly number[]): number {
  return latencyOf(values).p50
}
