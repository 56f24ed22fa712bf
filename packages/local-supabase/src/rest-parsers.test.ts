import { expect, test } from "vitest"
import { restParsers } from "./rest-parsers.ts"

test.each([
  ["2026-11-23 17:10:41.89+00", "2026-11-23T17:10:41.89+00:00"],
  ["2026-11-23 22:40:41+05:30", "2026-11-23T22:40:41+05:30"],
  ["0044-03-15 00:00:00+00 BC", "0044-03-15T00:00:00+00:00 BC"],
  ["infinity", "infinity"],
])("writes timestamptz %s as %s", (text, expected) => {
  expect(restParsers()[1184]?.(text)).toBe(expected)
})

test("writes timestamps without a zone, and floats that JSON has no number for", () => {
  expect(restParsers()[1114]?.("2026-11-23 17:10:41")).toBe("2026-11-23T17:10:41")
  expect(["1.5", "NaN", "-Infinity"].map((text) => restParsers()[701]?.(text))).toEqual([
    1.5,
    "NaN",
    "-Infinity",
  ])
})
