export const searchModes = ["keyword", "semantic", "hybrid"] as const

/** By words, by meaning, or by both; `?mode=` in the address. */
export type SearchMode = (typeof searchModes)[number]

export const searchModeLabels: Record<SearchMode, string> = {
  keyword: "Words",
  semantic: "Meaning",
  hybrid: "Both",
}
