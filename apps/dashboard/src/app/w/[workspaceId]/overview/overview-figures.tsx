import { ComparedFigure } from "../../../../components/compared-figure.tsx"
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
      <ComparedFigure
        label="Success rate"
        unit="percent"
        better="more"
        now={rate}
        before={before === null ? null : successRate(before)}
        against={against}
        missing={`No traces ${range.phrase}`}
        href={link("traces", { outcome: "success" })}
      />
      <ComparedFigure
        label="Traces"
        unit="count"
        now={growth.traces}
        before={before?.traces ?? null}
        against={against}
        href={link("traces")}
      />
      <ComparedFigure
        label="Memory items learned"
        unit="count"
        now={growth.memories}
        before={before?.memories ?? null}
        against={against}
        href={link("memories")}
      />
      <ComparedFigure
        label="Learned from errors"
        unit="count"
        now={growth.fromErrors}
        before={before?.fromErrors ?? null}
        against={against}
        href={link("memories", { errors: "only" })}
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
      <ComparedFigure
        label="Stored"
        unit="bytes"
        now={statistics.contentBytes}
        before={
          range.from === null || range.isCustom ? null : statistics.contentBytes - growth.bytes
        }
        against="the start of this period"
        href="#storage"
      />
    </div>
  )
}
