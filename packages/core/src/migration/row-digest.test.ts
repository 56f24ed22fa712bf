import { describe, expect, it } from "vitest"
import { canonicalJson } from "../json/canonical-json.ts"
import { parseJson } from "../json/parse-json.ts"
import { createDigestSum } from "./digest-sum.ts"

describe("canonicalJson", () => {
  it.each([
    ['{"b": 1.0, "a": [1e0, 10e-1, 1]}', '{"a":[1,1,1],"b":1}'],
    ["1e21", "1000000000000000000000"],
    ["5e-324", `0.${"0".repeat(323)}5`],
    ["[-0.0, 0, 0.0]", "[0,0,0]"],
    ["1.7976931348623157e308", `17976931348623157${"0".repeat(292)}`],
    ["[0.1, 1200, -2.50]", "[1e-1, 12e2, -2.5]"],
  ])("takes %s and %s as equal", (left, right) => {
    expect(canonicalJson(parseJson(left))).toBe(canonicalJson(parseJson(right)))
  })

  it.each([
    ["1", '"1"'],
    ["12", "120"],
    ["9007199254740993", "9007199254740992"],
    ["null", '"null"'],
    ["[]", "{}"],
    ["-1", "1"],
    ["0.1", "0.10000000000000002"],
  ])("takes %s and %s as different", (left, right) => {
    expect(canonicalJson(parseJson(left))).not.toBe(canonicalJson(parseJson(right)))
  })
})

describe("createDigestSum", () => {
  it("does not depend on the order, but on how often a digest is there", () => {
    const [a, b] = [new Uint8Array(32).fill(255), new Uint8Array(32).fill(3)]
    const sumOf = (...digests: Uint8Array[]) => {
      const sum = createDigestSum()
      for (const digest of digests) sum.add(digest)
      return sum.toString()
    }
    expect(sumOf(a, b)).toBe(sumOf(b, a))
    expect(sumOf(a, a, b)).not.toBe(sumOf(a, b))
    expect(sumOf()).toBe("0".repeat(64))
  })
})
