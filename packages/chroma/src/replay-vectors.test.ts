import { describe, expect, it } from "vitest"
import { locateVector } from "./locate-vector.ts"
import { createVectorReplay } from "./replay-vectors.ts"

const operations = { add: 0, update: 1, upsert: 2, delete: 3 } as const

/** `"5 add a"` brings a vector, `"6 update a -"` does not. */
function replay({
  rows,
  flushPoint = 0,
  index = [],
  isLogComplete = true,
}: {
  rows: string[]
  flushPoint?: number
  index?: string[] | null
  isLogComplete?: boolean
}) {
  const replayed = createVectorReplay({
    flushPoint,
    isInIndex: index === null ? null : (id) => index.includes(id),
    isLogComplete,
  })
  for (const row of rows) {
    const [sequence, operation, id = "", none] = row.split(" ")
    const code = Object.entries(operations).find(([name]) => name === operation)?.[1] ?? 4
    replayed.apply({ sequence: Number(sequence), operation: code, id, hasVector: none !== "-" })
  }
  return (id: string, lastChange: number | null, logTrust: "full" | "own" | "none" = "full") =>
    locateVector({
      position: index?.includes(id) ? index.indexOf(id) : null,
      history: replayed.history(id),
      lastChange,
      flushPoint: index === null ? null : flushPoint,
      logTrust,
    })
}

const fromLog = (sequence: number) => ({ kind: "log", sequence })
const fromIndex = (position: number, check = 0) => ({ kind: "index", position, check })

describe("replaying the log over an index", () => {
  it("takes an added vector from the log, and the first of two adds", () => {
    const locate = replay({ rows: ["1 add a", "2 add a"] })
    expect(locate("a", 1)).toEqual(fromLog(1))
  })

  it("takes the last update, and keeps the vector where an update brings none", () => {
    const locate = replay({ rows: ["1 add a", "2 update a", "3 update a -"] })
    expect(locate("a", 3)).toEqual(fromLog(2))
  })

  it("passes over an update of what does not exist", () => {
    const locate = replay({ rows: ["1 update a", "2 add a", "3 update a -"] })
    expect(locate("a", 3)).toEqual(fromLog(2))
  })

  it("forgets a deleted vector, and takes that of a later add", () => {
    const locate = replay({ rows: ["4 delete a", "5 add a"], flushPoint: 3, index: ["a"] })
    expect(locate("a", 5)).toEqual(fromLog(5))
  })

  it("leaves to the index what was flushed, with the log to check it", () => {
    const rows = ["1 add a", "2 add b", "3 add c", "4 update b", "5 marker c"]
    const locate = replay({ rows, flushPoint: 2, index: ["a", "b"] })
    expect(locate("a", 1)).toEqual(fromIndex(0, 1))
    expect(locate("b", 4)).toEqual(fromLog(4))
    expect(locate("c", 3)).toEqual(fromLog(3))
  })

  it("does not take the row at the flush point for a newer one", () => {
    const locate = replay({ rows: ["9 add a"], flushPoint: 9, index: ["a"], isLogComplete: false })
    expect(locate("a", 9)).toEqual(fromIndex(0, 9))
    const ignored = replay({ rows: ["9 add a"], flushPoint: 9, index: ["a"], isLogComplete: false })
    expect(ignored("a", 4)).toEqual(fromIndex(0))
  })

  it("passes over an add of what the index has", () => {
    const locate = replay({ rows: ["5 add a"], flushPoint: 4, index: ["a"] })
    expect(locate("a", 2)).toEqual(fromIndex(0))
  })

  it("takes in what a flush wrote that was cut off before it noted its position", () => {
    const locate = replay({
      rows: ["5 add a", "6 add b", "7 update b -"],
      flushPoint: 4,
      index: ["a", "b"],
    })
    expect(locate("a", 5)).toEqual(fromIndex(0, 5))
    expect(locate("b", 7)).toEqual(fromIndex(1))
  })

  it("takes an update that Chroma's index lost, since the record notes it", () => {
    const locate = replay({ rows: ["5 update a"], flushPoint: 4, index: [], isLogComplete: false })
    expect(locate("a", 5)).toEqual(fromLog(5))
  })

  it("believes nothing that ends at another row than the record notes", () => {
    const locate = replay({ rows: ["5 add a", "6 update a"], flushPoint: 4, index: [] })
    expect(locate("a", 5)).toEqual({ kind: "doubtful" })
    expect(locate("a", 7)).toEqual({ kind: "doubtful" })
    expect(locate("gone", 7)).toEqual({ kind: "doubtful" })
    expect(locate("flushed", 3)).toEqual({ kind: "missing" })
  })

  it("gives every vector of a complete log when the index is lost", () => {
    const locate = replay({ rows: ["1 add a", "2 add b", "3 update a", "4 add b"], index: null })
    expect(locate("a", 3)).toEqual(fromLog(3))
    expect(locate("b", 2)).toEqual(fromLog(2))
  })

  it("takes an add from the rest of a log only if the record notes it", () => {
    const rows = ["7 add a", "8 add b", "9 update b -"]
    const locate = replay({ rows, index: null, isLogComplete: false })
    expect(locate("a", 7)).toEqual(fromLog(7))
    expect(locate("a", 3)).toEqual({ kind: "doubtful" })
    expect(locate("b", 9)).toEqual({ kind: "doubtful" })
  })

  it("takes of a damaged log only what the record itself names", () => {
    const locate = replay({
      rows: ["5 add a", "6 add b", "7 update b -"],
      flushPoint: 4,
      index: ["c"],
    })
    expect(locate("a", 5, "own")).toEqual(fromLog(5))
    expect(locate("b", 7, "own")).toEqual({ kind: "doubtful" })
    expect(locate("c", 3, "own")).toEqual(fromIndex(0))
    expect(locate("a", 5, "none")).toEqual({ kind: "doubtful" })
  })
})
