import { describe, expect, test } from "vitest"
import { embeddedText } from "../storage/stored-rows.ts"
import {
  aBank,
  embed,
  expectEmbedded,
  type GetTargets,
  missing,
  model,
} from "./embedding-under-test.ts"
import { aMemoryItem, anEmbedding, aWorkspaceId } from "./sample-rows.ts"
import { readMemoryItem, readTrace, writeNew } from "./target-under-test.ts"

export function describeEmbeddingNeeds(targets: GetTargets): void {
  describe("what is embedded", () => {
    test("counts what there is, and embeds what is missing or does not fit", async () => {
      const { target, embeddingTarget } = targets()
      const { workspaceId, traces, memoryItems } = await aBank({
        target,
        fit: [anEmbedding({ model })],
      })
      const counts = await embeddingTarget.count({ model, workspaceId })
      const count = { workspaceId, rows: 4, missing: 3, stale: 0, models: new Map([[model, 1]]) }
      expect(counts).toEqual([
        { kind: "trace", ...count },
        { kind: "memory_item", ...count },
      ])
      const needs = { rows: 4, missing: 3, stale: 0, of_other_models: 0 }
      const workspaces = [{ workspace_id: workspaceId, trace: needs, memory_item: needs }]
      const dry = await embed({ target: embeddingTarget, workspaceId, dryRun: true })
      expect(dry).toMatchObject({ status: "dry_run", workspaces })
      expect(await embeddingTarget.count({ model, workspaceId })).toEqual(counts)

      const report = await embed({ target: embeddingTarget, workspaceId, pageSize: 2 })
      const embedded = { trace: 3, memory_item: 3 }
      expect(report).toMatchObject({ status: "done", model, workspaces, embedded })
      for (const trace of traces.slice(0, 3)) {
        const found = await readTrace(target, trace)
        await expectEmbedded({ found, source: trace, text: trace.task })
      }
      for (const item of memoryItems.slice(0, 3)) {
        const found = await readMemoryItem(target, item)
        await expectEmbedded({ found, source: item, text: embeddedText(item) })
      }
      const untouched = memoryItems.at(-1) ?? aMemoryItem()
      const kept = await readMemoryItem(target, untouched)
      expect(kept?.row.embedding).toEqual(untouched.embedding)

      const again = await embed({ target: embeddingTarget, workspaceId })
      expect(again).toMatchObject({ status: "done", embedded: { trace: 0, memory_item: 0 } })
    })

    test("other workspaces are left alone, an unknown one is an error", async () => {
      const { target, embeddingTarget } = targets()
      const [mine, theirs] = [await aBank({ target }), await aBank({ target })]
      await embed({ target: embeddingTarget, ...mine })
      const counts = await embeddingTarget.count({ ...theirs, model })
      expect(counts.map(({ missing: count }) => count)).toEqual([3, 3])
      await expect(
        embed({ target: embeddingTarget, workspaceId: aWorkspaceId() }),
      ).rejects.toMatchObject({ code: "usage" })
    })

    test("a page ends where its texts are too many", async () => {
      const { target, embeddingTarget } = targets()
      const workspaceId = aWorkspaceId()
      const content = "long ".repeat(300_000)
      const memoryItems = Array.from({ length: 5 }, (_, ordinal) =>
        aMemoryItem({ workspaceId, ordinal, content, embedding: missing }),
      )
      await writeNew({ target, memoryItems })
      const scope = { kind: "memory_item", workspaceId, limit: 100 } as const
      const first = await embeddingTarget.read({ ...scope, after: null })
      expect(first).toHaveLength(2)
      expect(
        await embeddingTarget.read({ ...scope, after: first.at(-1)?.key ?? null }),
      ).toHaveLength(2)
      expect(await embed({ target: embeddingTarget, workspaceId })).toMatchObject({
        embedded: { memory_item: 5 },
      })
    })
  })
}
