import { createTailwindMerge } from "tailwind-merge"

const any = () => true
const group = (name: string, values: readonly (string | (() => boolean))[] = [any]) => [
  { [name]: [...values] },
]
const sides = ["x", "y", "t", "r", "b", "l"]

/** Only the groups that our components let their users override: knowing all of Tailwind's would weigh three times as much. */
const merge = createTailwindMerge(() => ({
  cacheSize: 200,
  theme: {},
  classGroups: {
    size: group("size"),
    h: group("h"),
    w: group("w"),
    "max-w": group("max-w"),
    "min-w": group("min-w"),
    "max-h": group("max-h"),
    p: group("p"),
    px: group("px"),
    py: group("py"),
    pl: group("pl"),
    pr: group("pr"),
    pt: group("pt"),
    pb: group("pb"),
    gap: group("gap"),
    justify: group("justify"),
    items: group("items"),
    display: [
      "block",
      "inline-block",
      "inline",
      "flex",
      "inline-flex",
      "grid",
      "contents",
      "hidden",
    ],
    rounded: group("rounded"),
    shadow: group("shadow"),
    bg: group("bg"),
    "border-side": group("border", sides),
    "border-color": group("border"),
    "font-family": group("font", ["sans", "mono"]),
    "font-weight": group("font"),
    "text-size": group("text", ["xs", "sm", "base", "lg", "xl"]),
    "text-align": group("text", ["left", "center", "right"]),
    "text-wrap": group("text", ["balance", "pretty", "wrap", "nowrap"]),
    "text-color": group("text"),
    overflow: group("overflow"),
    opacity: group("opacity"),
  },
  conflictingClassGroups: {
    size: ["w", "h"],
    p: ["px", "py", "pl", "pr", "pt", "pb"],
    px: ["pl", "pr"],
    py: ["pt", "pb"],
  },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: [],
}))

/** Joins class names; of two that set the same property the last one wins. */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return merge(...names)
}
