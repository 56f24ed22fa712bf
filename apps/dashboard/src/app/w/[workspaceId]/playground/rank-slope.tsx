import type { RankPair } from "./compare-ranks.ts"

const stub = 14

/** Lines from each memory's place on one side to its place on the other; a stub ends where the other side has none. */
export function RankSlope({
  pairs,
  rows,
  rowHeight,
  active,
}: {
  pairs: readonly RankPair[]
  /** Of the longer side. */
  rows: number
  /** In pixels. */
  rowHeight: number
  /** The memory that is pointed at. */
  active: string | null
}) {
  const height = rows * rowHeight
  const middle = (rank: number) => (rank - 0.5) * rowHeight
  const sorted = pairs.toSorted(
    (one, other) => Number(one.id === active) - Number(other.id === active),
  )
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      {sorted.map(({ id, supabase, opponent, move }) => {
        const left = supabase === null ? null : middle(supabase.rank)
        const right = opponent === null ? null : middle(opponent.rank)
        const isActive = id === active
        return (
          <path
            key={id}
            d={linePath({ left, right })}
            fill="none"
            vectorEffect="non-scaling-stroke"
            stroke={`var(--${isActive ? "accent" : colorOf(move)})`}
            strokeWidth={isActive ? 3 : move === 0 ? 1.25 : 2}
            strokeDasharray={move === null ? "3 3" : undefined}
            opacity={active === null || isActive ? 1 : 0.35}
          />
        )
      })}
    </svg>
  )
}

function linePath({ left, right }: { left: number | null; right: number | null }): string {
  if (left !== null && right !== null) return `M0 ${left} C40 ${left} 60 ${right} 100 ${right}`
  return left !== null ? `M0 ${left} H${stub}` : `M${100 - stub} ${right} H100`
}

function colorOf(move: number | null): string {
  if (move === null) return "chart-partial"
  return move === 0 ? "line-strong" : move > 0 ? "chart-1" : "chart-2"
}
