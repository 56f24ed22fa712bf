import { expect, test } from "vitest"
import { latencyHistogram } from "./latency-histogram.ts"

test("steps of 1, 2 and 5 from the fastest to the slowest, each with its lower edge", () => {
  const rows = latencyHistogram([5, 5.1, 9.99, 10, null, 49, 50])
  expect(rows.map(({ title, values }) => [title, values.searches])).toEqual([
    ["5 ms to 10 ms", 3],
    ["10 ms to 20 ms", 1],
    ["20 ms to 50 ms", 1],
    ["50 ms to 100 ms", 1],
  ])
})

test("every value is in one step", () => {
  const values = Array.from({ length: 400 }, (_, index) => 1.07 ** index / 100)
  const counted = latencyHistogram(values).reduce((sum, row) => sum + (row.values.searches ?? 0), 0)
  expect(counted).toBe(400)
  expect(latencyHistogram([0]).map(({ values: row }) => row.searches)).toEqual([1])
  expect(latencyHistogram([null])).toEqual([])
})
