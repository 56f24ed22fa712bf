import { ScoreLegend } from "../../../../components/score-bar.tsx"
import type { SearchAnswer } from "../../../../data/search-memories.ts"
import { countOf } from "../../../../formats/format-count.ts"
import type { SearchMode } from "../../../../search-words/search-mode.ts"

const ways: Record<SearchMode, string> = {
  keyword: "words",
  semantic: "meaning",
  hybrid: "words and meaning",
}

/** What a search found, how, and what it took. */
export function SearchSummary({
  answer: { found, mode, hasModel, embeddingInMs, databaseInMs },
  wanted,
  limit,
}: {
  answer: SearchAnswer
  wanted: SearchMode
  limit: number
}) {
  const count =
    found.length === limit
      ? `The best ${limit}`
      : countOf(found.length, { one: "memory", many: "memories" })
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b py-3 text-ink-muted text-sm">
      <p aria-live="polite">
        {count}, by {ways[mode]} · database {Math.round(databaseInMs)} ms
        {embeddingInMs !== null && ` · embedding ${Math.round(embeddingInMs)} ms`}
        {!hasModel && wanted !== "keyword" && (
          <span className="block text-partial">
            Searched by words only, because this server has no working embedding model:{" "}
            <code className="font-mono">pnpm model</code> fetches it.
          </span>
        )}
      </p>
      <ScoreLegend />
    </div>
  )
}
