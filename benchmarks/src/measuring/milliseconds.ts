/** Value below which this share of the values lies. */
function percentile({ values, share }: { values: readonly number[]; share: number }) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export type Latency = { p50: number; p95: number }

export function latencyOf(values: readonly number[]): Latency {
  return { p50: percentile({ values, share: 0.5 }), p95: percentile({ values, share: 0.95 }) }
}

/** The result of a call and how many milliseconds it took. */
export async function timed<Result>(call: () => Promise<Result>) {
  const started = performance.now()
  const result = await call()
  return { result, milliseconds: performance.now() - started }
}

/** Latency of `runs` calls after `warmUps` that are not counted. */
export async function measure({
  runs,
  warmUps = 8,
  call,
}: {
  runs: number
  warmUps?: number
  call: (run: number) => Promise<unknown>
}): Promise<Latency> {
  const values: number[] = []
  for (let run = -warmUps; run < runs; run++) {
    const { milliseconds } = await timed(() => call(Math.max(run, 0)))
    if (run >= 0) values.push(milliseconds)
  }
  return latencyOf(values)
}

/** Milliseconds as text, wide enough for a column. */
export function ms(value: number) {
  return value < 100 ? value.toFixed(2) : value.toFixed(0)
}
