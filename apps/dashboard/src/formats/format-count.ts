const whole = new Intl.NumberFormat("en")

/** 1,284 */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** "1 memory", "2 memories" */
export function countOf(count: number, { one, many }: { one: string; many: string }): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** 0.742 → "74.2 %" */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
