import { expect, test } from "vitest"
import { compareFigures } from "./compare-figures.ts"

const against = "the 30 days before"

test("rates differ by points", () => {
  expect(
    compareFigures({ now: 74.2, before: 61, unit: "percent", better: "more", against }),
  ).toEqual({ direction: "up", text: "+13.2 points", isGood: true, against })
})

test("less can be better", () => {
  expect(
    compareFigures({ now: 30, before: 20, unit: "milliseconds", better: "less", against }),
  ).toEqual({ direction: "up", text: "+50 %", isGood: false, against })
})

test("counts differ by a share, and by themselves where there was none", () => {
  expect(compareFigures({ now: 15, before: 20, unit: "count", against })).toMatchObject({
    direction: "down",
    text: "−25 %",
    isGood: null,
  })
  expect(compareFigures({ now: 15, before: 0, unit: "count", against })?.text).toBe("+15")
})

test("what rounds to nothing is no change", () => {
  expect(compareFigures({ now: 74.21, before: 74.2, unit: "percent", against })).toMatchObject({
    direction: "none",
    isGood: null,
  })
})

test("without both there is nothing to compare", () => {
  expect(compareFigures({ now: null, before: 3, unit: "percent", against })).toBeUndefined()
  expect(compareFigures({ now: 3, before: null, unit: "percent", against })).toBeUndefined()
})
