import { describe, expect, it } from "vitest"
import { parseExactJson } from "./parse-exact-json.ts"

describe("parseExactJson", () => {
  it("keeps integers and floats apart, with all digits", () => {
    expect(
      parseExactJson("[1, 1.0, -0, -0.0, 9223372036854775807, -9223372036854775808, 1e16, 5e-324]"),
    ).toEqual([1n, 1, 0n, -0, 9223372036854775807n, -9223372036854775808n, 1e16, 5e-324])
  })

  it("takes any key as a key, at any depth", () => {
    const value = parseExactJson('[{"__proto__": {"constructor": 1, "__proto__": [2]}}]')
    expect(
      JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? `${part}n` : part)),
    ).toBe('[{"__proto__":{"constructor":"1n","__proto__":["2n"]}}]')
  })

  it("keeps texts that look like numbers, booleans and null", () => {
    expect(parseExactJson('["1", true, false, null, "\\u0000\\ud83d\\ude00"]')).toEqual([
      "1",
      true,
      false,
      null,
      "\u0000\u{1F600}",
    ])
  })

  it("refuses what is not JSON", () => {
    expect(() => parseExactJson("[NaN]")).toThrow(SyntaxError)
  })
})
