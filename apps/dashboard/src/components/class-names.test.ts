import { expect, test } from "vitest"
import { classNames } from "./class-names.ts"

test.each([
  [["h-8 px-3 text-sm", "h-9 px-0"], "text-sm h-9 px-0"],
  [["px-3 py-1", "p-2"], "p-2"],
  [["size-8", "h-9"], "size-8 h-9"],
  [["h-8 w-3", "size-8"], "size-8"],
  [
    ["text-ink text-sm font-medium", "text-failure font-normal"],
    "text-sm text-failure font-normal",
  ],
  [["border border-line border-b", "border-accent/60"], "border border-b border-accent/60"],
  [["bg-surface hover:bg-hover", "bg-accent-soft"], "hover:bg-hover bg-accent-soft"],
  [["h-8 max-sm:h-6", "max-sm:h-7"], "h-8 max-sm:h-7"],
  [["font-mono font-medium", false, undefined, "font-semibold"], "font-mono font-semibold"],
  [["inline-flex", "hidden"], "hidden"],
  [["rounded-md text-center text-balance", "rounded-lg"], "text-center text-balance rounded-lg"],
] satisfies [(string | false | undefined)[], string][])("%j is %s", (names, expected) => {
  expect(classNames(...names)).toBe(expected)
})
