import type { BarListItem } from "../../../../components/bar-list.tsx"
import { formatFigure } from "../../../../format/format-figure.ts"
import { type RowsFilter, rowsPath } from "../../../../frame/rows-path.ts"
import { DistributionCard } from "./distribution-card.tsx"
import type { OverviewFacts } from "./overview-facts.ts"
import { rankDistribution } from "./rank-distribution.ts"

/** Outcomes of all traces; difficulty, stages, vectors, domains and tags of all memory items. */
export function MemoryDistributions({
  facts: { statistics, workspaceId },
}: {
  facts: OverviewFacts
}) {
  const { totalMemories, totalTraces } = statistics
  const memories = (filter: RowsFilter) => rowsPath({ workspaceId, page: "memories", filter })
  const toItems = (
    settings: Parameters<typeof rankDistribution>[0] & {
      labelOf?: (value: string) => string
      filterOf?: (value: string) => RowsFilter
    },
  ): BarListItem[] =>
    rankDistribution(settings).map(({ value, count }) => ({
      key: value,
      label: settings.labelOf?.(value) ?? value,
      count,
      ...(settings.filterOf !== undefined && { href: memories(settings.filterOf(value)) }),
    }))
  return (
    <div className="gap-4 md:columns-2 2xl:columns-3">
      <DistributionCard
        title="Outcomes"
        description="Of all traces."
        total={totalTraces}
        items={outcomeItems({ statistics, workspaceId })}
        missing="Not judged"
      />
      <DistributionCard
        title="Difficulty"
        description="Of memory items."
        total={totalMemories}
        items={toItems({
          counts: statistics.difficulties,
          order: "difficulty",
          filterOf: (difficulty) => ({ difficulty }),
        })}
        missing="None"
      />
      <DistributionCard
        title="Evolution stages"
        description={`On average ${formatFigure({ value: statistics.averageStage, unit: "decimal" })}. Stage 0 was learned from a trace, each further one refined it.`}
        total={totalMemories}
        items={toItems({
          counts: statistics.stages,
          order: "number",
          labelOf: (stage) => `Stage ${stage}`,
          filterOf: (stage) => ({ stage }),
        })}
      />
      <DistributionCard
        id="vectors"
        title="Embedding coverage"
        description={`${formatFigure({ value: statistics.embeddingCoverage, unit: "percent" })} of memory items have a vector and can be found by meaning.`}
        total={totalMemories}
        items={toItems({ counts: statistics.embeddingModels })}
        missing="Without a vector"
      />
      <DistributionCard
        title="Domains"
        description="Of memory items."
        total={totalMemories}
        items={toItems({ counts: statistics.domains, filterOf: (domain) => ({ domain }) })}
        allHref={memories({})}
        missing="None"
      />
      <DistributionCard
        title="Top tags"
        description="A memory item may have several."
        total={totalMemories}
        items={toItems({ counts: statistics.tags, filterOf: (tag) => ({ tag }) })}
        allHref={memories({})}
      />
    </div>
  )
}

function outcomeItems({
  statistics: { successTraces, partialTraces, failureTraces },
  workspaceId,
}: Pick<OverviewFacts, "statistics" | "workspaceId">): BarListItem[] {
  const item = (key: string, label: string, count: number, barClass: string) => ({
    key,
    label,
    count,
    barClass,
    href: rowsPath({ workspaceId, page: "traces", filter: { outcome: key } }),
  })
  return [
    item("success", "Success", successTraces, "bg-success-soft"),
    item("partial", "Partial", partialTraces, "bg-partial-soft"),
    item("failure", "Failure", failureTraces, "bg-failure-soft"),
  ]
}
