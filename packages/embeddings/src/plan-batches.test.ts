import { expect, test } from "vitest"
import { planBatches } from "./plan-batches.ts"

const sequence = (length: number) => Array.from({ length }, () => 7)

test("every sequence is in one batch, longest first, within the budget", () => {
  const lengths = [3, 256, 10, 9, 255, 2, 11]
  const batches = planBatches({ sequences: lengths.map(sequence), tokenBudget: 512 })
  expect(batches.flat().map(({ position }) => position)).toEqual([1, 4, 6, 2, 3, 0, 5])
  for (const batch of batches) {
    const padded = Math.max(...batch.map(({ ids }) => ids.length)) * batch.length
    expect(padded).toBeLessThanOrEqual(512)
  }
  expect(batches.length).toBe(2)
})

test("a sequence above the budget runs alone", () => {
  const batches = planBatches({ sequences: [sequence(20), sequence(20)], tokenBudget: 10 })
  expect(batches.map((batch) => batch.length)).toEqual([1, 1])
})
