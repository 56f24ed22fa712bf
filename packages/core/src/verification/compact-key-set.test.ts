import { expect, test } from "vitest"
import { createCompactKeySet } from "./compact-key-set.ts"

test("holds what was added and nothing else, also after it has grown", () => {
  const keys = createCompactKeySet()
  const count = 200_000
  for (let index = 0; index < count; index++) keys.add("memory_item", "one", String(index))
  expect(keys.size).toBe(count)
  for (let index = 0; index < count; index += 997) {
    expect(keys.has("memory_item", "one", String(index))).toBe(true)
    expect(keys.has("trace", "one", String(index))).toBe(false)
    expect(keys.has("memory_item", "two", String(index))).toBe(false)
  }
})

test("says whether a key was new; parts do not run into each other", () => {
  const keys = createCompactKeySet()
  expect(keys.add("ab", "c")).toBe(true)
  expect(keys.add("ab", "c")).toBe(false)
  expect(keys.add("a", "bc")).toBe(true)
})
