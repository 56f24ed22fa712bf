import type { Opponent } from "../../../../data/compare-searches.ts"
import type { RankComparison } from "./compare-ranks.ts"

export const opponentNames: Record<Opponent, string> = { chroma: "Chroma", exact: "Exact search" }

/** What the page says in a sentence: how far both sides agree. */
export function describeComparison({
  comparison: { shared, possible, moved },
  against,
}: {
  comparison: Pick<RankComparison, "shared" | "possible" | "moved">
  against: Opponent
}): string {
  if (possible === 0) return "Neither side found anything"
  if (against === "exact") {
    return shared === possible
      ? `The search found all of the ${possible} truly best`
      : `The search found ${shared} of the ${possible} truly best`
  }
  if (shared === 0) return `Chroma and Supabase share none of their ${possible} best`
  if (shared < possible) return `Chroma and Supabase agree on ${shared} of the ${possible} best`
  return moved === 0
    ? `Chroma and Supabase give the same ${possible} in the same order`
    : `Chroma and Supabase give the same ${possible}, ${moved} of them at other places`
}
