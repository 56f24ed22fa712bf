import { expect, test } from "vitest"
import { formatDuration } from "./format-duration.ts"

test.each([
  [0, "0.0 s"],
  [1_340, "1.3 s"],
  [12_400, "12 s"],
  [185_000, "3 min 5 s"],
  [7_800_000, "2 h 10 min"],
])("%d ms is %j", (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected)
})
