import type { Why } from "../data/memory-row.ts"

const parts = [
  { name: "similarity", weight: 0.6, color: "bg-(--chart-1)" },
  { name: "recency", weight: 0.3, color: "bg-(--chart-2)" },
  { name: "error", weight: 0.1, color: "bg-(--chart-3)" },
] as const

/** What a score is made of: similarity, recency and error, each by its weight, in one bar as wide as a score of 1. */
export function ScoreBar({ why }: { why: Why }) {
  const values = { similarity: why.similarity, recency: why.recency, error: why.error }
  const text = parts
    .map(({ name, weight }) => {
      const value = values[name]
      return value === null ? `${name} unknown` : `${name} ${value.toFixed(2)} × ${weight}`
    })
    .join(", ")
  return (
    <span className="inline-flex items-center gap-2" title={text}>
      <span className="flex h-1.5 w-24 overflow-hidden rounded-full bg-sunken" aria-hidden>
        {parts.map(({ name, weight, color }) => (
          <span
            key={name}
            className={color}
            style={{ width: `${Math.max(values[name] ?? 0, 0) * weight * 100}%` }}
          />
        ))}
      </span>
      <span className="font-medium text-sm tabular-nums">{why.score.toFixed(2)}</span>
      <span className="sr-only">score: {text}</span>
    </span>
  )
}

/** Names the colours of `ScoreBar`. */
export function ScoreLegend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-xs">
      {parts.map(({ name, weight, color }) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-full ${color}`} />
          {name} × {weight}
        </li>
      ))}
    </ul>
  )
}
