import type { WarningCounter } from "./warning-counter.ts"

/** A record that is read twice, to be moved and to be compared, is warned of once. */
export function countOnce(counter: WarningCounter): WarningCounter {
  const counted = new Set<string>()
  return {
    ...counter,
    count(warning) {
      const key = JSON.stringify([warning.code, warning.collection, warning.example])
      if (!counted.has(key)) counter.count(warning)
      counted.add(key)
    },
  }
}
