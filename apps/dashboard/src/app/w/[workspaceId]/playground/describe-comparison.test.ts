import { expect, test } from "vitest"
import { describeComparison } from "./describe-comparison.ts"

test.each([
  [
    "chroma",
    { shared: 10, possible: 10, moved: 0 },
    "Chroma and Supabase give the same 10 in the same order",
  ],
  [
    "chroma",
    { shared: 10, possible: 10, moved: 2 },
    "Chroma and Supabase give the same 10, 2 of them at other places",
  ],
  [
    "chroma",
    { shared: 9, possible: 10, moved: 3 },
    "Chroma and Supabase agree on 9 of the 10 best",
  ],
  [
    "chroma",
    { shared: 0, possible: 5, moved: 0 },
    "Chroma and Supabase share none of their 5 best",
  ],
  ["exact", { shared: 10, possible: 10, moved: 0 }, "The search found all of the 10 truly best"],
  ["exact", { shared: 19, possible: 20, moved: 1 }, "The search found 19 of the 20 truly best"],
  ["exact", { shared: 0, possible: 0, moved: 0 }, "Neither side found anything"],
] as const)("against %s: %j", (against, comparison, expected) => {
  expect(describeComparison({ comparison, against })).toBe(expected)
})
