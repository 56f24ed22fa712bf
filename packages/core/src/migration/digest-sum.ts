const modulus = 1n << 256n

/**
 * A digest of a set of row digests that does not depend on their order: their sum as 256-bit numbers
 * (the additive multiset hash of Bellare and Micciancio, 1997). It names a state for people and
 * scripts to compare; differences are found row by row. `start` is what an earlier one came to.
 */
export function createDigestSum(start = "0") {
  let sum = BigInt(`0x${start}`)
  return {
    add(digest: Uint8Array) {
      sum = (sum + BigInt(`0x${Buffer.from(digest).toString("hex")}`)) % modulus
    },
    /** 64 hex digits. */
    toString: () => sum.toString(16).padStart(64, "0"),
  }
}
