import { describe, expect, it } from "vitest"
import { splitJsonMembers } from "./split-json-members.ts"

describe("splitJsonMembers", () => {
  it("cuts at the object's own commas only", () => {
    const members = {
      ids: ['a","embeddings":[[9]]', "b\\", "{[,:]}", 'quote\\"'],
      embeddings: [[0.5, null], []],
      "odd:\\key,": { nested: { deeper: "}" }, list: [[], {}] },
      empty: "",
      nothing: null,
      number: -1.5e-7,
    }
    for (const text of [JSON.stringify(members), JSON.stringify(members, null, 2)]) {
      const split = splitJsonMembers(text) ?? new Map()
      expect([...split.keys()]).toEqual(Object.keys(members))
      for (const [key, value] of Object.entries(members)) {
        expect(JSON.parse(split.get(key))).toEqual(value)
      }
    }
  })

  it("takes an empty object", () => {
    expect(splitJsonMembers(" { } ")).toEqual(new Map())
  })

  it.each(["", "null", '"text"', '{"a":1', '{"a":"}', '{"a":[1}', '{"a":1} x'])(
    "refuses %j",
    (text) => {
      const members = splitJsonMembers(text)
      expect(members === null || members.size === 0).toBe(true)
    },
  )
})
