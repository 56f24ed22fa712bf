import type { ReactNode } from "react"
import { PageHeader } from "../../../../components/page-header.tsx"
import type { Comparison, Opponent } from "../../../../data/compare-searches.ts"
import type { SearchMode } from "../../../../search-words/search-mode.ts"
import { compareRanks } from "./compare-ranks.ts"
import { ComparedResults } from "./compared-results.tsx"
import { ComparisonFigures } from "./comparison-figures.tsx"
import { describeComparison, opponentNames } from "./describe-comparison.ts"
import { describeSides } from "./describe-sides.ts"
import { LatencySplit } from "./latency-split.tsx"
import { MissingModelNote } from "./playground-notes.tsx"
import { RankTable } from "./rank-table.tsx"
import { SideProblem, WordsAreExact } from "./side-notes.tsx"

const ways: Record<SearchMode, string> = {
  keyword: "words",
  semantic: "meaning",
  hybrid: "words and meaning",
}

/** What both sides answered to one question. */
export function ComparisonView({
  workspaceId,
  comparison,
  wanted: { k, against, isByStoredVector },
  vectors,
  form,
  note,
}: {
  workspaceId: string
  comparison: Comparison
  wanted: { k: number; against: Opponent; isByStoredVector: boolean }
  /** Stored in the workspace. */
  vectors: number
  form: ReactNode
  note: ReactNode
}) {
  const { supabase, opponent, mode, hasModel, embeddingInMs } = comparison
  const names = { supabase: "Supabase", opponent: opponentNames[against] }
  const ranks =
    supabase.memories === null || opponent === null || opponent.memories === null
      ? null
      : compareRanks({ supabase: supabase.memories, opponent: opponent.memories })
  const measured = [
    { name: names.supabase, side: supabase },
    { name: names.opponent, side: opponent },
  ].flatMap(({ name, side }) =>
    side === null || side.problem !== null ? [] : [{ name, databaseInMs: side.databaseInMs }],
  )
  const descriptions = describeSides({ against, mode, vectors })
  return (
    <>
      <PageHeader
        title={
          ranks === null ? "Search playground" : describeComparison({ comparison: ranks, against })
        }
        answer={`The ${k} best by ${ways[mode]}.`}
      />
      {form}
      {!hasModel && <MissingModelNote />}
      {note}
      <ComparisonFigures k={k} answer={comparison} ranks={ranks} names={names} />
      <ComparedResults
        workspaceId={workspaceId}
        first={{
          name: names.supabase,
          description: descriptions.supabase,
          memories: supabase.memories,
          instead: <SideProblem side={supabase} />,
        }}
        second={{
          name: names.opponent,
          description: descriptions.opponent,
          memories: opponent?.memories ?? null,
          instead: opponent === null ? <WordsAreExact /> : <SideProblem side={opponent} />,
        }}
        pairs={ranks?.pairs ?? []}
        isByBoth={mode === "hybrid"}
      />
      {measured.length > 0 && (
        <LatencySplit
          workspaceId={workspaceId}
          embeddingInMs={embeddingInMs}
          noEmbedding={isByStoredVector ? "the vector was stored" : "words need none"}
          rows={measured}
        />
      )}
      {ranks !== null && ranks.possible > 0 && (
        <RankTable workspaceId={workspaceId} comparison={ranks} names={names} />
      )}
    </>
  )
}
