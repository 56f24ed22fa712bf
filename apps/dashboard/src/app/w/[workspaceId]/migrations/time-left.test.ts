import { expect, test } from "vitest"
import { timeLeft } from "./time-left.ts"

const progress = {
  ...{ fraction: 0.25, done: 100, total: 400, rows: 200, rowsPerSecond: 50 },
  updatedAt: null,
}

test("the rows that are left at the rate of now", () => {
  expect(timeLeft(progress)).toBe(12_000)
  expect(timeLeft({ ...progress, done: 400 })).toBe(0)
})

test("is not known before anything is done, or without a total", () => {
  expect(timeLeft({ ...progress, done: 0 })).toBeNull()
  expect(timeLeft({ ...progress, total: null })).toBeNull()
  expect(timeLeft({ ...progress, rowsPerSecond: 0 })).toBeNull()
})
