import { compareFigures } from "../../compare-figures.ts"
import { StatFigure } from "../../components/stat-figure.tsx"
import { formatFigure } from "../../format/format-figure.ts"
import { successRate } from "../../growth.ts"
import type { WorkspacesFacts } from "./workspaces-facts.ts"

/** Totals of all workspaces; what makes them up stands in the table below. */
export function WorkspacesFigures({
  facts: { range, growth, before, statistics },
}: {
  facts: WorkspacesFacts
}) {
  const against = range.beforePhrase
  const rate = successRate(growth)
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <StatFigure
        label="Success rate"
        value={rate === null ? null : formatFigure({ value: rate, unit: "percent" })}
        missing={`No traces ${range.phrase}`}
        href="#workspaces"
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
        href="#workspaces"
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
        href="#workspaces"
        change={compareFigures({
          now: growth.memories,
          before: before?.memories ?? null,
          unit: "count",
          against,
        })}
      />
      <StatFigure
        label="Stored"
        value={formatFigure({ value: statistics.contentBytes, unit: "bytes" })}
        href="#workspaces"
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
