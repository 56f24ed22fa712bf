import { Route } from "lucide-react"
import type { Metadata } from "next"
import type { SearchParams } from "nuqs/server"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { listSavedViews } from "../../../../data/saved-views.ts"
import { listTraces } from "../../../../data/traces.ts"
import { readFacets, type WorkspaceFacets } from "../../../../data/workspace-facets.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { countOf, formatPercent } from "../../../../formats/format-count.ts"
import {
  readWorkspaceId,
  type WorkspaceParams,
  workspacePath,
} from "../../../../frame/workspace-path.ts"
import { ExportMenu } from "../export-menu.tsx"
import { SavedViewsMenu } from "../views/saved-views-menu.tsx"
import { loadTraceParams, serializeTraceParams } from "./search-params.ts"
import { TraceFilterBar } from "./trace-filter-bar.tsx"
import { TraceList } from "./trace-list.tsx"

export const metadata: Metadata = { title: "Traces" }

export default async function TracesPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<SearchParams>
}) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const filters = await loadTraceParams(searchParams)
  const [facets, views, first] = await Promise.all([
    readFacets(workspaceId),
    listSavedViews(workspaceId),
    listTraces({ workspaceId, filters, after: null }),
  ])
  if (facets.traces === 0) return <NoTraces />
  const address = serializeTraceParams(filters)
  return (
    <>
      <PageHeader
        title="Traces"
        answer={describe(facets)}
        actions={
          <>
            <SavedViewsMenu
              workspaceId={workspaceId}
              page="traces"
              views={views.filter((view) => view.page === "traces")}
              query={address.slice(1)}
            />
            <ExportMenu
              address={workspacePath({ workspaceId, page: "traces", rest: `/export${address}` })}
              what={address === "" ? "all traces" : "all that match"}
            />
          </>
        }
      />
      <TraceFilterBar facets={facets} />
      <TraceList
        key={address}
        workspaceId={workspaceId}
        first={first}
        address={workspacePath({ workspaceId, page: "traces", rest: `/rows${address}` })}
      />
    </>
  )
}

function describe({ traces, successes }: WorkspaceFacets): string {
  return `${countOf(traces, { one: "trace", many: "traces" })}, ${formatPercent(successes / traces)} of them successful.`
}

function NoTraces() {
  return (
    <>
      <PageHeader title="Traces" />
      <EmptyState
        icon={<Route aria-hidden />}
        title="The reasoning traces of this workspace will stand here"
        command="pnpm migrate --chromadb-dir DIR"
      >
        Each with its trajectory, its outcome and what was learned from it.
      </EmptyState>
    </>
  )
}
