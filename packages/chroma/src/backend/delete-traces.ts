import { type ChromaBank, findTrace } from "./chroma-bank.ts"

/**
 * Deletes traces with their items. The items are marked first and the trace record goes before they do, so
 * that a trace is there whole or not at all and a left-over is found by `cleanUp`.
 */
export async function deleteTraces({
  bank,
  workspaceId,
  ids,
}: {
  bank: ChromaBank
  workspaceId: string
  ids: readonly string[]
}): Promise<void> {
  for (const id of ids) {
    const where = { $and: [{ workspace_id: { $eq: workspaceId } }, { trace_id: { $eq: id } }] }
    const items = await bank.memories.ids(where)
    const metadata = { pending: true, written_at: 0 }
    if (items.length > 0) {
      await bank.memories.update(items.map((item) => ({ id: item, metadata })))
    }
    const found = await findTrace({ bank, workspaceId, id })
    if (found !== null) await bank.traces.delete({ ids: [found.record.id] })
    if (items.length > 0) await bank.memories.delete({ ids: items })
  }
}
