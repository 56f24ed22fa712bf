import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { formatInstant } from "../../storage/prepare-trace.ts"
import {
  addEverywhere,
  aNewMemory,
  aNewTrace,
  contractNow,
  expectSameRecall,
  type GetContext,
} from "./backend-under-test.ts"
import { seededBank } from "./seeded-bank.ts"

export function describeChanging(getContext: GetContext): void {
  describe("changing and deleting", () => {
    test("a changed text is found by its new words, the rest stays", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      const trace = aNewTrace({
        workspaceId,
        memoryItems: [aNewMemory({ patternTags: ["kept"] }), aNewMemory()],
      })
      await addEverywhere(context, [trace])
      const id = trace.memoryItems?.[0]?.id ?? ""
      const changes = { title: "Warm the kettle before tea", difficultyLevel: "simple" as const }
      const changed = await backend.updateMemory({ workspaceId, id, changes })
      expect(changed).toEqual(await reference.updateMemory({ workspaceId, id, changes }))
      expect(await backend.getMemory({ workspaceId, id })).toEqual(changed)
      const query = { workspaceId, text: "kettle tea warm", k: 2 }
      const found = await backend.querySimilarMemories(query)
      expectSameRecall(found, await reference.querySimilarMemories(query))
      expect(found.memories[0]?.memory).toMatchObject({ id, patternTags: ["kept"] })
    })

    test("what is not there, or in another workspace, is not changed", async () => {
      const { backend, workspaceId, anotherWorkspace } = await getContext()
      const other = await anotherWorkspace()
      const trace = aNewTrace({ workspaceId })
      await backend.addTrace(trace)
      const id = trace.memoryItems?.[0]?.id ?? ""
      const changes = { domainCategory: "stolen" }
      expect(await backend.updateMemory({ workspaceId: other, id, changes })).toBeNull()
      expect(await backend.deleteMemory({ workspaceId: other, id })).toBe(false)
      expect(await backend.getMemory({ workspaceId: other, id })).toBeNull()
      expect(await backend.getTrace({ workspaceId: other, id: trace.id ?? "" })).toBeNull()
      expect(await backend.getMemory({ workspaceId, id })).toMatchObject({ domainCategory: null })
      expect(await backend.deleteMemory({ workspaceId, id })).toBe(true)
      expect(await backend.deleteMemory({ workspaceId, id })).toBe(false)
    })

    test("a change that breaks a limit is refused", async () => {
      const { backend, workspaceId } = await getContext()
      const trace = aNewTrace({ workspaceId })
      await backend.addTrace(trace)
      const id = trace.memoryItems?.[0]?.id ?? ""
      const changes = { title: "no", patternTags: Array.from({ length: 11 }, String) }
      await expect(backend.updateMemory({ workspaceId, id, changes })).rejects.toMatchObject({
        code: "usage",
        message: expect.stringMatching(/changes\.title.*changes\.patternTags/),
      })
    })

    test("old traces are only counted unless it is meant", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      await addEverywhere(context, seededBank({ workspaceId, traces: 12 }))
      const deletion = { workspaceId, retentionDays: 45 }
      const counted = await backend.deleteOldTraces(deletion)
      const { cutoff, ...expected } = await reference.deleteOldTraces(deletion)
      expect(counted).toMatchObject({ ...expected, isDryRun: true })
      expect(Math.abs(Date.parse(counted.cutoff) - Date.parse(cutoff))).toBeLessThan(3_600_000)
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({ totalTraces: 12 })
      const deleted = await backend.deleteOldTraces({ ...deletion, dryRun: false })
      expect(deleted).toMatchObject({ ...expected, isDryRun: false })
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({
        totalTraces: 12 - counted.traces,
      })
      for (const retentionDays of [0, -3, 0.5, Number.NaN]) {
        const refused = backend.deleteOldTraces({ workspaceId, retentionDays })
        await expect(refused).rejects.toMatchObject({ code: "usage" })
      }
    })

    test("a workspace goes whole, and only when its name is typed", async () => {
      const { backend, workspaceId, anotherWorkspace } = await getContext()
      const other = await anotherWorkspace()
      await backend.addTrace(aNewTrace({ workspaceId }))
      await backend.addTrace(aNewTrace({ workspaceId: other }))
      const wrong = backend.deleteWorkspace({ workspaceId, name: "something else" })
      await expect(wrong).rejects.toMatchObject({ code: "usage" })
      expect(await backend.deleteWorkspace({ workspaceId, name: workspaceId })).toEqual({
        traces: 1,
        memories: 1,
      })
      expect((await backend.listTraces({ workspaceId })).rows).toEqual([])
      expect(await backend.getStatistics({ workspaceId: other })).toMatchObject({ totalTraces: 1 })
    })
  })

  describe("remembering searches", () => {
    test("a search is recorded, and marked later", async () => {
      const { backend, workspaceId, anotherWorkspace } = await getContext()
      const trace = aNewTrace({ workspaceId })
      await backend.addTrace(trace)
      const { retrievalId, memories } = await backend.querySimilarMemories({
        workspaceId,
        text: "totals",
        k: 3,
      })
      const [first] = memories
      const results = [{ id: first?.memory.id, score: first?.similarity, isHelpful: null }]
      expect(await backend.getRetrieval({ workspaceId, retrievalId })).toMatchObject({
        ...{ id: retrievalId, searchKind: "similar_memories", k: 3, errorCode: null, results },
        ...{ servedTraceId: null, queryText: null },
        queryHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        recordedAt: formatInstant(contractNow),
      })
      const servedTraceId = trace.id ?? ""
      const mark = { workspaceId, retrievalId, helpfulIds: [first?.memory.id ?? ""], servedTraceId }
      expect(await backend.markRetrieval(mark)).toBe(true)
      expect(await backend.getRetrieval({ workspaceId, retrievalId })).toMatchObject({
        ...{ servedTraceId, results: [{ ...results[0], isHelpful: true }] },
      })
      const other = await anotherWorkspace()
      expect(await backend.markRetrieval({ ...mark, workspaceId: other })).toBe(false)
      expect(await backend.getRetrieval({ workspaceId: other, retrievalId })).toBeNull()
    })

    test("a search can be marked in the moment its answer is there", async () => {
      const { backend, workspaceId } = await getContext()
      const servedTraceId = randomUUID()
      const marked = await Promise.all(
        ["one", "two", "three"].map(async (text) => {
          const { retrievalId } = await backend.searchMemories({
            workspaceId,
            text,
            mode: "hybrid",
          })
          return backend.markRetrieval({ workspaceId, retrievalId, servedTraceId })
        }),
      )
      expect(marked).toEqual([true, true, true])
    })
  })

  test("it is healthy", async () => {
    const { backend } = await getContext()
    const health = await backend.health()
    expect(health).toMatchObject({ isHealthy: true, problem: null })
    expect(health.location).not.toBe("")
  })
}
