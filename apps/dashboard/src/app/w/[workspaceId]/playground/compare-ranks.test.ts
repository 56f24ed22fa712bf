import { expect, test } from "vitest"
import type { RankedMemory } from "../../../../data/compare-searches.ts"
import { compareRanks } from "./compare-ranks.ts"

function list(ids: string): RankedMemory[] {
  return [...ids].map((id, place) => ({
    ...{ id, title: `Memory ${id}` },
    ...{ similarity: 1 - place / 10, semanticRank: null, keywordRank: null },
  }))
}

test("what both found is counted, and how it moved", () => {
  const { pairs, ...counts } = compareRanks({ supabase: list("abcd"), opponent: list("acbe") })
  expect(counts).toEqual({ shared: 3, possible: 4, moved: 2 })
  expect(
    pairs.map(({ id, supabase, opponent, move }) => [id, supabase?.rank, opponent?.rank, move]),
  ).toEqual([
    ["a", 1, 1, 0],
    ["b", 2, 3, -1],
    ["c", 3, 2, 1],
    ["d", 4, undefined, null],
    ["e", undefined, 4, null],
  ])
  expect(pairs[1]?.opponent?.similarity).toBeCloseTo(0.8)
})

test("a side that found fewer does not lower what was possible", () => {
  const { shared, possible, moved } = compareRanks({ supabase: list("abc"), opponent: list("a") })
  expect({ shared, possible, moved }).toEqual({ shared: 1, possible: 3, moved: 0 })
})

test("nothing against nothing is nothing", () => {
  const nothing = compareRanks({ supabase: [], opponent: [] })
  expect(nothing).toEqual({ pairs: [], shared: 0, possible: 0, moved: 0 })
})
