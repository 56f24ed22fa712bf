import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { NewReasoningTrace } from "../../storage/new-reasoning-trace.ts"
import { aNewMemory, aNewTrace, type GetContext } from "./backend-under-test.ts"

export function describeRepeatedAdding(getContext: GetContext): void {
  describe("adding what is there, and at the same time", () => {
    test("the same trace again changes nothing", async () => {
      const context = await getContext()
      const { backend, workspaceId } = context
      const { createdAt, ...trace } = aNewTrace({ workspaceId })
      expect(await backend.addTrace(trace)).toMatchObject({ status: "added" })
      const [item] = trace.memoryItems ?? []
      const key = { workspaceId, id: item?.id ?? "" }
      await backend.updateMemory({ ...key, changes: { domainCategory: "edited" } })
      expect(await backend.addTrace(trace)).toMatchObject({ id: trace.id, status: "unchanged" })
      expect(await backend.getMemory(key)).toMatchObject({ domainCategory: "edited" })
      await backend.deleteMemory(key)
      expect(await backend.addTrace(trace)).toMatchObject({ status: "unchanged" })
      expect(await backend.getMemory(key)).toBeNull()
    })

    test("an id with other content is a conflict, and nothing is written", async () => {
      const { backend, workspaceId } = await getContext()
      const trace = aNewTrace({ workspaceId })
      await backend.addTrace(trace)
      const other: NewReasoningTrace = { ...trace, memoryItems: [aNewMemory()] }
      const before = await backend.getStatistics({ workspaceId })
      await expect(backend.addTrace(other)).rejects.toMatchObject({ code: "storage:conflict" })
      const takesItem = aNewTrace({
        workspaceId,
        memoryItems: [aNewMemory(), ...(trace.memoryItems ?? [])],
      })
      await expect(backend.addTrace(takesItem)).rejects.toMatchObject({ code: "storage:conflict" })
      const [item] = trace.memoryItems ?? []
      const twice = aNewTrace({
        workspaceId,
        memoryItems: [aNewMemory({ id: "x" }), aNewMemory({ id: "x" })],
      })
      await expect(backend.addTrace(twice)).rejects.toMatchObject({ code: "storage:conflict" })
      expect(await backend.getStatistics({ workspaceId })).toEqual(before)
      expect(await backend.getTrace({ workspaceId, id: takesItem.id ?? "" })).toBeNull()
      const key = { workspaceId, id: item?.id ?? "" }
      expect(await backend.getMemory(key)).toMatchObject({ traceId: trace.id })
    })

    test("one id may be in two workspaces", async () => {
      const { backend, workspaceId, anotherWorkspace } = await getContext()
      const other = await anotherWorkspace()
      const trace = aNewTrace({ workspaceId, task: "The task here" })
      await backend.addTrace(trace)
      await backend.addTrace({ ...trace, workspaceId: other, task: "The task there" })
      const id = trace.id ?? ""
      const item = trace.memoryItems?.[0]?.id ?? ""
      expect(await backend.getTrace({ workspaceId, id })).toMatchObject({ task: "The task here" })
      expect(await backend.getTrace({ workspaceId: other, id })).toMatchObject({
        task: "The task there",
        memoryItems: [{ id: item, workspaceId: other }],
      })
      expect(await backend.deleteMemory({ workspaceId: other, id: item })).toBe(true)
      expect(await backend.getMemory({ workspaceId, id: item })).toMatchObject({ workspaceId })
    })

    test("of many writers of one trace one adds it", async () => {
      const { backend, workspaceId } = await getContext()
      const trace = aNewTrace({ workspaceId, memoryItems: [aNewMemory(), aNewMemory()] })
      const added = await Promise.all(Array.from({ length: 8 }, () => backend.addTrace(trace)))
      expect(added.filter(({ status }) => status === "added").length).toBeGreaterThanOrEqual(1)
      const found = await backend.getTrace({ workspaceId, id: trace.id ?? "" })
      expect(found?.memoryItems.length).toBe(2)
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({
        totalTraces: 1,
        totalMemories: 2,
      })
    })

    test("of many writers of one id with different content one wins whole", async () => {
      const { backend, workspaceId } = await getContext()
      const id = randomUUID()
      const traces = Array.from({ length: 6 }, (_, at) =>
        aNewTrace({
          ...{ workspaceId, id, task: `Variant ${at}` },
          memoryItems: [
            aNewMemory({ title: `Variant ${at}` }),
            aNewMemory({ title: `Variant ${at}` }),
          ],
        }),
      )
      const results = await Promise.allSettled(traces.map((trace) => backend.addTrace(trace)))
      const winners = results.filter(({ status }) => status === "fulfilled")
      expect(winners.length).toBe(1)
      for (const result of results) {
        if (result.status === "rejected")
          expect(result.reason).toMatchObject({ code: "storage:conflict" })
      }
      const found = await backend.getTrace({ workspaceId, id })
      expect(found?.memoryItems.map(({ title }) => title)).toEqual([found?.task, found?.task])
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({ totalMemories: 2 })
    })

    test("writers of many traces at once lose nothing", async () => {
      const { backend, workspaceId } = await getContext()
      const traces = Array.from({ length: 24 }, () => aNewTrace({ workspaceId }))
      await Promise.all(traces.map((trace) => backend.addTrace(trace)))
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({
        totalTraces: 24,
        totalMemories: 24,
      })
    })
  })
}
