import Link from "next/link"
import { Card, CardHeader } from "../../../../components/card.tsx"
import { linkStyle } from "../../../../components/link-style.ts"
import { formatFigure } from "../../../../format/format-figure.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import type { OverviewFacts } from "./overview-facts.ts"
import { periodQuery } from "./period-query.ts"

/** Whether recalled memories helped: outcomes of traces that got some against those that got none. */
export function RecallEffect({
  facts: { workspaceId, retrievals, range },
}: {
  facts: OverviewFacts
}) {
  const { withMemories, withoutMemories, helpfulRate, judgedResults } = retrievals
  return (
    <Card>
      <CardHeader
        title="Success with and without memories"
        description={`Traces for which memories were asked ${range.phrase}.`}
        actions={
          <Link
            href={workspacePath({ workspaceId, page: "latency", rest: periodQuery(range) })}
            prefetch={false}
            className={`${linkStyle} shrink-0 text-sm`}
          >
            The searches
          </Link>
        }
      />
      <dl className="grid gap-px border-line border-y bg-line sm:grid-cols-3">
        <Effect
          label="With recalled memories"
          rate={withMemories.successRate}
          basis={tracesText(withMemories.traces)}
        />
        <Effect
          label="Without"
          rate={withoutMemories.successRate}
          basis={tracesText(withoutMemories.traces)}
        />
        <Effect
          label="Results marked as helpful"
          rate={helpfulRate}
          basis={`${formatFigure({ value: judgedResults, unit: "count" })} marked`}
        />
      </dl>
      {withMemories.traces + withoutMemories.traces === 0 && (
        <p className="max-w-[64ch] px-4 py-3 text-ink-muted text-sm">
          No search says yet which trace it served. Programs tell it with{" "}
          <code className="font-mono text-xs">mark_retrieval</code> once the trace is stored.
        </p>
      )}
    </Card>
  )
}

function Effect({ label, rate, basis }: { label: string; rate: number | null; basis: string }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-ink-muted text-sm">{label}</dt>
      <dd className="mt-1">
        <span className="font-semibold text-xl tabular-nums tracking-tight">
          {formatFigure({ value: rate, unit: "percent" })}
        </span>
        <span className="ml-2 text-ink-muted text-xs">{basis}</span>
      </dd>
    </div>
  )
}

function tracesText(count: number): string {
  return `of ${formatFigure({ value: count, unit: "count" })} ${count === 1 ? "trace" : "traces"}`
}
