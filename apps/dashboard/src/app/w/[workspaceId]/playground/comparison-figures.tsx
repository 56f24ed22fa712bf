import { StatFigure } from "../../../../components/stat-figure.tsx"
import type { Comparison, RankedAnswer } from "../../../../data/compare-searches.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import type { RankComparison } from "./compare-ranks.ts"

/** How far both sides agree and what each took. */
export function ComparisonFigures({
  k,
  answer: { supabase, opponent, embeddingInMs },
  ranks,
  names,
}: {
  k: number
  answer: Comparison
  /** Null where one side has no list. */
  ranks: RankComparison | null
  names: { supabase: string; opponent: string }
}) {
  const missing = "Nothing to compare with"
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <StatFigure
        label={`Overlap@${k}`}
        value={
          ranks === null || ranks.possible === 0
            ? null
            : formatFigure({ value: (100 * ranks.shared) / ranks.possible, unit: "percent" })
        }
        missing={ranks === null ? missing : "No results"}
        href="#results"
      >
        {ranks !== null && ranks.possible > 0 && (
          <span className="mt-1 text-ink-muted text-xs">
            {ranks.shared} of {ranks.possible}
          </span>
        )}
      </StatFigure>
      <StatFigure
        label="At other places"
        value={ranks === null ? null : formatFigure({ value: ranks.moved, unit: "count" })}
        missing={missing}
        href="#moves"
      >
        {ranks !== null && (
          <span className="mt-1 text-ink-muted text-xs">of {ranks.shared} in both</span>
        )}
      </StatFigure>
      {[
        { name: names.supabase, side: supabase },
        { name: names.opponent, side: opponent },
      ].map(({ name, side }) => (
        <StatFigure
          key={name}
          label={`${name}, total`}
          value={totalText({ side, embeddingInMs })}
          missing={side === null ? missing : "It failed"}
          href="#latency"
        >
          {side?.problem === null && (
            <span className="mt-1 text-ink-muted text-xs">
              {formatFigure({ value: side.databaseInMs, unit: "milliseconds" })} database
            </span>
          )}
        </StatFigure>
      ))}
    </div>
  )
}

function totalText({
  side,
  embeddingInMs,
}: {
  side: RankedAnswer | null
  embeddingInMs: number | null
}): string | null {
  if (side === null || side.problem !== null) return null
  return formatFigure({ value: (embeddingInMs ?? 0) + side.databaseInMs, unit: "milliseconds" })
}
