import type { StorageBackend } from "@reasoningbank/core/storage"
import { expect } from "vitest"
import { killedWorkspace } from "./add-traces.ts"

const workspaceId = killedWorkspace

/** Every trace that is there is there whole, every acknowledged one is there, and nothing else is. */
export async function expectWholeTraces({
  backend,
  acknowledged,
}: {
  backend: StorageBackend
  acknowledged: readonly string[]
}): Promise<void> {
  const { found, items, memories } = await readAtRest(backend)
  expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
  const [newest] = acknowledged.slice(-1)
  if (newest === undefined) return
  const trace = await backend.getTrace({ workspaceId, id: newest })
  expect(trace?.memoryItems.length).toBe(trace?.metadata.items)
  expect(memories.length).toBe(Math.min(1_000, items))
  expect(memories.filter(({ memory }) => !found.has(memory.traceId ?? ""))).toEqual([])
}

/** A request of a killed client may still be on its way, so the bank is read until nothing came in between. */
async function readAtRest(backend: StorageBackend) {
  for (;;) {
    const before = await backend.getStatistics({ workspaceId })
    const listed = await listWhole(backend)
    const query = { workspaceId, text: "lesson of a killed program", k: 1_000 }
    const { memories } = await backend.querySimilarMemories(query)
    const after = await backend.getStatistics({ workspaceId })
    if (before.totalTraces !== after.totalTraces) continue
    expect(after).toMatchObject({ totalTraces: listed.found.size, totalMemories: listed.items })
    return { ...listed, memories }
  }
}

async function listWhole(backend: StorageBackend) {
  const found = new Set<string>()
  let items = 0
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<StorageBackend["listTraces"]>> = await backend.listTraces({
      ...{ workspaceId, limit: 500, cursor },
    })
    for (const { id, metadata, memoryItemCount } of page.rows) {
      expect(memoryItemCount).toBe(metadata.items)
      found.add(id)
      items += memoryItemCount
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  return { found, items }
}
