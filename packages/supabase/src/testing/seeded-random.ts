export type SeededRandom = {
  seed: number
  /** From 0 to below 1. */
  next: () => number
  /** A whole number from 0 to below `end`. */
  below: (end: number) => number
  pick: <Value>(values: readonly [Value, ...Value[]]) => Value
}

/** The same numbers for the same seed (mulberry32). */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number) => Math.floor(next() * end)
  return { seed, next, below, pick: (values) => values[below(values.length)] ?? values[0] }
}
