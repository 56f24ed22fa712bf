import { expect, test } from "vitest"
import { percentile } from "./percentile.ts"

test("between two values it interpolates; values that are missing do not count", () => {
  const values = [40, null, 10, 30, 20]
  expect(percentile({ values, place: 0.5 })).toBe(25)
  expect(percentile({ values, place: 0.95 })).toBeCloseTo(38.5)
  expect(percentile({ values, place: 1 })).toBe(40)
  expect(percentile({ values: [7], place: 0.99 })).toBe(7)
})

test("without a value there is none", () => {
  expect(percentile({ values: [null], place: 0.5 })).toBeNull()
})
