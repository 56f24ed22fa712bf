import { describe, expect, test } from "vitest"
import type { EmbeddingTarget } from "../embedding-target.ts"
import { embeddedText } from "../storage/stored-rows.ts"
import {
  aBank,
  edit,
  embed,
  expectEmbedded,
  type GetTargets,
  missing,
  model,
} from "./embedding-under-test.ts"
import { aMemoryItem, aTrace, aVector } from "./sample-rows.ts"
import { readMemoryItem, readTrace } from "./target-under-test.ts"

export function describeGuardedEmbedding(targets: GetTargets): void {
  describe("guarded embedding", () => {
    test("a row that is edited between read and write is left, looked at again, never overwritten", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId, traces, memoryItems } = await aBank({ target })
      const [trace = aTrace(), item = aMemoryItem()] = [traces[0], memoryItems[0]]
      const edited = {
        trace: { ...trace, task: "Edited while it was embedded" },
        item: { ...item, title: "Edited while it was embedded" },
      }
      let edits = 0
      const disturbed: EmbeddingTarget = {
        ...embeddingTarget,
        async write(batch) {
          if (edits++ === 0) await edit({ target, ...edited })
          return embeddingTarget.write(batch)
        },
      }
      const report = await embed({ target: disturbed, workspaceId })
      expect(report).toMatchObject({
        status: "done",
        embedded: { trace: 3, memory_item: 3 },
        left: { trace: 0, memory_item: 0 },
      })
      const foundTrace = await readTrace(target, trace)
      await expectEmbedded({ found: foundTrace, source: edited.trace, text: edited.trace.task })
      const foundItem = await readMemoryItem(target, item)
      await expectEmbedded({
        ...{ found: foundItem, source: edited.item, text: embeddedText(edited.item) },
      })
    })

    test("a row that is edited at every attempt is said to be left", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId, traces, memoryItems } = await aBank({ target, unfit: 1 })
      const [trace = aTrace(), item = aMemoryItem()] = [traces[0], memoryItems[0]]
      let edits = 0
      const disturbed: EmbeddingTarget = {
        ...embeddingTarget,
        async write(batch) {
          const title = `Edit ${edits++}`
          await edit({ target, trace: { ...trace, task: title }, item: { ...item, title } })
          return embeddingTarget.write(batch)
        },
      }
      const report = await embed({ target: disturbed, workspaceId })
      expect(report).toMatchObject({
        status: "rows_left",
        embedded: { trace: 0, memory_item: 0 },
        left: { trace: 1, memory_item: 1 },
      })
      const found = await readMemoryItem(target, item)
      expect(found?.row).toMatchObject({ title: `Edit ${edits - 1}`, embedding: missing })
      expect(await embed({ target: embeddingTarget, workspaceId })).toMatchObject({
        status: "done",
      })
    })

    test("a write that is sent again, as after a lost answer, counts as written", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId } = await aBank({ target })
      const rows = await embeddingTarget.read({
        ...{ kind: "memory_item", workspaceId, after: null, limit: 9 },
      })
      const embeddings = rows.map(({ kind, key, version }, at) => ({
        ...{ kind, key, version, vector: aVector(at + 1) },
      }))
      expect(await embeddingTarget.write({ model, embeddings })).toEqual({ skipped: [] })
      expect(await embeddingTarget.write({ model, embeddings })).toEqual({ skipped: [] })
      const others = embeddings.map((embedding) => ({ ...embedding, vector: aVector(8) }))
      const { skipped } = await embeddingTarget.write({ model, embeddings: others })
      expect(skipped).toHaveLength(3)
    })

    test("a run that is stopped keeps whole pages, and the next one does the rest only", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId } = await aBank({ target, unfit: 6 })
      const stop = new AbortController()
      const stopping: EmbeddingTarget = {
        ...embeddingTarget,
        async write(batch) {
          const result = await embeddingTarget.write(batch)
          stop.abort(new Error("stopped here"))
          return result
        },
      }
      const { signal } = stop
      const stopped = embed({ target: stopping, workspaceId, pageSize: 2, signal })
      await expect(stopped).rejects.toThrow("stopped here")
      const rest = await embed({ target: embeddingTarget, workspaceId, pageSize: 2 })
      expect(rest.embedded).toEqual({ trace: 4, memory_item: 6 })
    })
  })
}
