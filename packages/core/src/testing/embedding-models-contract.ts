import { describe, expect, test } from "vitest"
import type { Embedder } from "../embedder.ts"
import { embeddingModel } from "../embedding.ts"
import type { EmbeddingTarget } from "../embedding-target.ts"
import { asMigrated } from "../migration/as-migrated.ts"
import { differingFields } from "../migration/differing-fields.ts"
import { embeddedText } from "../storage/stored-rows.ts"
import { aBank, embed, expectEmbedded, type GetTargets, model } from "./embedding-under-test.ts"
import { anEmbedding, aVector } from "./sample-rows.ts"
import { createHashedWordsEmbedder } from "./storage/hashed-words-embedder.ts"
import { readMemoryItem, readTrace } from "./target-under-test.ts"

export function describeEmbeddingModels(targets: GetTargets): void {
  describe("one model, never two", () => {
    test("vectors of another model are refused, and converted only when that is asked for", async () => {
      const { target, embeddingTarget } = targets()
      const own = anEmbedding({ vector: aVector(9) })
      const { workspaceId, traces, memoryItems } = await aBank({ target, fit: [own, own] })
      await expect(embed({ target: embeddingTarget, workspaceId })).rejects.toMatchObject({
        code: "run:refused",
        message: expect.stringContaining(embeddingModel),
        hint: expect.stringContaining("--convert"),
      })
      const before = await embeddingTarget.count({ model, workspaceId })
      expect(before[0]).toMatchObject({ missing: 3, models: new Map([[embeddingModel, 2]]) })

      const modelsSeen: string[][] = []
      const watching: EmbeddingTarget = {
        ...embeddingTarget,
        async write(batch) {
          const result = await embeddingTarget.write(batch)
          const counts = await embeddingTarget.count({ model, workspaceId })
          for (const { models } of counts) modelsSeen.push([...models.keys()])
          return result
        },
      }
      const report = await embed({ target: watching, workspaceId, convert: true, pageSize: 2 })
      expect(report).toMatchObject({ status: "done", embedded: { trace: 5, memory_item: 5 } })
      expect(modelsSeen.every((models) => models.length <= 1)).toBe(true)
      expect(modelsSeen.flat().every((seen) => seen === model)).toBe(true)
      for (const trace of traces) {
        const found = await readTrace(target, trace)
        await expectEmbedded({ found, source: trace, text: trace.task })
      }
      for (const item of memoryItems) {
        const found = await readMemoryItem(target, item)
        await expectEmbedded({ found, source: item, text: embeddedText(item) })
      }

      const back = createHashedWordsEmbedder({ name: "a third model" })
      await embed({ target: embeddingTarget, workspaceId, convert: true, embedder: back })
      for (const item of memoryItems) {
        const found = await readMemoryItem(target, item)
        expect(found?.row.embedding.model).toBe("a third model")
        expect(found && differingFields(asMigrated(found), item)).toEqual([])
      }
    })

    test("an embedder that does not work changes nothing, converting included", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId, memoryItems } = await aBank({ target, fit: [anEmbedding()] })
      const broken: Embedder = {
        ...createHashedWordsEmbedder({ name: model }),
        embed: async () => {
          throw new Error("no model here")
        },
      }
      const run = embed({ target: embeddingTarget, workspaceId, embedder: broken, convert: true })
      await expect(run).rejects.toThrow("no model here")
      const shortModel = createHashedWordsEmbedder({ name: model, dimension: 100 })
      await expect(
        embed({ target: embeddingTarget, workspaceId, embedder: shortModel, convert: true }),
      ).rejects.toMatchObject({
        code: "storage:embedding_mismatch",
      })
      for (const item of memoryItems) {
        const found = await readMemoryItem(target, item)
        expect(found?.row.embedding).toEqual(item.embedding)
      }
    })

    test("the database itself lets no vector of a second model in", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId } = await aBank({ target, unfit: 1, fit: [anEmbedding()] })
      for (const kind of ["trace", "memory_item"] as const) {
        const [row] = await embeddingTarget.read({ kind, workspaceId, after: null, limit: 9 })
        if (row === undefined) throw new Error("There is nothing to embed.")
        const { key, version } = row
        const embeddings = [{ kind, key, version, vector: aVector(3) }]
        await expect(embeddingTarget.write({ model, embeddings })).rejects.toMatchObject({
          code: "target:row_refused",
        })
        expect(await embeddingTarget.write({ model: embeddingModel, embeddings })).toEqual({
          skipped: [],
        })
      }
    })
  })
}
