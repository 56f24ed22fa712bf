import { describe, expect, it } from "vitest"
import type { LogRow } from "./log-operation.ts"
import { mergeLogMetadata } from "./merge-log-metadata.ts"
import { replayMetadata } from "./replay-metadata.ts"

const codes: Record<string, number> = { add: 0, update: 1, upsert: 2, delete: 3, marker: 4 }

function replay(stored: string[], rows: string[]) {
  const parsed = rows.map((row): LogRow => {
    const [sequence, operation = "", id = ""] = row.split(" ")
    return { sequence: Number(sequence), operation: codes[operation] ?? 9, id, hasVector: false }
  })
  return replayMetadata({ rows: parsed, isStored: (id) => stored.includes(id) })
}

describe("replayMetadata", () => {
  it("edits stored records and makes new ones", () => {
    const changes = replay(
      ["a"],
      ["1 update a", "2 upsert a", "3 add a", "4 upsert b", "5 update b"],
    )
    expect(changes.get("a")).toMatchObject({ keepsStored: true, rows: [1, 2], exists: true })
    expect(changes.get("b")).toMatchObject({ keepsStored: false, rows: [4, 5], createdBy: 4 })
  })

  it("makes another record of one that was deleted and added again", () => {
    const changes = replay(["a", "b"], ["1 delete a", "2 update a", "3 add a", "4 delete b"])
    expect(changes.get("a")).toMatchObject({
      keepsStored: false,
      rows: [3],
      exists: true,
      createdBy: 3,
    })
    expect(changes.get("b")).toMatchObject({ keepsStored: false, rows: [], exists: false })
  })

  it("passes over what has no effect", () => {
    const changes = replay([], ["1 update a", "2 delete a", "3 marker a"])
    expect(changes.get("a")).toMatchObject({ exists: false, rows: [] })
  })
})

describe("mergeLogMetadata", () => {
  it("keeps number types and takes away what Chroma's tables have no value for", () => {
    const metadata = Object.assign(Object.create(null), { a: 1n, b: "x", c: [1n], d: "stays" })
    const text =
      '{"a": null, "b": 1.0, "c": [], "e": 9223372036854775807, "f": NaN, "g": [true, "y"], "__proto__": 1}'
    mergeLogMetadata({ metadata, text })
    expect(Object.entries(metadata)).toEqual([
      ["b", 1],
      ["d", "stays"],
      ["e", 9223372036854775807n],
      ["g", [true, "y"]],
      ["__proto__", 1n],
    ])
  })
})
