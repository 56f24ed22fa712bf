import type { Metadata } from "next"
import { PageHeader } from "../../../../components/page-header.tsx"
import { RangeChip } from "../../../../components/range-chip.tsx"
import { SectionHeader } from "../../../../components/section-header.tsx"
import { Time } from "../../../../components/time.tsx"
import {
  listNeverRecalledMemories,
  listRecalledMemories,
  readRetrievalStatistics,
} from "../../../../data/retrievals.ts"
import { readDailyGrowth, readStatistics } from "../../../../data/statistics.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { formatDay, formatDays } from "../../../../format/format-day.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"
import { sumGrowth } from "../../../../growth.ts"
import { addDays, earlierDay, readTimeRange } from "../../../../time-range.ts"
import { CalendarCard } from "./calendar-card.tsx"
import { describeSuccess } from "./describe-success.ts"
import { EmptyWorkspace } from "./empty-workspace.tsx"
import { GrowthCharts } from "./growth-charts.tsx"
import { MemoryDistributions } from "./memory-distributions.tsx"
import { NeverRecalledCard } from "./never-recalled-card.tsx"
import { OverviewFigures } from "./overview-figures.tsx"
import { RecallEffect } from "./recall-effect.tsx"
import { RecalledCard } from "./recalled-card.tsx"

export const metadata: Metadata = { title: "Overview" }

export default async function OverviewPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const now = new Date()
  const range = readTimeRange({ searchParams: await searchParams, now })
  const yearAgo = addDays(now.toISOString().slice(0, 10), -371)
  const scope = { workspaceId, from: range.from, to: range.from === null ? null : range.to }
  const [statistics, days, retrievals, recalled, neverRecalled] = await Promise.all([
    readStatistics(workspaceId),
    readDailyGrowth({
      workspaceId,
      from: range.before === null ? null : earlierDay(range.before.from, yearAgo),
      to: null,
    }),
    readRetrievalStatistics(scope),
    listRecalledMemories(scope),
    listNeverRecalledMemories(workspaceId),
  ])
  if (statistics.totalTraces === 0 && statistics.totalMemories === 0) return <EmptyWorkspace />

  const growth = sumGrowth(days, range)
  const before = range.before === null ? null : sumGrowth(days, range.before)
  const facts = { workspaceId, range, statistics, days, growth, before, retrievals, now }
  return (
    <>
      <PageHeader
        title={describeSuccess({ now: growth, before, range })}
        answer={
          <>
            {formatFigure({ value: growth.traces, unit: "count" })} traces taught{" "}
            {formatFigure({ value: growth.memories, unit: "count" })} memory items.
            {statistics.lastTraceAt !== null && (
              <>
                {" "}
                Last trace on {formatDay(statistics.lastTraceAt)},{" "}
                <Time at={statistics.lastTraceAt} />.
              </>
            )}
          </>
        }
        {...(range.isCustom &&
          range.from !== null && {
            actions: <RangeChip label={formatDays({ from: range.from, to: range.to })} />,
          })}
      />
      <OverviewFigures facts={facts} />
      <GrowthCharts facts={facts} />
      <div className="mt-4 grid gap-4 2xl:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <CalendarCard facts={facts} />
        <RecallEffect facts={facts} />
      </div>
      <SectionHeader title="What it remembers">
        Everything stored now, whatever the period.
      </SectionHeader>
      <MemoryDistributions facts={facts} />
      <SectionHeader title="What is recalled">
        Of what recorded searches returned {range.phrase}.
      </SectionHeader>
      <div className="grid gap-4 2xl:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <RecalledCard facts={facts} memories={recalled} />
        <NeverRecalledCard facts={facts} memories={neverRecalled} />
      </div>
    </>
  )
}
