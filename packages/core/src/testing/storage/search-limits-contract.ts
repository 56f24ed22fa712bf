import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { aNewMemory, aNewTrace, type GetContext } from "./backend-under-test.ts"

const text = "retry the checkout before the cache"

export function describeSearchLimits(getContext: GetContext): void {
  describe("limits of a search", () => {
    test("an empty workspace has nothing to find", async () => {
      const { backend, workspaceId } = await getContext()
      expect((await backend.querySimilarMemories({ workspaceId, text, k: 5 })).memories).toEqual([])
      expect((await backend.querySimilarTraces({ workspaceId, text })).traces).toEqual([])
      for (const mode of ["keyword", "semantic", "hybrid"] as const) {
        expect((await backend.searchMemories({ workspaceId, text, mode })).memories).toEqual([])
      }
    })

    test("a workspace never finds what is another's", async () => {
      const { backend, workspaceId, anotherWorkspace } = await getContext()
      const other = await anotherWorkspace()
      await backend.addTrace(aNewTrace({ workspaceId }))
      await backend.addTrace(aNewTrace({ workspaceId: other }))
      const { memories } = await backend.querySimilarMemories({ workspaceId, text, k: 100 })
      expect(memories.map(({ memory }) => memory.workspaceId)).toEqual([workspaceId])
      const { traces } = await backend.querySimilarTraces({ workspaceId, text, k: 100 })
      expect(traces.map(({ trace }) => trace.workspaceId)).toEqual([workspaceId])
      const found = await backend.searchMemories({ workspaceId, text: "invoice", mode: "keyword" })
      expect(found.memories.map(({ memory }) => memory.workspaceId)).toEqual([workspaceId])
    })

    test("rows of one similarity come in the order of their ids", async () => {
      const { backend, workspaceId } = await getContext()
      const ids = Array.from({ length: 7 }, () => randomUUID())
      await backend.addTrace(
        aNewTrace({ workspaceId, memoryItems: ids.map((id) => aNewMemory({ id })) }),
      )
      const { memories } = await backend.querySimilarMemories({ workspaceId, text, k: 4 })
      expect(memories.map(({ memory }) => memory.id)).toEqual(ids.toSorted().slice(0, 4))
    })

    test.each([0, -1, 1.5, 1_001, Number.NaN, "5"])("k = %j is refused", async (k) => {
      const { backend, workspaceId } = await getContext()
      const query = { workspaceId, text, k: k as number }
      const usage = { code: "usage" }
      await expect(backend.querySimilarMemories(query)).rejects.toMatchObject(usage)
      await expect(backend.querySimilarTraces(query)).rejects.toMatchObject(usage)
    })

    test("a query vector of another model or length is refused", async () => {
      const { backend, workspaceId } = await getContext()
      await backend.addTrace(aNewTrace({ workspaceId }))
      const other = { model: "another-model", vector: Array.from({ length: 384 }, (_, at) => at) }
      const short = { model: "hashed-words", vector: [1, 2, 3] }
      const mismatch = { code: "storage:embedding_mismatch" }
      for (const embedding of [other, short]) {
        const query = { workspaceId, embedding }
        await expect(backend.querySimilarMemories(query)).rejects.toMatchObject(mismatch)
        await expect(backend.querySimilarTraces(query)).rejects.toMatchObject(mismatch)
      }
    })

    test("a trace with vectors of another model is refused", async () => {
      const { backend, workspaceId } = await getContext()
      await backend.addTrace(aNewTrace({ workspaceId }))
      const embedding = {
        model: "another-model",
        vector: Array.from({ length: 384 }, (_, at) => at),
      }
      const trace = aNewTrace({ workspaceId, embedding, memoryItems: [] })
      await expect(backend.addTrace(trace)).rejects.toMatchObject({
        code: "storage:embedding_mismatch",
      })
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({ totalTraces: 1 })
    })
  })
}
