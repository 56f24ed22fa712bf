import { expect, test } from "vitest"
import { csvCell } from "./csv-cell.ts"

test.each([
  ["plain", "plain"],
  ['say "hi", please', '"say ""hi"", please"'],
  ["two\nlines", '"two\nlines"'],
  [" spaced ", '" spaced "'],
  ["=1+1", "'=1+1"],
  ["@cmd", "'@cmd"],
  ["-2+3", "'-2+3"],
  ["\t=1", "'\t=1"],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  [-5, "-5"],
  [null, ""],
  [["a", "b"], '"[""a"",""b""]"'],
] as const)("%j", (value, cell) => {
  expect(csvCell({ value, isDefused: true })).toBe(cell)
})

test("a formula stays as it is when asked for", () => {
  expect(csvCell({ value: "=1+1", isDefused: false })).toBe("=1+1")
})
