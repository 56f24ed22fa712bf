import { ComparedFigure } from "../../components/compared-figure.tsx"
import { successRate } from "../../growth.ts"
import type { WorkspacesFacts } from "./workspaces-facts.ts"

/** Totals of all workspaces; what makes them up stands in the table below. */
export function WorkspacesFigures({
  facts: { range, growth, before, statistics },
}: {
  facts: WorkspacesFacts
}) {
  const against = range.beforePhrase
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <ComparedFigure
        label="Success rate"
        unit="percent"
        better="more"
        now={successRate(growth)}
        before={before === null ? null : successRate(before)}
        against={against}
        missing={`No traces ${range.phrase}`}
        href="#workspaces"
      />
      <ComparedFigure
        label="Traces"
        unit="count"
        now={growth.traces}
        before={before?.traces ?? null}
        against={against}
        href="#workspaces"
      />
      <ComparedFigure
        label="Memory items learned"
        unit="count"
        now={growth.memories}
        before={before?.memories ?? null}
        against={against}
        href="#workspaces"
      />
      <ComparedFigure
        label="Stored"
        unit="bytes"
        now={statistics.contentBytes}
        before={
          range.from === null || range.isCustom ? null : statistics.contentBytes - growth.bytes
        }
        against="the start of this period"
        href="#workspaces"
      />
    </div>
  )
}
