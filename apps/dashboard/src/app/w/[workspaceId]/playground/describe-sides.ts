import type { Opponent } from "../../../../data/compare-searches.ts"
import { countOf } from "../../../../formats/format-count.ts"
import type { SearchMode } from "../../../../search-words/search-mode.ts"

/** Up to so many vectors `private.nearest_rows` compares every one and asks no index. */
const comparedOneByOne = 4_000

/** How each side came to its results, in one line. */
export function describeSides({
  against,
  mode,
  vectors,
}: {
  against: Opponent
  mode: SearchMode
  /** Stored in the workspace. */
  vectors: number
}): { supabase: string; opponent: string } {
  const count = countOf(vectors, { one: "vector", many: "vectors" })
  const ours: Record<SearchMode, string> = {
    keyword: "Full text search.",
    semantic:
      vectors > comparedOneByOne
        ? "Approximate, by its HNSW index."
        : `With ${count} it compares every one.`,
    hybrid: "Words and meaning, fused by rank.",
  }
  const theirs: Record<SearchMode, string> = {
    keyword: "Knows no words: its records are ranked here.",
    semantic: "Its index, ranked by cosine.",
    hybrid: "Its index and words ranked here, fused by rank.",
  }
  const exact = mode === "semantic" ? `Each of ${count} compared.` : "Only by meaning."
  return { supabase: ours[mode], opponent: against === "chroma" ? theirs[mode] : exact }
}
