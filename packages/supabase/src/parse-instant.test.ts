import { expect, test } from "vitest"
import { parseInstant } from "./parse-instant.ts"

test("agrees with Date on every day of ten thousand years", () => {
  const day = 86_400_000
  const postgresEpoch = Date.UTC(2000, 0, 1)
  const last = Date.parse("9999-12-31T00:00:00Z")
  let wrong = 0
  for (let time = Date.parse("0001-01-01T00:00:00Z"); time <= last; time += 7 * day) {
    const text = `${new Date(time).toISOString().slice(0, 19)}.000001Z`
    if (parseInstant(text) !== BigInt(time - postgresEpoch) * 1000n + 1n) wrong++
  }
  expect(wrong).toBe(0)
})

test("keeps microseconds at both ends", () => {
  expect(parseInstant("0001-01-01T00:00:00.000000Z")).toBe(-63_082_281_600_000_000n)
  expect(parseInstant("9999-12-31T23:59:59.999999Z")).toBe(252_455_615_999_999_999n)
})

test.each([
  "",
  "2025-01-31",
  "2025-01-31T23:59:59Z",
  "2025-01-31T23:59:59.000000",
  "2025-01-31T23:59:59.000000+00",
  "2025-02-29T00:00:00.000000Z",
  "1900-02-29T00:00:00.000000Z",
  "2025-04-31T00:00:00.000000Z",
  "2025-13-01T00:00:00.000000Z",
  "2025-00-01T00:00:00.000000Z",
  "0000-01-01T00:00:00.000000Z",
  "2025-01-01T24:00:00.000000Z",
  "2025-01-01T00:60:00.000000Z",
])("refuses %j", (text) => {
  expect(() => parseInstant(text)).toThrow("A timestamp must look like")
})
