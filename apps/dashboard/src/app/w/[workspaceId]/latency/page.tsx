import { Activity } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { PollPage } from "../../../../components/poll-page.tsx"
import { RangeChip } from "../../../../components/range-chip.tsx"
import { Time } from "../../../../components/time.tsx"
import {
  listRecentRetrievals,
  listSlowestRetrievals,
  readRetrievalLatency,
} from "../../../../data/latency.ts"
import { readRetrievalStatistics } from "../../../../data/retrievals.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { formatDays } from "../../../../format/format-day.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import {
  readWorkspaceId,
  type WorkspaceParams,
  workspacePath,
} from "../../../../frame/workspace-path.ts"
import { readTimeRange } from "../../../../time-range.ts"
import { BackendLinks } from "./backend-links.tsx"
import { LatencyCharts } from "./latency-charts.tsx"
import { LatencyFigures } from "./latency-figures.tsx"
import { bucketHours, latencyRows } from "./latency-rows.ts"
import { percentile } from "./percentile.ts"
import { SlowestSearches } from "./slowest-searches.tsx"

export const metadata: Metadata = { title: "Latency" }

const pollInMs = 15_000

export default async function LatencyPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const query = await searchParams
  const now = new Date()
  const range = readTimeRange({ searchParams: query, now })
  const scope = { workspaceId, from: range.from, to: range.to }
  const buckets = await readRetrievalLatency({ ...scope, bucket: `${bucketHours(range)} hours` })
  const backends = [...new Set(buckets.map(({ backend }) => backend))].sort()
  const backend = backends.find((known) => known === query.backend) ?? mostAsked(buckets)
  const chip = range.isCustom && range.from !== null && (
    <RangeChip label={formatDays({ from: range.from, to: range.to })} />
  )
  if (backend === undefined) {
    return (
      <>
        <PageHeader title="Latency" actions={chip} />
        <PollPage everyInMs={pollInMs} />
        <EmptyState
          icon={<Activity aria-hidden />}
          title={
            range.period === "all" && !range.isCustom
              ? "No search was recorded yet"
              : `No search was recorded ${range.phrase}`
          }
        >
          Percentiles over time, split into embedding and database, stand here as soon as a program
          searches through a storage backend, which records what each search cost.
        </EmptyState>
      </>
    )
  }

  const before = range.before === null ? null : { workspaceId, ...range.before, backend }
  const [recent, recentBefore, slowest, statistics, statisticsBefore] = await Promise.all([
    listRecentRetrievals({ ...scope, backend }),
    before === null ? null : listRecentRetrievals(before),
    listSlowestRetrievals({ ...scope, backend }),
    readRetrievalStatistics({ ...scope, backend }),
    before === null ? null : readRetrievalStatistics(before),
  ])
  const durations = recent.retrievals.map(({ total_ms }) => total_ms)
  const isAll = recent.retrievals.length >= recent.count
  const counted = formatFigure({ value: recent.retrievals.length, unit: "count" })
  return (
    <>
      <PageHeader
        title={headingOf(durations)}
        answer={
          <>
            {isAll ? `Of ${counted} searches` : `Of the newest ${counted} searches`} {range.phrase}.
            {recent.retrievals[0] !== undefined && (
              <>
                {" "}
                Last search <Time at={recent.retrievals[0].occurred_at} />.
              </>
            )}
          </>
        }
        actions={
          <>
            {backends.length > 1 && (
              <BackendLinks
                backends={backends}
                chosen={backend}
                hrefOf={(other) => backendHref({ workspaceId, query, backend: other })}
              />
            )}
            {chip}
          </>
        }
      />
      <PollPage everyInMs={pollInMs} />
      <LatencyFigures
        durations={durations}
        durationsBefore={(recentBefore?.retrievals ?? []).map(({ total_ms }) => total_ms)}
        statistics={statistics}
        statisticsBefore={statisticsBefore}
        range={range}
      />
      <LatencyCharts
        rows={latencyRows({ buckets, backend, range, now })}
        durations={durations}
        durationsOf={isAll ? "Of all searches." : `Of the newest ${counted} searches.`}
      />
      <SlowestSearches retrievals={slowest} />
    </>
  )
}

function headingOf(durations: readonly (number | null)[]): string {
  const half = percentile({ values: durations, place: 0.5 })
  const most = percentile({ values: durations, place: 0.95 })
  if (half === null || most === null) return "Latency"
  const text = (value: number) => formatFigure({ value, unit: "milliseconds" })
  return `Half of all searches take at most ${text(half)}, 95 of 100 at most ${text(most)}`
}

function mostAsked(buckets: readonly { backend: string; searches: number }[]): string | undefined {
  const searches = new Map<string, number>()
  for (const bucket of buckets) {
    searches.set(bucket.backend, (searches.get(bucket.backend) ?? 0) + bucket.searches)
  }
  return [...searches].sort(([, one], [, other]) => other - one)[0]?.[0]
}

function backendHref({
  workspaceId,
  query: { period, from, to },
  backend,
}: {
  workspaceId: string
  query: Record<string, string | string[] | undefined>
  backend: string
}): string {
  const rest = new URLSearchParams({ backend })
  for (const [name, value] of Object.entries({ period, from, to })) {
    if (typeof value === "string") rest.set(name, value)
  }
  return workspacePath({ workspaceId, page: "latency", rest: `?${rest}` })
}
