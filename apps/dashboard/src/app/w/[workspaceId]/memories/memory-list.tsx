"use client"

import { SearchX } from "lucide-react"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { ListEnd } from "../../../../components/list-end.tsx"
import { useRowPages } from "../../../../components/use-row-pages.ts"
import { VirtualRows } from "../../../../components/virtual-rows.tsx"
import type { MemoryRow } from "../../../../data/memory-row.ts"
import type { RowPage } from "../../../../data/row-cursor.ts"
import { workspacePath } from "../../../../frame/workspace-path.ts"
import { FoundMemoryLink } from "./found-memory-link.tsx"
import { ListedMemoryLink } from "./listed-memory-link.tsx"
import { usePendingDeletions } from "./pending-deletions.tsx"

/** The memories of a list or of a search, more of them as one scrolls. */
export function MemoryList({
  workspaceId,
  first,
  address,
  words,
  isSearch,
}: {
  workspaceId: string
  first: RowPage<MemoryRow>
  /** Answers with the next pages. */
  address: string
  words: readonly string[]
  isSearch: boolean
}) {
  const { rows, hasMore, state, loadMore } = useRowPages({ first, address })
  const { isPending } = usePendingDeletions()
  const shown = rows.filter(({ id }) => !isPending(id))
  if (shown.length === 0 && !hasMore) return <NothingMatches isSearch={isSearch} />
  return (
    <>
      <VirtualRows
        label="Memories"
        rows={shown}
        rowHeight={isSearch ? 96 : 57}
        onNearEnd={loadMore}
        renderRow={(row) => {
          const href = workspacePath({ workspaceId, page: "memories", rest: `/${row.id}` })
          return isSearch ? (
            <FoundMemoryLink row={row} words={words} href={href} />
          ) : (
            <ListedMemoryLink row={row} href={href} />
          )
        }}
      />
      <ListEnd
        state={state}
        hasMore={hasMore}
        count={shown.length}
        noun={{ one: "memory", many: "memories" }}
        onRetry={loadMore}
      />
    </>
  )
}

function NothingMatches({ isSearch }: { isSearch: boolean }) {
  return (
    <EmptyState icon={<SearchX aria-hidden />} title="No memory matches">
      {isSearch
        ? "Try other words, search by meaning, or take a filter away."
        : "Take a filter away to see more."}
    </EmptyState>
  )
}
