import { compareFigures } from "../../../../compare-figures.ts"
import { StatFigure } from "../../../../components/stat-figure.tsx"
import { formatFigure } from "../../../../format/format-figure.ts"
import { rowsPath } from "../../../../frame/rows-path.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { successRate } from "../../../../growth.ts"
import type { OverviewFacts } from "./overview-facts.ts"
import { periodQuery } from "./period-query.ts"

/** The totals of the range, each against the period before. */
export function OverviewFigures({
  facts: { workspaceId, range, growth, before, statistics, retrievals },
}: {
  facts: OverviewFacts
}) {
  const against = range.beforePhrase
  const days = range.from === null ? {} : { from: range.from, to: range.to }
  const link = (page: "memories" | "traces", filter = {}) =>
    rowsPath({ workspaceId, page, filter: { ...filter, ...days } })
  const rate = successRate(growth)
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-3 2xl:grid-cols-6">
      <StatFigure
        label="Success rate"
        value={rate === null ? null : formatFigure({ value: rate, unit: "percent" })}
        missing={`No traces ${range.phrase}`}
        href={link("traces", { outcome: "success" })}
        change={compareFigures({
          now: rate,
          before: before === null ? null : successRate(before),
          unit: "percent",
          better: "more",
          against,
        })}
      />
      <StatFigure
        label="Traces"
        value={formatFigure({ value: growth.traces, unit: "count" })}
        href={link("traces")}
        change={compareFigures({
          now: growth.traces,
          before: before?.traces ?? null,
          unit: "count",
          against,
        })}
      />
      <StatFigure
        label="Memory items learned"
        value={formatFigure({ value: growth.memories, unit: "count" })}
        href={link("memories")}
        change={compareFigures({
          now: growth.memories,
          before: before?.memories ?? null,
          unit: "count",
          against,
        })}
      />
      <StatFigure
        label="Learned from errors"
        value={formatFigure({ value: growth.fromErrors, unit: "count" })}
        href={link("memories", { errors: "only" })}
        change={compareFigures({
          now: growth.fromErrors,
          before: before?.fromErrors ?? null,
          unit: "count",
          against,
        })}
      />
      <StatFigure
        label="Searches that found something"
        value={
          retrievals.hitRate === null
            ? null
            : formatFigure({ value: retrievals.hitRate, unit: "percent" })
        }
        missing={`No search recorded ${range.phrase}`}
        href={workspacePath({ workspaceId, page: "latency", rest: periodQuery(range) })}
      >
        {retrievals.searches > 0 && (
          <span className="mt-1 text-ink-muted text-xs">
            of {formatFigure({ value: retrievals.searches, unit: "count" })} recorded
          </span>
        )}
      </StatFigure>
      <StatFigure
        label="Stored"
        value={formatFigure({ value: statistics.contentBytes, unit: "bytes" })}
        href="#storage"
        change={
          range.from === null || range.isCustom
            ? undefined
            : compareFigures({
                now: statistics.contentBytes,
                before: statistics.contentBytes - growth.bytes,
                unit: "bytes",
                against: "the start of this period",
              })
        }
      />
    </div>
  )
}
