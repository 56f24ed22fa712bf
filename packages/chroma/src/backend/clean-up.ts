import { type ChromaBank, visibleMemories } from "./chroma-bank.ts"
import { clearPending } from "./insert-trace.ts"
import { textOrNull } from "./trace-record.ts"

/**
 * Finishes what a killed client or server left: items whose trace is there lose their mark, items whose
 * trace never came go once they are old enough for nobody to be writing it still.
 */
export async function cleanUp({
  bank,
  abandonedAfterInMs,
}: {
  bank: ChromaBank
  abandonedAfterInMs: number
}): Promise<{ finished: number; deleted: number }> {
  const pending = await bank.memories.find({ pending: { $eq: true } })
  const finished: string[] = []
  for (const [workspaceId, records] of Map.groupBy(
    pending,
    ({ metadata }) => textOrNull(metadata?.workspace_id) ?? "",
  )) {
    const visible = await visibleMemories({ bank, workspaceId, records })
    finished.push(...visible.map(({ record }) => record.id))
  }
  const known = new Set(finished)
  const abandoned = pending.filter(
    ({ id, metadata }) =>
      !known.has(id) && bank.now() - Number(metadata?.written_at ?? 0) >= abandonedAfterInMs,
  )
  if (finished.length > 0) await clearPending({ bank, recordIds: finished })
  if (abandoned.length > 0) await bank.memories.delete({ ids: abandoned.map(({ id }) => id) })
  return { finished: finished.length, deleted: abandoned.length }
}
