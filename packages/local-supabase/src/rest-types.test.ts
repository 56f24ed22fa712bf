import { expect, test } from "vitest"
import { restTypes } from "./rest-types.ts"

const types = restTypes([16_400])

test.each([
  ["2026-11-23 17:10:41.89+00", "2026-11-23T17:10:41.89+00:00"],
  ["2026-11-23 22:40:41+05:30", "2026-11-23T22:40:41+05:30"],
  ["0044-03-15 00:00:00+00 BC", "0044-03-15T00:00:00+00:00 BC"],
  ["infinity", "infinity"],
])("writes timestamptz %s as %s", (text, expected) => {
  expect(types.get(1184)?.parse?.(text)).toBe(expected)
})

test("writes timestamps without a zone, and floats that JSON has no number for", () => {
  expect(types.get(1114)?.parse?.("2026-11-23 17:10:41")).toBe("2026-11-23T17:10:41")
  expect(["1.5", "NaN", "-Infinity"].map((text) => types.get(701)?.parse?.(text))).toEqual([
    1.5,
    "NaN",
    "-Infinity",
  ])
})

test("takes vectors as arrays or text, JSON as values or text", () => {
  const vector = types.get(16_400)?.serialize
  expect([vector?.([1, 2.5]), vector?.("[1,2.5]")]).toEqual(["[1,2.5]", "[1,2.5]"])
  const json = types.get(3802)?.serialize
  expect([json?.({ a: 1 }), json?.('{"a":1}'), json?.("hello")]).toEqual([
    '{"a":1}',
    '{"a":1}',
    '"hello"',
  ])
})
