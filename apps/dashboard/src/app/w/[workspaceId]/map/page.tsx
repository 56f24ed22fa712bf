import { Orbit } from "lucide-react"
import type { Metadata } from "next"
import { EmptyState } from "../../../../components/empty-state.tsx"
import { PageHeader } from "../../../../components/page-header.tsx"
import { type MemoryMapFacts, readMemoryMapFacts } from "../../../../data/memory-map.ts"
import { readWorkspace } from "../../../../data/workspaces.ts"
import { countOf } from "../../../../formats/format-count.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../frame/workspace-path.ts"
import { LazyMap } from "./lazy-map.tsx"

export const metadata: Metadata = { title: "Map" }

export default async function MapPage({ params }: { params: WorkspaceParams }) {
  const { id: workspaceId, role } = await readWorkspace(await readWorkspaceId(params))
  const facts = await readMemoryMapFacts(workspaceId)
  if (facts.model === null) return <NoVectors hasMemories={facts.memories > 0} />
  return (
    <>
      <PageHeader title="Map" answer={describe(facts)} />
      <LazyMap
        key={workspaceId}
        workspaceId={workspaceId}
        model={facts.model}
        canCompute={role !== "viewer"}
        kept={facts.kept}
      />
    </>
  )
}

const memory = { one: "memory", many: "memories" }

function describe({ vectors, withoutVector, ofOtherModels, model }: MemoryMapFacts): string {
  const left = [
    withoutVector > 0 && `${countOf(withoutVector, memory)} without a vector`,
    ofOtherModels > 0 && `${countOf(ofOtherModels, memory)} with one of another model`,
  ].filter((part) => part !== false)
  const rest = left.length === 0 ? "" : ` Not on it: ${left.join(", ")}.`
  return `${countOf(vectors, memory)} by the vectors of ${model}: what means alike lies close together.${rest}`
}

function NoVectors({ hasMemories }: { hasMemories: boolean }) {
  return (
    <>
      <PageHeader title="Map" />
      <EmptyState
        icon={<Orbit aria-hidden />}
        title={
          hasMemories
            ? "No memory of this workspace has a vector yet"
            : "The map of this workspace will stand here"
        }
        {...(!hasMemories && { command: "pnpm migrate --chromadb-dir DIR" })}
      >
        {hasMemories
          ? "Memories get one when a program writes them through a storage backend, or when their text is edited here."
          : "Memory items that mean alike lie close to each other."}
      </EmptyState>
    </>
  )
}
