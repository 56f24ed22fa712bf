import { describe, expect, it } from "vitest"
import { JsonSyntaxError, parseJson } from "./parse-json.ts"
import { stringifyJson } from "./stringify-json.ts"

describe("parseJson", () => {
  it("keeps integers and floats apart, with all digits", () => {
    expect(parseJson('[1, 1.0, -0, -0.0, 9223372036854775807, 5e-324, 1e21, "1"]')).toEqual([
      1n,
      1,
      -0,
      -0,
      9223372036854775807n,
      5e-324,
      1e21,
      "1",
    ])
  })

  it("reads what Python writes", () => {
    expect(parseJson('\ufeff{"a": NaN, "b": [Infinity, -Infinity], "c": "tab\there"}')).toEqual(
      parseJson('{"a": NaN, "b": [Infinity, -Infinity], "c": "tab\\there"}'),
    )
  })

  it("takes any key as a key", () => {
    const value = parseJson('{"__proto__": 1, "constructor": 2, "": 3}')
    expect(Object.entries(value ?? {})).toEqual([
      ["__proto__", 1n],
      ["constructor", 2n],
      ["", 3n],
    ])
  })

  it("reads escapes, surrogate pairs and lone surrogates", () => {
    expect(parseJson(String.raw`"\"\\\/\b\n\u0000\ud83d\ude00 \ud800"`)).toBe(
      '"\\/\b\n\u0000\u{1F600} \ud800',
    )
    expect(parseJson(String.raw`"ends with a backslash \\"`)).toBe("ends with a backslash \\")
  })

  it.each([
    ['{"a": "cut', true],
    ['{"a": 1', true],
    ["[1, ", true],
    ["tru", true],
    ["{a: 1}", false],
    ["[1 2]", false],
    ['"a" b', false],
    ["01", false],
    [String.raw`"\x"`, false],
    ["[".repeat(5000), false],
  ])("refuses %j (cut: %j)", (text, truncated) => {
    expect(() => parseJson(text)).toThrow(JsonSyntaxError)
    try {
      parseJson(text)
    } catch (error) {
      expect(error).toMatchObject({ truncated })
    }
  })

  it("is undone by stringifyJson", () => {
    const text =
      '{"z":[1,1.0,-0.0,0.1,1e+21,12345678901234567890],"a":"\\u0000é","n":null,"t":true}'
    expect(stringifyJson(parseJson(text))).toBe(text)
    expect(stringifyJson([Number.NaN, -Infinity])).toBe('["NaN","-Infinity"]')
  })
})
