export type Random = {
  /** From 0, below 1. */
  uniform: () => number
  /** From 0, below the limit. */
  index: (limit: number) => number
  /** Of the standard normal distribution. */
  normal: () => number
  uuid: () => string
}

/** Mulberry32: the same numbers in every run. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  let spare: number | undefined
  const normal = () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  const uuid = () => {
    const digits = Array.from({ length: 8 }, () =>
      Math.floor(uniform() * 65_536)
        .toString(16)
        .padStart(4, "0"),
    ).join("")
    const part = (from: number, to: number) => digits.slice(from, to)
    return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`
  }
  return { uniform, index: (limit) => Math.floor(uniform() * limit), normal, uuid }
}
