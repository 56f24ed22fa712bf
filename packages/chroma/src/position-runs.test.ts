import { expect, it } from "vitest"
import { toPositionRuns } from "./position-runs.ts"

it("joins what is near, whatever its order, and keeps who asked for it", () => {
  expect(toPositionRuns({ positions: [12, 3, 5, 4, 40, 3], longest: 100 })).toEqual([
    { first: 3, last: 5, members: [1, 5, 3, 2] },
    { first: 12, last: 12, members: [0] },
    { first: 40, last: 40, members: [4] },
  ])
  expect(toPositionRuns({ positions: [], longest: 100 })).toEqual([])
})

it("breaks a run that gets too long to be read at once", () => {
  const runs = toPositionRuns({ positions: [0, 1, 2, 3, 4], longest: 2 })
  expect(runs.map(({ first, last }) => [first, last])).toEqual([
    [0, 1],
    [2, 3],
    [4, 4],
  ])
})
