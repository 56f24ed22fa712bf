import { hash } from "node:crypto"

const initialSlots = 1 << 16
/** Beyond it, probing gets slow. */
const fullest = 0.6

/**
 * A set of keys that keeps 64 bits of the SHA-256 of each and nothing else: 8 bytes a key and as much room again. Among a
 * million keys, one that was never added is taken for a member with a probability below 1e-13.
 */
export function createCompactKeySet() {
  let slots = new BigUint64Array(initialSlots)
  let size = 0

  const add = (key: bigint): boolean => {
    const mask = slots.length - 1
    let slot = Number(key & BigInt(mask))
    for (;;) {
      const found = slots[slot]
      if (found === key) return false
      if (found === 0n) break
      slot = (slot + 1) & mask
    }
    slots[slot] = key
    size++
    if (size > slots.length * fullest) grow()
    return true
  }
  const grow = () => {
    const before = slots
    slots = new BigUint64Array(before.length * 2)
    size = 0
    for (const key of before) if (key !== 0n) add(key)
  }

  return {
    /** Whether it was new. */
    add: (...parts: string[]): boolean => add(hashOf(parts)),
    has: (...parts: string[]): boolean => {
      const key = hashOf(parts)
      const mask = slots.length - 1
      let slot = Number(key & BigInt(mask))
      for (;;) {
        const found = slots[slot]
        if (found === key) return true
        if (found === 0n) return false
        slot = (slot + 1) & mask
      }
    },
    get size() {
      return size
    },
  }
}

export type CompactKeySet = ReturnType<typeof createCompactKeySet>

/** 0 marks an empty slot. */
function hashOf(parts: string[]): bigint {
  const digest = hash("sha256", parts.join("\u0000"), "buffer")
  return digest.readBigUInt64LE() || 1n
}
