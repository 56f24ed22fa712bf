import { createBackend, type StorageBackend } from "@reasoningbank/core/storage"
import { createHashedWordsEmbedder, createInMemoryDriver } from "@reasoningbank/core/testing"
import { expect, test } from "vitest"
import { withQueryCache } from "./with-query-cache.ts"

function countedBackend() {
  const driver = createInMemoryDriver()
  const asked = { nearest: 0 }
  const backend = createBackend({
    driver: {
      ...driver,
      async nearestMemories(query) {
        asked.nearest++
        return driver.nearestMemories(query)
      },
    },
    embedder: createHashedWordsEmbedder(),
  })
  return { asked, backend, cached: withQueryCache({ backend }) }
}

const trace = (workspaceId: string) => ({
  workspaceId,
  task: "Write a parser",
  trajectory: [{ iteration: 1, action: "think" }],
  outcome: "success" as const,
  memoryItems: [
    {
      title: "Read one token ahead",
      description: "One token of lookahead is enough",
      content: "A recursive descent parser needs one token of lookahead here.",
    },
  ],
})
const query = { workspaceId: "w", text: "parser" }
const titles = async (backend: StorageBackend) =>
  (await backend.querySimilarMemories(query)).memories.map(({ memory }) => memory.title)

test("the same question is asked once, another one again", async () => {
  const { asked, cached } = countedBackend()
  const first = await cached.querySimilarMemories(query)
  expect(await cached.querySimilarMemories({ ...query })).toEqual(first)
  expect(asked.nearest).toBe(1)
  await cached.querySimilarMemories({ ...query, k: 2 })
  const embedding = { vector: new Float32Array(384).fill(1), model: "hashed-words" }
  await cached.querySimilarMemories({ workspaceId: "w", embedding })
  const other = { ...embedding, vector: new Float32Array(384).fill(-1) }
  await cached.querySimilarMemories({ workspaceId: "w", embedding: other })
  expect(asked.nearest).toBe(4)
})

test("a write drops the answers of its workspace, and of no other", async () => {
  const { asked, cached } = countedBackend()
  await cached.querySimilarMemories({ ...query, workspaceId: "other" })
  expect(await titles(cached)).toEqual([])
  await cached.addTrace(trace("w"))
  expect(await titles(cached)).toEqual(["Read one token ahead"])
  await cached.querySimilarMemories({ ...query, workspaceId: "other" })
  expect(asked.nearest).toBe(3)
})

test("an answer that was on its way during a write is not kept", async () => {
  const { backend, cached } = countedBackend()
  let release = () => {}
  const slow = withQueryCache({
    backend: {
      ...backend,
      async querySimilarMemories(input) {
        const answer = await backend.querySimilarMemories(input)
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return answer
      },
    },
  })
  const stale = slow.querySimilarMemories(query)
  await new Promise((resolve) => setImmediate(resolve))
  await slow.addTrace(trace("w"))
  release()
  expect((await stale).memories).toEqual([])
  const fresh = slow.querySimilarMemories(query)
  await new Promise((resolve) => setImmediate(resolve))
  release()
  expect((await fresh).memories.length).toBe(1)
  await cached.close()
})

test("what a caller does to an answer stays with the caller", async () => {
  const { cached } = countedBackend()
  await cached.addTrace(trace("w"))
  const { memories } = await cached.querySimilarMemories(query)
  memories.pop()
  expect(await titles(cached)).toEqual(["Read one token ahead"])
})
