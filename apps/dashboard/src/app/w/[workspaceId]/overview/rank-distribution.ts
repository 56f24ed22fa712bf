import type { Distribution } from "../../../../data/statistics.ts"

const difficulties = ["simple", "moderate", "complex", "expert"]

/** The values of a distribution: the most frequent first, or in the order of what they mean. */
export function rankDistribution({
  counts,
  order = "count",
}: {
  counts: Distribution
  order?: "count" | "number" | "difficulty"
}): { value: string; count: number }[] {
  const entries = Object.entries(counts).map(([value, count]) => ({ value, count }))
  return entries.sort((one, other) => {
    if (order === "number") return Number(one.value) - Number(other.value)
    if (order === "difficulty") return difficultyOf(one.value) - difficultyOf(other.value)
    return other.count - one.count || one.value.localeCompare(other.value, "en")
  })
}

function difficultyOf(value: string): number {
  const place = difficulties.indexOf(value)
  return place === -1 ? difficulties.length : place
}
