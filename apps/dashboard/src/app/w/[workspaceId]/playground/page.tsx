import type { Metadata } from "next"
import type { SearchParams } from "nuqs/server"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { compareSearches, type Question } from "../../../../data/compare-searches.ts"
import { listMemories } from "../../../../data/memories.ts"
import { readMemoryVector } from "../../../../data/memory-vector.ts"
import { hasChroma } from "../../../../data/open-chroma.ts"
import { readStatistics } from "../../../../data/statistics.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"
import { ComparisonView } from "./comparison-view.tsx"
import { PlaygroundForm } from "./playground-form.tsx"
import { ConnectChromaNote } from "./playground-notes.tsx"
import { loadPlaygroundParams } from "./search-params.ts"
import { StartQuestions } from "./start-questions.tsx"

export const metadata: Metadata = { title: "Search playground" }

export default async function PlaygroundPage({
  params,
  searchParams,
}: {
  params: WorkspaceParams
  searchParams: Promise<SearchParams>
}) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const { q, like, k, mode, against: wanted } = await loadPlaygroundParams(searchParams)
  const statistics = await readStatistics(workspaceId)
  const canAskChroma = hasChroma()
  if (statistics.totalMemories === 0) return <NothingToSearch />
  const stored = like === null ? null : await readMemoryVector({ workspaceId, id: like })
  const text = q.trim()
  const question: Question | null = stored !== null ? { stored } : text === "" ? null : { text }
  const form = <PlaygroundForm likeTitle={stored?.title ?? null} hasChroma={canAskChroma} />
  const note = !canAskChroma && <ConnectChromaNote />
  if (question === null) {
    const { rows } = await listMemories({ workspaceId, filters: anyMemory, after: null })
    return (
      <>
        <PageHeader
          title="Search playground"
          answer={
            canAskChroma
              ? "One question to Chroma and Supabase, side by side."
              : "One question to Supabase, approximately and exactly."
          }
        />
        {form}
        {note}
        <StartQuestions workspaceId={workspaceId} memories={rows.slice(0, 4)} />
      </>
    )
  }
  const against = canAskChroma ? (wanted ?? "chroma") : "exact"
  const comparison = await compareSearches({ workspaceId, question, mode, k, against })
  return (
    <ComparisonView
      workspaceId={workspaceId}
      comparison={comparison}
      wanted={{ k, against, isByStoredVector: stored !== null }}
      vectors={statistics.embeddedMemories}
      form={form}
      note={note}
    />
  )
}

const anyMemory = {
  ...{ outcome: [], domain: [], tag: [], difficulty: [] },
  ...{ errors: null, from: null, to: null, stage: null },
}

function NothingToSearch() {
  return (
    <>
      <PageHeader title="Search playground" />
      <EmptyState title="There is nothing to search yet" command="pnpm migrate --chromadb-dir DIR">
        One question to both storage backends, side by side, as soon as this workspace has memories.
      </EmptyState>
    </>
  )
}
