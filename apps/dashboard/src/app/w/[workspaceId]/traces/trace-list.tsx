"use client"

import { SearchX } from "lucide-react"
import Link from "next/link"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { ListEnd } from "../../../../components/list-end.tsx"
import { OptionalTime } from "../../../../components/optional-time.tsx"
import { OutcomeBadge } from "../../../../components/outcome-badge.tsx"
import { useRowPages } from "../../../../components/use-row-pages.ts"
import { VirtualRows } from "../../../../components/virtual-rows.tsx"
import type { RowPage } from "../../../../data/row-cursor.ts"
import type { TraceRow } from "../../../../data/traces.ts"
import { countOf } from "../../../../formats/format-count.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { readTraceFigures } from "./read-trace-figures.ts"

/** The traces of a workspace, more of them as one scrolls. */
export function TraceList({
  workspaceId,
  first,
  address,
}: {
  workspaceId: string
  first: RowPage<TraceRow>
  /** Answers with the next pages. */
  address: string
}) {
  const { rows, hasMore, state, loadMore } = useRowPages({ first, address })
  if (rows.length === 0) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="No trace matches">
        Take a filter away to see more.
      </EmptyState>
    )
  }
  return (
    <>
      <VirtualRows
        label="Traces"
        rows={rows}
        rowHeight={45}
        onNearEnd={loadMore}
        renderRow={(row) => (
          <TraceLink
            row={row}
            href={workspacePath({ workspaceId, page: "traces", rest: `/${row.id}` })}
          />
        )}
      />
      <ListEnd
        state={state}
        hasMore={hasMore}
        count={rows.length}
        noun={{ one: "trace", many: "traces" }}
        onRetry={loadMore}
      />
    </>
  )
}

function TraceLink({ row, href }: { row: TraceRow; href: string }) {
  const { iterations, score, tokens } = readTraceFigures(row.metadata)
  const figures = [
    countOf(row.memories, { one: "memory", many: "memories" }),
    iterations !== null && countOf(iterations, { one: "iteration", many: "iterations" }),
    score !== null && `score ${score}`,
    tokens !== null && countOf(tokens, { one: "token", many: "tokens" }),
  ].filter((figure) => figure !== false)
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex flex-col gap-x-6 gap-y-1 px-2 py-2.5 hover:bg-hover/50 lg:flex-row lg:items-center"
    >
      <span className="w-20 shrink-0">
        <OutcomeBadge outcome={row.outcome} />
      </span>
      <span className="line-clamp-2 min-w-0 flex-1 font-medium lg:line-clamp-1">{row.task}</span>
      <span className="flex shrink-0 justify-between gap-6 text-ink-muted text-sm tabular-nums">
        <span>{figures.join(" · ")}</span>
        <span className="w-24 text-right">
          <OptionalTime time={row.createdAt} />
        </span>
      </span>
    </Link>
  )
}
