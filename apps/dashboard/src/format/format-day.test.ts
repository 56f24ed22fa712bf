import { expect, test } from "vitest"
import { formatDay, formatDays } from "./format-day.ts"

test("a day has no time zone", () => {
  expect(formatDay("2026-10-08")).toBe("8 Oct 2026")
  expect(formatDay("2026-10-08T23:59:59.9Z", { hasYear: false })).toBe("8 Oct")
})

test("two days leave out what they share", () => {
  expect(formatDays({ from: "2026-09-01", to: "2026-09-30" })).toBe("1 to 30 Sep 2026")
  expect(formatDays({ from: "2026-08-28", to: "2026-09-03" })).toBe("28 Aug to 3 Sep 2026")
  expect(formatDays({ from: "2025-12-28", to: "2026-01-03" })).toBe("28 Dec 2025 to 3 Jan 2026")
  expect(formatDays({ from: "2026-09-01", to: "2026-09-01" })).toBe("1 Sep 2026")
})
