import { Brain } from "lucide-react"
import type { Metadata } from "next"
import type { SearchParams } from "nuqs/server"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { listMemories } from "../../../../data/memories.ts"
import { toMemoryRow } from "../../../../data/memory-row.ts"
import { listSavedViews } from "../../../../data/saved-views.ts"
import { searchMemories } from "../../../../data/search-memories.ts"
import { readFacets } from "../../../../data/workspace-facets.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { countOf } from "../../../../formats/format-count.ts"
import {
  readWorkspaceId,
  type WorkspaceParams,
  workspacePath,
} from "../../../../frame/workspace-path.ts"
import { readWords } from "../../../../search-words/read-words.ts"
import { ExportMenu } from "../export-menu.tsx"
import { SavedViewsMenu } from "../views/saved-views-menu.tsx"
import { MemoryFilterBar } from "./memory-filter-bar.tsx"
import { MemoryList } from "./memory-list.tsx"
import { loadMemoryParams, serializeMemoryParams } from "./search-params.ts"
import { SearchSummary } from "./search-summary.tsx"

export const metadata: Metadata = { title: "Memories" }

const mostFound = 100

export default async function MemoriesPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<SearchParams>
}) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const filters = await loadMemoryParams(searchParams)
  const query = filters.q.trim()
  const [facets, views, answer, page] = await Promise.all([
    readFacets(workspaceId),
    listSavedViews(workspaceId),
    query === ""
      ? null
      : searchMemories({ workspaceId, query, mode: filters.mode, filters, count: mostFound }),
    query === "" ? listMemories({ workspaceId, filters, after: null }) : null,
  ])
  if (facets.memories === 0) return <NoMemories />
  const words = answer === null || answer.mode === "semantic" ? [] : readWords(query)
  const first = page ?? {
    rows: (answer?.found ?? []).map((found) => toMemoryRow({ found, words })),
    next: null,
  }
  const address = serializeMemoryParams(filters)
  return (
    <>
      <PageHeader
        title="Memories"
        answer={`${countOf(facets.memories, { one: "memory", many: "memories" })}, ${facets.memoriesFromErrors} of them learned from a mistake.`}
        actions={
          <>
            <SavedViewsMenu
              workspaceId={workspaceId}
              page="memories"
              views={views.filter((view) => view.page === "memories")}
              query={address.slice(1)}
            />
            <ExportMenu
              address={workspacePath({ workspaceId, page: "memories", rest: `/export${address}` })}
              what={query === "" && address === "" ? "all memories" : "all that match"}
            />
          </>
        }
      />
      <MemoryFilterBar facets={facets} />
      {answer !== null && <SearchSummary answer={answer} wanted={filters.mode} limit={mostFound} />}
      <MemoryList
        key={address}
        workspaceId={workspaceId}
        first={first}
        address={workspacePath({ workspaceId, page: "memories", rest: `/rows${address}` })}
        words={words}
        isSearch={answer !== null}
      />
    </>
  )
}

function NoMemories() {
  return (
    <>
      <PageHeader title="Memories" />
      <EmptyState
        icon={<Brain aria-hidden />}
        title="The memory items of this workspace will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each with its text, its error context, its tags and the trace it was learned from.
      </EmptyState>
    </>
  )
}
