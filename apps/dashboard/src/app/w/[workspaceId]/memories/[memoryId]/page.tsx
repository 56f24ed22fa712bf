import type { Metadata } from "next"
import { readGenealogy } from "../../../../../data/genealogy.ts"
import { findSimilarMemories, readMemory } from "../../../../../data/memory.ts"
import { readRecalls } from "../../../../../data/memory-recalls.ts"
import { readFacets } from "../../../../../data/workspace-facets.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId } from "../../../../../frame/workspace-path.ts"
import { LineageGraph } from "../../lineage-graph.tsx"
import { MemoryActions } from "./memory-actions.tsx"
import { MemoryAside } from "./memory-aside.tsx"
import { MemoryCard } from "./memory-card.tsx"
import { SimilarMemories } from "./similar-memories.tsx"

type Params = Promise<{ workspaceId: string; memoryId: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { id } = await readWorkspace(await readWorkspaceId(params))
  return { title: (await readMemory(id, (await params).memoryId)).title }
}

export default async function MemoryPage({ params }: { params: Params }) {
  const workspace = await readWorkspace(await readWorkspaceId(params))
  const workspaceId = workspace.id
  const memory = await readMemory(workspaceId, (await params).memoryId)
  const { id } = memory
  const [relatives, similar, recalls, facets] = await Promise.all([
    readGenealogy({ workspaceId, id, kind: "memory_item" }),
    findSimilarMemories(memory),
    readRecalls({ workspaceId, id }),
    readFacets(workspaceId),
  ])
  const canEdit = workspace.role !== "viewer"
  const parent = relatives.find(({ direction, depth }) => direction === "ancestor" && depth === 1)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <MemoryCard
          memory={memory}
          parent={parent}
          knownTags={facets.tags.map(({ value }) => value)}
          canEdit={canEdit}
          actions={
            canEdit && (
              <MemoryActions memory={memory} domains={facets.domains.map(({ value }) => value)} />
            )
          }
        />
        <LineageGraph relatives={relatives} />
        <SimilarMemories memory={memory} similar={similar} />
      </div>
      <MemoryAside memory={memory} recalls={recalls} />
    </div>
  )
}
