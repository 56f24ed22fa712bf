import { expect, test } from "vitest"
import { formatDistance } from "./format-distance.ts"

const now = Date.UTC(2026, 10, 25, 12)
const minuteInMs = 60_000

test.each([
  [0, "just now"],
  [-59_999, "just now"],
  [30_000, "in a moment"],
  [-3 * minuteInMs, "3 min ago"],
  [-90 * minuteInMs, "1 h ago"],
  [-47 * 60 * minuteInMs, "1 day ago"],
  [7 * 24 * 60 * minuteInMs - 1, "in 6 days"],
  [-40 * 24 * 60 * minuteInMs, "1 month ago"],
  [-800 * 24 * 60 * minuteInMs, "2 years ago"],
])("%d ms from now is %j", (distance, expected) => {
  expect(formatDistance({ from: now, to: now + distance })).toBe(expected)
})
