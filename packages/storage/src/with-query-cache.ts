import { createHash } from "node:crypto"
import type { StorageBackend } from "@reasoningbank/core/storage"
import { LRUCache } from "lru-cache"

export type QueryCacheSettings = {
  /** Answers kept. @default 1000 */
  maximumEntries?: number
  /** How long an answer is good; writes of other programs are not seen for as long. @default 60000 */
  timeToLiveInMs?: number
}

type Scope = { workspaceId: string }

/**
 * The backend with its answers remembered. A write through it drops every answer of its workspace, also one
 * that is still on its way. A remembered search has the id of the search that was made.
 */
export function withQueryCache({
  backend,
  maximumEntries = 1_000,
  timeToLiveInMs = 60_000,
}: QueryCacheSettings & { backend: StorageBackend }): StorageBackend {
  const answers = new LRUCache<string, { value: unknown }>({
    max: maximumEntries,
    ttl: timeToLiveInMs,
  })
  const generations = new Map<string, number>()
  const generationOf = (workspaceId: string) => generations.get(workspaceId) ?? 0

  const cached =
    <Input extends Scope, Output>(method: string, read: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      const key = `${generationOf(input?.workspaceId)} ${method} ${hashInput(input)}`
      const known = answers.get(key)
      if (known !== undefined) return structuredClone(known.value as Output)
      const value = await read(input)
      answers.set(key, { value: structuredClone(value) })
      return value
    }

  const forgetting =
    <Input extends Scope, Output>(write: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      const forget = () => {
        const { workspaceId } = input ?? {}
        generations.set(workspaceId, generationOf(workspaceId) + 1)
      }
      // Before it, so that no answer from before it is used after it; after it, as others may have read meanwhile.
      forget()
      return write(input).finally(forget)
    }

  return {
    ...backend,
    getTrace: cached("getTrace", backend.getTrace),
    getMemory: cached("getMemory", backend.getMemory),
    querySimilarMemories: cached("querySimilarMemories", backend.querySimilarMemories),
    querySimilarTraces: cached("querySimilarTraces", backend.querySimilarTraces),
    searchMemories: cached("searchMemories", backend.searchMemories),
    listMemories: cached("listMemories", backend.listMemories),
    listTraces: cached("listTraces", backend.listTraces),
    getStatistics: cached("getStatistics", backend.getStatistics),
    getGenealogy: cached("getGenealogy", backend.getGenealogy),
    addTrace: forgetting(backend.addTrace),
    updateMemory: forgetting(backend.updateMemory),
    deleteMemory: forgetting(backend.deleteMemory),
    deleteOldTraces: forgetting(backend.deleteOldTraces),
    deleteWorkspace: forgetting(backend.deleteWorkspace),
    async close() {
      answers.clear()
      await backend.close()
    },
  }
}

function hashInput(input: unknown): string {
  const text = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Float32Array ? Array.from(value) : value,
  )
  return createHash("sha256").update(text).digest("base64")
}
