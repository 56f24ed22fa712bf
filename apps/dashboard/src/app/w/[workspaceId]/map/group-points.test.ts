import { expect, test } from "vitest"
import { groupPoints } from "./group-points.ts"

function makePoints(domains: (string | null)[]) {
  return {
    ids: domains.map((_, index) => `${index}`),
    x: domains.map(() => 0),
    y: domains.map(() => 0),
    domains,
    outcomes: domains.map((_, index) => ["success", "failure", null, "odd"][index % 4] ?? null),
    stages: domains.map((_, index) => (index % 3) * 6),
  }
}

test("domains are grouped by how many they are, the rest together", () => {
  const domains = Array.from("aaaabbbccddefghijk")
  const { groups, of } = groupPoints({ points: makePoints([...domains, null]), by: "domain" })
  expect(groups.map(({ label, count }) => [label, count]).slice(0, 4)).toEqual([
    ["a", 4],
    ["b", 3],
    ["c", 2],
    ["d", 2],
  ])
  expect(groups.at(-1)).toMatchObject({ label: "4 others", count: 4 })
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(19)
  expect(groups).toHaveLength(9)
  expect([...of.slice(0, 5)]).toEqual([0, 0, 0, 0, 1])
  expect(of[18]).toBe(8)
})

test("outcomes keep their order and colours, generations theirs", () => {
  const points = makePoints(["x", "x", "x", "x"])
  const byOutcome = groupPoints({ points, by: "outcome" })
  expect(byOutcome.groups.map(({ count }) => count)).toEqual([1, 0, 1, 2])
  expect([...byOutcome.of]).toEqual([0, 2, 3, 3])
  const byStage = groupPoints({ points, by: "stage" })
  expect(byStage.groups.map(({ label }) => label)).toEqual([
    "Generation 0",
    "Generation 6",
    "Generation 12",
  ])
})
