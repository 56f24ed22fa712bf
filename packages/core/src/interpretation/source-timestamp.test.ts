import { describe, expect, it } from "vitest"
import { createTimestampReader } from "./source-timestamp.ts"

describe("createTimestampReader", () => {
  const read = createTimestampReader("Europe/Berlin")

  it.each([
    ["2026-07-01T12:00:00.123456", "2026-07-01T10:00:00.123456Z", "naive"],
    ["2026-01-01 12:00:00", "2026-01-01T11:00:00.000000Z", "naive"],
    ["2026-01-01", "2025-12-31T23:00:00.000000Z", "naive"],
    ["2026-03-29T02:30:00", "2026-03-29T01:30:00.000000Z", "naive"],
    ["2026-10-25T02:30:00", "2026-10-25T00:30:00.000000Z", "naive"],
    ["2026-07-01T12:00:00.5Z", "2026-07-01T12:00:00.500000Z", null],
    ["2026-07-01T12:00:00+05:30", "2026-07-01T06:30:00.000000Z", null],
    ["2026-07-01T12:00:00-0700", "2026-07-01T19:00:00.000000Z", null],
    ["0001-01-02T00:00:00Z", "0001-01-02T00:00:00.000000Z", null],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z", null],
    ["1782900000", "2026-07-01T10:00:00.000000Z", "epoch"],
    [1782900000123n, "2026-07-01T10:00:00.123000Z", "epoch"],
    [1782900000.25, "2026-07-01T10:00:00.250000Z", "epoch"],
    ["9999-12-31T23:59:59-10:00", null, "unreadable"],
    ["2026-13-01T00:00:00", null, "unreadable"],
    ["20260701", "2026-06-30T22:00:00.000000Z", "naive"],
    ["20260701T120000Z", "2026-07-01T12:00:00.000000Z", null],
    ["2026-0701", null, "unreadable"],
    ["yesterday", null, "unreadable"],
    ["", null, "unreadable"],
    [true, null, "unreadable"],
  ])("reads %s as %s", (value, instant, reading) => {
    expect(read(value)).toEqual({ instant, text: String(value), reading })
  })

  it.each([
    [{ year: 2026n }, '{"year":2026}'],
    [[], "[]"],
    [[1782900000n], "[1782900000]"],
  ])("keeps the JSON of %s, which is no time", (value, text) => {
    expect(read(value)).toEqual({ instant: null, text, reading: "unreadable" })
  })

  it("has nothing to say about a missing one", () => {
    expect(read(undefined)).toEqual({ instant: null, text: null, reading: null })
  })

  it("refuses a timezone nobody knows", () => {
    expect(() => createTimestampReader("Mars/Olympus")).toThrow(RangeError)
  })
})
