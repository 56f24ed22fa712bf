const size = { width: 120, height: 24, edge: 3 }

/** The scores of an attempt as a line; nothing when fewer than two steps have one. */
export function ScoreLine({ scores }: { scores: readonly (number | null)[] }) {
  const known = scores.flatMap((score, place) => (score === null ? [] : [{ score, place }]))
  const first = known[0]
  const last = known.at(-1)
  if (first === undefined || last === undefined || known.length < 2) return null
  const top = Math.max(1, ...known.map(({ score }) => score))
  const points = known.map(({ score, place }) => {
    const x = size.edge + (place / Math.max(1, scores.length - 1)) * (size.width - 2 * size.edge)
    const y = size.height - size.edge - (Math.max(0, score) / top) * (size.height - 2 * size.edge)
    return { x, y }
  })
  return (
    <span className="inline-flex items-center gap-2 text-ink-muted text-xs tabular-nums">
      <svg width={size.width} height={size.height} aria-hidden="true">
        <polyline
          points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
          fill="none"
          strokeWidth="1.5"
          className="stroke-(--chart-1)"
        />
        {points.map(({ x, y }) => (
          <circle key={x} cx={x} cy={y} r="2" className="fill-(--chart-1)" />
        ))}
      </svg>
      Score {first.score} → {last.score}
    </span>
  )
}
