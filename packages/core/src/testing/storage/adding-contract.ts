import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { formatInstant } from "../../storage/prepare-trace.ts"
import {
  addEverywhere,
  aNewMemory,
  aNewTrace,
  contractNow,
  type GetContext,
} from "./backend-under-test.ts"

export function describeAdding(getContext: GetContext): void {
  describe("adding", () => {
    test("gives back every field as it was given", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      const parentId = randomUUID()
      const trace = aNewTrace({
        workspaceId,
        task: 'Zażółć gęślą jaźń 🧠 العربية\n\ttabs, "quotes" and \\ backslashes, '.padEnd(
          900,
          "é",
        ),
        trajectory: [
          { iteration: 0, action: "matts_start", k: 3, mode: "parallel" },
          { iteration: 1, action: "think", output_hash: "00ff", all_scores: [0.5, 1, -2e-7] },
        ],
        outcome: "partial",
        metadata: {
          score: 0.1 + 0.2,
          big: 9_007_199_254_740_993n,
          nested: { "a.b": [null, true] },
        },
        parentTraceId: randomUUID(),
        relatedTraceIds: [randomUUID(), randomUUID()],
        extras: { __proto__x: 1, "": "empty key" },
        memoryItems: [
          aNewMemory({
            errorContext: { error_type: "timeout", corrective_guidance: "wait ⏳" },
            parentMemoryId: parentId,
            derivedFrom: [parentId, randomUUID()],
            evolutionStage: 4,
            patternTags: ["a, b", "ünïcödé", '"'],
            difficultyLevel: "expert",
            domainCategory: "api_usage",
            createdAt: "2026-01-02T03:04:05.678901+05:30",
            extras: { source: { question: "why?" } },
          }),
          aNewMemory({ patternTags: [], errorContext: {} }),
          aNewMemory({ patternTags: null }),
        ],
      })
      await addEverywhere(context, [trace])
      const key = { workspaceId, id: trace.id ?? "" }
      const found = await backend.getTrace(key)
      expect(found).toEqual(await reference.getTrace(key))
      expect(found).toMatchObject({
        task: trace.task,
        trajectory: trace.trajectory,
        metadata: trace.metadata,
        createdAt: "2026-11-20T08:15:30.123456Z",
        embeddingModel: "hashed-words",
      })
      expect(found?.memoryItems[0]).toMatchObject({
        createdAt: "2026-01-01T21:34:05.678901Z",
        traceOutcome: "partial",
      })
    })

    test("a trace without memory items is there", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      const trace = aNewTrace({ workspaceId, memoryItems: [] })
      await addEverywhere(context, [trace])
      const key = { workspaceId, id: trace.id ?? "" }
      expect(await backend.getTrace(key)).toEqual(await reference.getTrace(key))
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({ totalTraces: 1 })
    })

    test("ids and times are made for what has none", async () => {
      const { backend, workspaceId } = await getContext()
      const { id, createdAt, ...trace } = aNewTrace({ workspaceId })
      const memoryItems = [aNewMemory({ id: undefined }), aNewMemory({ id: undefined })]
      const added = await backend.addTrace({ ...trace, memoryItems })
      expect(new Set([added.id, ...added.memoryIds]).size).toBe(3)
      const found = await backend.getTrace({ workspaceId, id: added.id })
      expect(found?.memoryItems.map((item) => item.id)).toEqual(added.memoryIds)
      expect(found?.createdAt).toBe(formatInstant(contractNow))
    })

    test("ids that are no UUIDs stay as they are", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      const trace = aNewTrace({
        workspaceId,
        id: "trace/1 ü",
        parentTraceId: "trace/0",
        memoryItems: [
          aNewMemory({ id: "mem-1" }),
          aNewMemory({ id: "mem-2", parentMemoryId: "mem-1", derivedFrom: ["mem-0"] }),
        ],
      })
      await addEverywhere(context, [trace])
      for (const id of ["trace/1 ü", "trace/0"]) {
        const key = { workspaceId, id }
        expect(await backend.getTrace(key)).toEqual(await reference.getTrace(key))
      }
      const key = { workspaceId, id: "mem-2" }
      expect(await backend.getMemory(key)).toEqual(await reference.getMemory(key))
    })

    test("what breaks a limit is named, every part of it", async () => {
      const { backend, workspaceId } = await getContext()
      const trace = aNewTrace({
        workspaceId,
        task: "Fix",
        trajectory: [],
        memoryItems: [
          aNewMemory({ title: "no", evolutionStage: -1 }),
          aNewMemory({ content: "x\u0000".padEnd(30) }),
        ],
        metadata: { when: new Date() },
      })
      const error: unknown = await backend.addTrace(trace).catch((cause: unknown) => cause)
      expect(error).toMatchObject({ code: "usage" })
      for (const part of [
        "task",
        "trajectory",
        "memoryItems[0].title",
        "memoryItems[0].evolutionStage",
        "memoryItems[1].content",
        "metadata.when",
      ]) {
        expect(String(error)).toContain(`${part}: `)
      }
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({ totalTraces: 0 })
    })

    test("a vector given is used in place of the text", async () => {
      const { backend, workspaceId } = await getContext()
      const vector = Float32Array.from({ length: 384 }, (_, at) => (at === 5 ? 3 : 0))
      const embedding = { vector, model: "hashed-words" }
      const trace = aNewTrace({
        workspaceId,
        memoryItems: [aNewMemory({ embedding }), aNewMemory()],
      })
      await backend.addTrace(trace)
      const { memories } = await backend.querySimilarMemories({ workspaceId, embedding, k: 1 })
      expect(memories[0]?.memory.id).toBe(trace.memoryItems?.[0]?.id)
      expect(memories[0]?.similarity).toBeCloseTo(1, 6)
    })
  })
}
