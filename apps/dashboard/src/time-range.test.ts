import { expect, test } from "vitest"
import { daysBetween, readTimeRange } from "./time-range.ts"

const now = new Date("2026-11-25T23:59:00Z")
const read = (searchParams: Record<string, string | string[]>) =>
  readTimeRange({ searchParams, now })

test("a period ends today and has the period before behind it", () => {
  const range = read({ period: "7d" })
  expect(range).toMatchObject({
    from: "2026-11-19",
    to: "2026-11-25",
    before: { from: "2026-11-12", to: "2026-11-18" },
    isCustom: false,
    phrase: "in the last 7 days",
  })
})

test("all time has no period before", () => {
  expect(read({ period: "all" })).toMatchObject({ from: null, before: null })
})

test("days of the address win over the period", () => {
  const range = read({ period: "7d", from: "2026-02-27", to: "2026-03-02" })
  expect(range).toMatchObject({
    from: "2026-02-27",
    to: "2026-03-02",
    before: { from: "2026-02-23", to: "2026-02-26" },
    isCustom: true,
    phrase: "from 27 Feb to 2 Mar 2026",
  })
})

test.each([
  { from: "2026-03-02", to: "2026-02-27" },
  { from: "2026-02-30", to: "2026-03-02" },
  { from: "yesterday", to: "2026-03-02" },
  { from: ["2026-02-27", "2026-02-28"], to: "2026-03-02" },
])("%o is no range", (searchParams) => {
  expect(read({ ...searchParams, period: "7d" }).isCustom).toBe(false)
})

test("both ends count", () => {
  expect(daysBetween({ from: "2026-02-27", to: "2026-03-02" })).toBe(4)
})
