import { embeddingDimension } from "../../embedding.ts"
import { rankNearest } from "../../storage/rank-nearest.ts"
import { wrongWorkspaceName } from "../../storage/refusals.ts"
import { markedRetrieval, unmarkedRetrieval } from "../../storage/retrieval.ts"
import type { StorageDriver } from "../../storage/storage-driver.ts"
import { applyChanges } from "../../storage/stored-rows.ts"
import { createInMemoryWorkspace, type InMemoryWorkspace } from "./in-memory-workspace.ts"

/** Rows in maps, searched one by one: what every other driver must agree with. */
export function createInMemoryDriver(): StorageDriver {
  const workspaces = new Map<string, InMemoryWorkspace>()

  function open({ workspaceId }: { workspaceId: string }): InMemoryWorkspace {
    const workspace = workspaces.get(workspaceId) ?? createInMemoryWorkspace(workspaceId)
    workspaces.set(workspaceId, workspace)
    return workspace
  }

  return {
    dimension: embeddingDimension,
    decidesOnQueryText: false,
    insertTrace: async (prepared) => open(prepared.trace).insert(prepared),

    async readTrace(key) {
      const trace = open(key).trace(key.id)
      const memoryItems = open(key).itemsOf(key.id)
      return trace && { ...trace, memoryItems, memoryItemCount: memoryItems.length }
    },
    readMemory: async (key) => open(key).memory(key.id),
    async nearestMemories({ filter, ...nearest }) {
      const workspace = open(nearest)
      workspace.assertModel([nearest.query])
      const candidates = workspace
        .read()
        .memories(filter)
        .map((row) => ({ row, vector: workspace.vectorOf.memory(row.id) }))
      const ranked = rankNearest({ ...nearest, candidates, kind: "memory_item" })
      return ranked.map(({ row, similarity }) => ({ memory: row, similarity }))
    },
    async nearestTraces({ filter, ...nearest }) {
      const workspace = open(nearest)
      workspace.assertModel([nearest.query])
      const candidates = workspace
        .read()
        .traces(filter)
        .map((row) => ({ row, vector: workspace.vectorOf.trace(row.id) }))
      const ranked = rankNearest({ ...nearest, candidates, kind: "trace" })
      return ranked.map(({ row, similarity }) => ({ trace: row, similarity }))
    },
    matchKeywords: async (query) => open(query).read().matchKeywords(query),
    listMemories: async (query) => open(query).read().listMemories(query),
    listTraces: async (query) => open(query).read().listTraces(query),
    countWorkspace: async (workspaceId) => open({ workspaceId }).read().count(),
    readGenealogy: async (key) => open(key).read().genealogy(key.id),

    async updateMemory({ id, changes, embedding, ...scope }) {
      const workspace = open(scope)
      if (embedding !== undefined) workspace.assertModel([embedding])
      return workspace.change(id, (row) => {
        const kept = embedding === undefined ? row.embedding : embedding
        const memory = applyChanges({ memory: row.memory, changes })
        return { memory: { ...memory, embeddingModel: kept?.model ?? null }, embedding: kept }
      })
    },
    deleteMemory: async (key) => open(key).deleteMemory(key.id),
    async deleteTracesBefore({ cutoff, isDryRun, ...scope }) {
      const { traces, memories } = open(scope).read().tracesBefore(cutoff)
      if (!isDryRun) open(scope).deleteTraces(traces.map(({ id }) => id))
      return { traces: traces.length, memories }
    },
    async deleteWorkspace({ workspaceId, name }) {
      if (name !== workspaceId) throw wrongWorkspaceName({ workspaceId, name })
      const size = open({ workspaceId }).size()
      workspaces.delete(workspaceId)
      return size
    },

    async recordRetrieval(retrieval) {
      const { retrievals } = open(retrieval)
      if (retrievals.has(retrieval.id)) return
      retrievals.set(retrieval.id, structuredClone(unmarkedRetrieval(retrieval)))
    },
    async markRetrieval({ workspaceId, id, ...mark }) {
      const { retrievals } = open({ workspaceId })
      const retrieval = retrievals.get(id)
      if (retrieval !== undefined) retrievals.set(id, markedRetrieval({ retrieval, mark }))
      return retrieval !== undefined
    },
    readRetrieval: async (key) => structuredClone(open(key).retrievals.get(key.id) ?? null),

    health: async () => ({
      ...{ isHealthy: true, backend: "memory", location: "this process" },
      ...{ version: null, problem: null },
    }),
    async close() {},
  }
}
