import Link from "next/link"
import { MarkedText } from "../../../../components/marked-text.tsx"
import { OptionalTime } from "../../../../components/optional-time.tsx"
import { ScoreBar } from "../../../../components/score-bar.tsx"
import type { MemoryRow, Why } from "../../../../data/memory-row.ts"
import { MemoryFacts } from "./memory-facts.tsx"

/** One result of a search, with why it was found. */
export function FoundMemoryLink({
  row,
  words,
  href,
}: {
  row: MemoryRow
  words: readonly string[]
  href: string
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="grid gap-x-8 gap-y-2 px-2 py-3 hover:bg-hover/50 lg:grid-cols-[minmax(0,1fr)_15rem]"
    >
      <span className="min-w-0">
        <span className="block font-medium">
          <MarkedText text={row.title} words={words} />
        </span>
        <span className="mt-0.5 line-clamp-2 block max-w-[100ch] text-ink-muted text-sm">
          <MarkedText text={row.excerpt} words={words} />
        </span>
        <span className="mt-1.5 block">
          <MemoryFacts row={row} />
        </span>
      </span>
      <span className="flex flex-row flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted text-xs lg:flex-col lg:items-end">
        <ScoreBar why={row.why} />
        <Ranks why={row.why} />
        <OptionalTime time={row.createdAt} />
      </span>
    </Link>
  )
}

function Ranks({ why: { similarity, semanticRank, keywordRank } }: { why: Why }) {
  return (
    <span className="flex flex-wrap gap-x-3 tabular-nums">
      {semanticRank !== null && (
        <span>
          meaning #{semanticRank}
          {similarity !== null && ` (${similarity.toFixed(2)})`}
        </span>
      )}
      {keywordRank !== null && <span>words #{keywordRank}</span>}
      {semanticRank !== null && keywordRank !== null && (
        <RankMove places={keywordRank - semanticRank} />
      )}
    </span>
  )
}

function RankMove({ places }: { places: number }) {
  if (places === 0) return null
  return (
    <span title="How many places higher or lower by meaning than by words">
      <span aria-hidden>
        {places > 0 ? "↑" : "↓"}
        {Math.abs(places)}
      </span>
      <span className="sr-only">
        {Math.abs(places)} places {places > 0 ? "higher" : "lower"} by meaning than by words
      </span>
    </span>
  )
}
