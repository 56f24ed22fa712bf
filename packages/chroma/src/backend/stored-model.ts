import { modelMismatch, type NamedVector } from "@reasoningbank/core/storage-driver"
import type { ChromaBank } from "./chroma-bank.ts"
import { modelOfRecord } from "./memory-record.ts"

/** Makes sure that a workspace's vectors and a new one are of one model. */
export function createModelGuard(bank: ChromaBank) {
  const models = new Map<string, string>()

  async function readModel(workspaceId: string): Promise<string | null> {
    const where = {
      $and: [{ workspace_id: { $eq: workspaceId } }, { has_embedding: { $ne: false } }],
    }
    for (const collection of [bank.memories, bank.traces]) {
      const [record] = await collection.find(where, { limit: 1 })
      if (record !== undefined) return modelOfRecord(record)
    }
    return null
  }

  return {
    forget: (workspaceId: string) => models.delete(workspaceId),
    /** Raises `storage:embedding_mismatch`. What was seen once is believed as long as it agrees. */
    async assertModel(workspaceId: string, embeddings: readonly (NamedVector | null)[]) {
      const given = embeddings.find((embedding) => embedding !== null)?.model
      if (given === undefined || models.get(workspaceId) === given) return
      const stored = await readModel(workspaceId)
      if (stored === null) return
      models.set(workspaceId, stored)
      if (stored !== given) throw modelMismatch({ given, stored, workspaceId })
    },
  }
}
