import { ArrowDown, ArrowUp, Equal } from "lucide-react"
import { Badge } from "../../../../components/badge.tsx"

/** How a memory stands here against the other side; null is one that the other side did not find. */
export function RankMove({ places, other }: { places: number | null; other: string }) {
  if (places === null) {
    return (
      <Badge tone="partial">
        only here
        <span className="sr-only">, not in {other}</span>
      </Badge>
    )
  }
  if (places === 0) {
    return (
      <span className="inline-flex items-center text-ink-faint text-xs" title="The same place">
        <Equal aria-hidden className="size-3.5" />
        <span className="sr-only">the same place as in {other}</span>
      </span>
    )
  }
  const Arrow = places > 0 ? ArrowUp : ArrowDown
  const count = Math.abs(places)
  const text = `${count} ${count === 1 ? "place" : "places"} ${places > 0 ? "higher" : "lower"} than in ${other}`
  return (
    <span
      title={text}
      className={`inline-flex items-center gap-0.5 font-medium text-xs tabular-nums ${moveInk(places)}`}
    >
      <Arrow aria-hidden className="size-3.5" />
      <span aria-hidden>{count}</span>
      <span className="sr-only">{text}</span>
    </span>
  )
}

function moveInk(places: number): string {
  return places > 0 ? "text-accent-ink" : "text-ink-muted"
}
