export type SeededRandom = ReturnType<typeof createSeededRandom>

/** Random values that are the same for the same seed: mulberry32 (Tommy Ettinger, public domain). */
export function createSeededRandom(seed: number) {
  let state = seed >>> 0
  /** From 0 up to, not including, 1. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (below: number): number => Math.floor(next() * below)

  return {
    next,
    integer,
    chance: (share: number): boolean => next() < share,
    pick<Value>(values: readonly [Value, ...Value[]]): Value {
      return values[integer(values.length)] ?? values[0]
    },
    /** A version 4 UUID. */
    uuid(): string {
      const digits = Array.from({ length: 32 }, () => integer(16).toString(16))
      digits[12] = "4"
      digits[16] = (8 + integer(4)).toString(16)
      const text = digits.join("")
      return [
        text.slice(0, 8),
        text.slice(8, 12),
        text.slice(12, 16),
        text.slice(16, 20),
        text.slice(20),
      ].join("-")
    },
    /** float32 values of length 1, evenly spread over directions. */
    unitVector(dimension: number): Float32Array {
      const values = Array.from({ length: dimension }, () => {
        const radius = Math.sqrt(-2 * Math.log(1 - next()))
        return radius * Math.cos(2 * Math.PI * next())
      })
      const norm = Math.hypot(...values)
      return Float32Array.from(values, (value) => value / norm)
    },
  }
}
