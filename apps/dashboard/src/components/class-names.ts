import { extendTailwindMerge } from "tailwind-merge"

const merge = extendTailwindMerge({
  extend: { theme: { text: ["xs", "sm", "base", "lg", "xl"], shadow: ["raised"] } },
})

/** Joins class names; of two that set the same property the last one wins. */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return merge(...names)
}
