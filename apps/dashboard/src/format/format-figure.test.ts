import { expect, test } from "vitest"
import { type FigureUnit, formatFigure } from "./format-figure.ts"

const figures: [number | null, FigureUnit, string][] = [
  [1284, "count", "1,284"],
  [12_840, "count", "12.8k"],
  [2_500_000, "count", "2.5M"],
  [999_999, "count", "1M"],
  [0, "count", "0"],
  [null, "count", "–"],
  [74.2424, "percent", "74.2 %"],
  [100, "percent", "100 %"],
  [0, "percent", "0 %"],
  [Number.NaN, "percent", "–"],
  [8.72, "milliseconds", "8.7 ms"],
  [18.4, "milliseconds", "18 ms"],
  [12_400, "milliseconds", "12.4 s"],
  [0, "bytes", "0 bytes"],
  [999, "bytes", "999 bytes"],
  [4_120_000, "bytes", "4.1 MB"],
  [5e15, "bytes", "5,000 TB"],
  [0.456, "decimal", "0.46"],
]

test.each(figures)("%s in %s is %s", (value, unit, text) => {
  expect(formatFigure({ value, unit })).toBe(text)
})
