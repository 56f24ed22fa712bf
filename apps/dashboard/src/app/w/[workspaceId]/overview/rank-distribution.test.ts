import { expect, test } from "vitest"
import { rankDistribution } from "./rank-distribution.ts"

const values = (ranked: { value: string }[]) => ranked.map(({ value }) => value)

test("the most frequent first, ties by name", () => {
  expect(values(rankDistribution({ counts: { b: 2, c: 5, a: 2 } }))).toEqual(["c", "a", "b"])
})

test("stages by number, difficulty by what it means", () => {
  expect(
    values(rankDistribution({ counts: { "10": 1, "2": 9, "0": 3 }, order: "number" })),
  ).toEqual(["0", "2", "10"])
  expect(
    values(
      rankDistribution({
        counts: { odd: 1, expert: 9, simple: 1, complex: 2 },
        order: "difficulty",
      }),
    ),
  ).toEqual(["simple", "complex", "expert", "odd"])
})
