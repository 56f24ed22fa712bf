/**
 * A percentile as `percentile_cont` of Postgres computes it: between two values by linear interpolation. `place` is from
 * 0 to 1; null without a value.
 */
export function percentile({
  values,
  place,
}: {
  values: readonly (number | null)[]
  place: number
}): number | null {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other)
  const at = place * (sorted.length - 1)
  const low = sorted[Math.floor(at)]
  const high = sorted[Math.ceil(at)]
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at))
}
