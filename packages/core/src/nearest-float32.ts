/** Read as a double it lies exactly between two float32 values, and `Math.fround` takes the wrong one. */
const twiceRounded = 7.038531e-26
const twiceRoundedAsFloat32 = Math.fround(7.0385307e-26)

/**
 * The float32 that a shortest decimal names, given the double nearest to that decimal. Rounding twice gives the
 * same one except for a single pair of values (all 2^32 were tried).
 */
export function nearestFloat32(value: number): number {
  return Math.abs(value) === twiceRounded
    ? Math.sign(value) * twiceRoundedAsFloat32
    : Math.fround(value)
}
