import { compareIds } from "./rank-memories.ts"
import type { StoredMemoryItem } from "./stored-rows.ts"

/** An ancestor or descendant. `redacted`: it is referred to but is not there, or not for the caller to see. */
export type GenealogyNode =
  | {
      state: "present"
      kind: "memory_item"
      id: string
      title: string
      evolutionStage: number
      /** Steps from the item asked about, along the shortest way. */
      depth: number
    }
  | { state: "redacted"; kind: "memory_item" | "trace"; id: string; depth: number }

export type GenealogyEdge = {
  childId: string
  parentId: string
  relation: "parent" | "derived_from"
}

/** Where a memory item came from and what came of it, both to the end. */
export type Genealogy = {
  memory: StoredMemoryItem
  /** Nearest first. */
  ancestors: GenealogyNode[]
  descendants: GenealogyNode[]
  edges: GenealogyEdge[]
  /** The item's parent, its parent and so on, oldest first, ending with the item; follows only `parentMemoryId`. */
  ancestryChain: string[]
  totalAncestors: number
  totalDescendants: number
  /** It names nothing it came from, whether that is there or not. */
  isRoot: boolean
  isLeaf: boolean
  /** There is more than the limits of depth or number let through. */
  isCut: boolean
}

const deepestGenealogy = 100
const mostGenealogyNodes = 1_000

/** Walks both ways from one item, each item once, so circles end. */
export function buildGenealogy({
  memory,
  find,
  childrenOf,
}: {
  memory: StoredMemoryItem
  find: (id: string) => StoredMemoryItem | undefined
  childrenOf: (id: string) => readonly StoredMemoryItem[]
}): Genealogy {
  const edges = new Map<string, GenealogyEdge>()
  const addEdge = (edge: GenealogyEdge) => {
    edges.set(JSON.stringify([edge.childId, edge.parentId, edge.relation]), edge)
  }
  const up = walk({
    start: memory,
    find,
    next: (item) => {
      const parents = parentsOf(item)
      for (const { id, relation } of parents) {
        addEdge({ childId: item.id, parentId: id, relation })
      }
      return parents
    },
  })
  const down = walk({
    start: memory,
    find,
    next: (item) => {
      const children = childrenOf(item.id)
      for (const child of children) {
        for (const { id, relation } of parentsOf(child)) {
          if (id === item.id) addEdge({ childId: child.id, parentId: id, relation })
        }
      }
      return children.map(({ id }) => ({ id, kind: "memory_item" as const }))
    },
  })
  return completeGenealogy({
    memory,
    ancestors: up.nodes,
    descendants: down.nodes,
    edges: [...edges.values()],
    isCut: up.isCut || down.isCut,
  })
}

/** What follows from the nodes and edges alone. */
function completeGenealogy({
  memory,
  ancestors,
  descendants,
  edges,
  isCut,
}: Pick<Genealogy, "memory" | "ancestors" | "descendants" | "edges" | "isCut">): Genealogy {
  const byDepth = (first: GenealogyNode, second: GenealogyNode) =>
    first.depth - second.depth ||
    compareIds({ kind: first.kind, first: first.id, second: second.id })
  return {
    memory,
    ancestors: ancestors.toSorted(byDepth),
    descendants: descendants.toSorted(byDepth),
    edges: edges.toSorted(
      (first, second) =>
        compareIds({ kind: "memory_item", first: first.childId, second: second.childId }) ||
        compareIds({ kind: "memory_item", first: first.parentId, second: second.parentId }) ||
        (first.relation < second.relation ? -1 : 1),
    ),
    ancestryChain: followParents({ memory, edges }),
    totalAncestors: ancestors.length,
    totalDescendants: descendants.length,
    isRoot: parentsOf(memory).length === 0,
    isLeaf: descendants.length === 0,
    isCut,
  }
}

type Reference = {
  id: string
  kind: "memory_item" | "trace"
  relation: "parent" | "derived_from"
}

function parentsOf(memory: StoredMemoryItem): Reference[] {
  const { parentMemoryId, derivedFrom, derivedFromTraces } = memory
  const references: Reference[] = [
    ...derivedFrom.map((id) => ({
      id,
      kind: "memory_item" as const,
      relation: "derived_from" as const,
    })),
    ...derivedFromTraces.map((id) => ({
      id,
      kind: "trace" as const,
      relation: "derived_from" as const,
    })),
  ]
  if (parentMemoryId !== null) {
    references.unshift({ id: parentMemoryId, kind: "memory_item", relation: "parent" })
  }
  return references
}

function walk({
  start,
  find,
  next,
}: {
  start: StoredMemoryItem
  find: (id: string) => StoredMemoryItem | undefined
  next: (item: StoredMemoryItem) => readonly Pick<Reference, "id" | "kind">[]
}): { nodes: GenealogyNode[]; isCut: boolean } {
  const nodes: GenealogyNode[] = []
  const seen = new Set([`memory_item ${start.id}`])
  let level = [start]
  for (let depth = 1; level.length > 0; depth++) {
    const following: StoredMemoryItem[] = []
    for (const { id, kind } of level.flatMap((item) => next(item))) {
      if (seen.has(`${kind} ${id}`)) continue
      if (depth > deepestGenealogy || nodes.length === mostGenealogyNodes) {
        return { nodes, isCut: true }
      }
      seen.add(`${kind} ${id}`)
      const found = kind === "memory_item" ? find(id) : undefined
      if (found === undefined) {
        nodes.push({ state: "redacted", kind, id, depth })
        continue
      }
      const { title, evolutionStage } = found
      nodes.push({ state: "present", kind: "memory_item", id, title, evolutionStage, depth })
      following.push(found)
    }
    level = following
  }
  return { nodes, isCut: false }
}

function followParents({ memory, edges }: Pick<Genealogy, "memory" | "edges">): string[] {
  const parents = new Map(
    edges
      .filter(({ relation }) => relation === "parent")
      .map((edge) => [edge.childId, edge.parentId]),
  )
  const chain = [memory.id]
  for (
    let parent = parents.get(memory.id);
    parent !== undefined && !chain.includes(parent);
    parent = parents.get(parent)
  ) {
    chain.push(parent)
  }
  return chain.reverse()
}
