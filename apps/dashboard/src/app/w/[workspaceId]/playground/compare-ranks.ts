import type { RankedMemory } from "../../../../data/compare-searches.ts"

/** A memory that at least one side found; a rank counts from 1 and is null where the other side alone found it. */
export type RankPair = {
  id: string
  title: string
  supabase: { rank: number; similarity: number | null } | null
  opponent: { rank: number; similarity: number | null } | null
  /** Places higher (positive) or lower in the opponent's order than in Supabase's; null unless both found it. */
  move: number | null
}

export type RankComparison = {
  /** In Supabase's order, then what the opponent alone found in its order. */
  pairs: RankPair[]
  /** Found by both. */
  shared: number
  /** How many there could be: k, or all that the longer side found. */
  possible: number
  /** Found by both at different places. */
  moved: number
}

/** Two lists of results held against each other. */
export function compareRanks({
  supabase,
  opponent,
}: {
  supabase: readonly RankedMemory[]
  opponent: readonly RankedMemory[]
}): RankComparison {
  const theirs = placesOf(opponent)
  const ours = placesOf(supabase)
  const pairs = [
    ...supabase.map(({ id, title }) => pair({ id, title, ours, theirs })),
    ...opponent
      .filter(({ id }) => !ours.has(id))
      .map(({ id, title }) => pair({ id, title, ours, theirs })),
  ]
  const moves = pairs.flatMap(({ move }) => (move === null ? [] : [move]))
  return {
    pairs,
    shared: moves.length,
    possible: Math.max(supabase.length, opponent.length),
    moved: moves.filter((move) => move !== 0).length,
  }
}

type Places = Map<string, { rank: number; similarity: number | null }>

function placesOf(memories: readonly RankedMemory[]): Places {
  return new Map(memories.map(({ id, similarity }, place) => [id, { rank: place + 1, similarity }]))
}

function pair({
  id,
  title,
  ours,
  theirs,
}: {
  id: string
  title: string
  ours: Places
  theirs: Places
}): RankPair {
  const supabase = ours.get(id) ?? null
  const opponent = theirs.get(id) ?? null
  const move = supabase === null || opponent === null ? null : supabase.rank - opponent.rank
  return { id, title, supabase, opponent, move }
}
