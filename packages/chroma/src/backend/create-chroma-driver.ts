import { embeddingDimension } from "@reasoningbank/core"
import {
  applyChanges,
  markedRetrieval,
  type NamedVector,
  type NearestQuery,
  type StorageDriver,
  type StorageHealth,
  unmarkedRetrieval,
  wrongWorkspaceName,
} from "@reasoningbank/core/storage-driver"
import {
  type ChromaBank,
  findMemory,
  findTrace,
  traceOfItems,
  visibleMemories,
} from "./chroma-bank.ts"
import { deleteTraces } from "./delete-traces.ts"
import { insertTrace } from "./insert-trace.ts"
import { loadSnapshot } from "./load-snapshot.ts"
import { memoryMetadata } from "./memory-record.ts"
import { nearestMemories, nearestTraces } from "./nearest-rows.ts"
import { retrievalFromRecord, retrievalRecord } from "./retrieval-record.ts"
import { createModelGuard } from "./stored-model.ts"

/** The rows of a bank on a running Chroma server. */
export function createChromaDriver({
  bank,
  abandonedAfterInMs,
  health,
  close,
}: {
  bank: ChromaBank
  abandonedAfterInMs: number
  health: () => Promise<StorageHealth>
  close: () => Promise<void>
}): StorageDriver {
  const dimension = bank.memories.dimension ?? bank.traces.dimension ?? embeddingDimension
  const models = createModelGuard(bank)
  const guard = ({ workspaceId, query }: NearestQuery<unknown>) =>
    models.assertModel(workspaceId, [query])
  const snapshot = ({ workspaceId }: { workspaceId: string }) => loadSnapshot({ bank, workspaceId })

  return {
    dimension,
    decidesOnQueryText: false,
    async insertTrace(prepared) {
      const { trace, embedding, memoryItems } = prepared
      const embeddings = [embedding, ...memoryItems.map((item) => item.embedding)]
      await models.assertModel(trace.workspaceId, embeddings)
      return insertTrace({ bank, prepared, dimension, abandonedAfterInMs })
    },
    async readTrace({ workspaceId, id }) {
      const where = { $and: [{ workspace_id: { $eq: workspaceId } }, { trace_id: { $eq: id } }] }
      const records = await bank.memories.find(where)
      const items = (await visibleMemories({ bank, workspaceId, records }))
        .map(({ memory }) => memory)
        .sort((first, second) => first.ordinal - second.ordinal)
      const found = await findTrace({ bank, workspaceId, id })
      if (found === null) return traceOfItems(items)
      return { ...found.trace, memoryItems: items, memoryItemCount: items.length }
    },
    async readMemory(key) {
      return (await findMemory({ bank, ...key }))?.memory ?? null
    },
    async nearestMemories(query) {
      await guard(query)
      return nearestMemories({ bank, query })
    },
    async nearestTraces(query) {
      await guard(query)
      return nearestTraces({ bank, query })
    },
    matchKeywords: async (query) => (await snapshot(query)).matchKeywords(query),
    listMemories: async (query) => (await snapshot(query)).listMemories(query),
    listTraces: async (query) => (await snapshot(query)).listTraces(query),
    countWorkspace: async (workspaceId) => (await snapshot({ workspaceId })).count(),
    readGenealogy: async (key) => (await snapshot(key)).genealogy(key.id),

    async updateMemory({ workspaceId, id, changes, embedding }) {
      const found = await findMemory({ bank, workspaceId, id, embeddings: true })
      if (found === null) return null
      if (embedding !== undefined) await models.assertModel(workspaceId, [embedding])
      const { record } = found
      const memory = applyChanges({ memory: found.memory, changes })
      const kept = embedding === undefined ? embeddingOf(found) : embedding
      await bank.memories.update([
        {
          id: record.id,
          document: `${memory.title}\n${memory.description ?? ""}\n${memory.content}`,
          metadata: memoryMetadata({ memory, embedding: kept }),
          ...(embedding !== undefined && {
            embedding: embedding?.vector ?? new Float32Array(dimension),
          }),
        },
      ])
      return { ...memory, embeddingModel: kept?.model ?? null }
    },
    async deleteMemory(key) {
      const found = await findMemory({ bank, ...key })
      if (found === null) return false
      await bank.memories.delete({ ids: [found.record.id] })
      return true
    },
    async deleteTracesBefore({ workspaceId, cutoff, isDryRun }) {
      const { traces, memories } = (await snapshot({ workspaceId })).tracesBefore(cutoff)
      const ids = traces.map(({ id }) => id)
      if (!isDryRun) await deleteTraces({ bank, workspaceId, ids })
      return { traces: traces.length, memories }
    },
    async deleteWorkspace({ workspaceId, name }) {
      if (name !== workspaceId) throw wrongWorkspaceName({ workspaceId, name })
      const { totalTraces, totalMemories } = (await snapshot({ workspaceId })).count()
      const where = { workspace_id: { $eq: workspaceId } }
      for (const collection of [bank.traces, bank.memories, bank.retrievals]) {
        await collection.delete({ where })
      }
      models.forget(workspaceId)
      return { traces: totalTraces, memories: totalMemories }
    },

    recordRetrieval: (retrieval) =>
      bank.retrievals.add([retrievalRecord(unmarkedRetrieval(retrieval))]),
    async markRetrieval({ workspaceId, id, ...mark }) {
      const [record] = await bank.retrievals.get([id])
      const retrieval = record === undefined ? null : retrievalFromRecord(record)
      if (retrieval?.workspaceId !== workspaceId) return false
      const { metadata } = retrievalRecord(markedRetrieval({ retrieval, mark }))
      await bank.retrievals.update([{ id, metadata }])
      return true
    },
    async readRetrieval({ workspaceId, id }) {
      const [record] = await bank.retrievals.get([id])
      const retrieval = record === undefined ? null : retrievalFromRecord(record)
      return retrieval?.workspaceId === workspaceId ? retrieval : null
    },
    health,
    close,
  }
}

function embeddingOf({
  record,
  memory,
}: NonNullable<Awaited<ReturnType<typeof findMemory>>>): NamedVector | null {
  const { embedding: vector } = record
  const { embeddingModel: model } = memory
  return vector === null || model === null ? null : { vector, model }
}
