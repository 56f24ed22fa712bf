import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { PageHeader } from "../../components/page-header.tsx"
import { RangeChip } from "../../components/range-chip.tsx"
import { listWorkspaceStatistics, readDailyGrowth, readStatistics } from "../../data/statistics.ts"
import { listWorkspaces } from "../../data/workspaces.ts"
import { formatDays } from "../../format/format-day.ts"
import { Frame } from "../../frame/frame.tsx"
import { sumGrowth } from "../../growth.ts"
import { readTimeRange } from "../../time-range.ts"
import { describeSuccess } from "../w/[workspaceId]/overview/describe-success.ts"
import { WorkspacesCharts } from "./workspaces-charts.tsx"
import { WorkspacesFigures } from "./workspaces-figures.tsx"
import { WorkspacesTable } from "./workspaces-table.tsx"

export const metadata: Metadata = { title: "All workspaces" }

export default async function WorkspacesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const workspaces = await listWorkspaces()
  if (workspaces.length === 0) redirect("/welcome")
  const now = new Date()
  const range = readTimeRange({ searchParams: await searchParams, now })
  const [statistics, rows, days] = await Promise.all([
    readStatistics(null),
    listWorkspaceStatistics(),
    readDailyGrowth({ workspaceId: null, from: range.before?.from ?? null, to: null }),
  ])
  const growth = sumGrowth(days, range)
  const before = range.before === null ? null : sumGrowth(days, range.before)
  const facts = { range, statistics, days, growth, before }
  return (
    <Frame workspaceId={null}>
      <PageHeader
        title={
          statistics.totalTraces === 0
            ? "All workspaces"
            : describeSuccess({ now: growth, before, range })
        }
        answer={
          workspaces.length === 1
            ? "In your one workspace."
            : `In your ${workspaces.length} workspaces together.`
        }
        {...(range.isCustom &&
          range.from !== null && {
            actions: <RangeChip label={formatDays({ from: range.from, to: range.to })} />,
          })}
      />
      {statistics.totalTraces + statistics.totalMemories > 0 && (
        <>
          <WorkspacesFigures facts={facts} />
          <WorkspacesCharts facts={facts} />
        </>
      )}
      <WorkspacesTable workspaces={workspaces} rows={rows} />
    </Frame>
  )
}
