import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { aMemoryItem, aTrace, aWorkspaceId, aWriteRow } from "./sample-rows.ts"
import {
  expectSame,
  type GetTarget,
  keyOf,
  readMemoryItem,
  readTrace,
  startedRun,
  writeNew,
} from "./target-under-test.ts"

export function describeGuardedWrites(getTarget: GetTarget): void {
  describe("guarded writes", () => {
    test("new rows are there, stamped with their run and digest", async () => {
      const target = getTarget()
      const trace = aTrace()
      const item = aMemoryItem({ workspaceId: trace.workspaceId, traceId: trace.id })
      const { skipped, runId } = await writeNew({ target, traces: [trace], memoryItems: [item] })
      expect(skipped).toEqual([])
      const [foundTrace, foundItem] = [
        await readTrace(target, trace),
        await readMemoryItem(target, item),
      ]
      expectSame(foundTrace, trace)
      expectSame(foundItem, item)
      expect([foundTrace?.migrationRunId, foundItem?.migrationRunId]).toEqual([runId, runId])
    })

    test("keys that are not there are not found, and none means none", async () => {
      const target = getTarget()
      const { workspaceId, id } = aTrace()
      const item = aMemoryItem()
      await writeNew({ target, memoryItems: [item] })
      expect(await target.readTraces([{ workspaceId, id }])).toEqual([])
      expect(await target.readMemoryItems([{ workspaceId, id: item.id }])).toEqual([])
      expect(await target.readTraces([])).toEqual([])
      expect(await target.readMemoryItems([])).toEqual([])
    })

    test("an empty batch is written", async () => {
      const runId = await startedRun(getTarget())
      const result = await getTarget().write({ runId, traces: [], memoryItems: [] })
      expect(result.skipped).toEqual([])
    })

    test("a row that was expected to be absent is left alone and named", async () => {
      const target = getTarget()
      const trace = aTrace()
      const item = aMemoryItem({ workspaceId: trace.workspaceId })
      await writeNew({ target, traces: [trace], memoryItems: [item] })
      const newcomer = aMemoryItem({ workspaceId: trace.workspaceId })
      const { skipped } = await writeNew({
        target,
        traces: [{ ...trace, task: "another" }],
        memoryItems: [{ ...item, title: "another" }, newcomer],
      })
      expect(skipped.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
        { kind: "memory_item", key: keyOf(item) },
        { kind: "trace", key: keyOf(trace) },
      ])
      expectSame(await readTrace(target, trace), trace)
      expectSame(await readMemoryItem(target, item), item)
      expectSame(await readMemoryItem(target, newcomer), newcomer)
    })

    test("a row at the version seen is updated", async () => {
      const target = getTarget()
      const trace = aTrace()
      const item = aMemoryItem({ workspaceId: trace.workspaceId, traceId: trace.id })
      await writeNew({ target, traces: [trace], memoryItems: [item] })
      const [seenTrace, seenItem] = [
        await readTrace(target, trace),
        await readMemoryItem(target, item),
      ]
      const runId = await startedRun(target)
      const changedTrace = { ...trace, outcome: null, trajectory: null }
      const changedItem = { ...item, title: "", traceId: null, patternTags: null }
      const { skipped } = await target.write({
        runId,
        traces: [aWriteRow(changedTrace, seenTrace?.version)],
        memoryItems: [aWriteRow(changedItem, seenItem?.version)],
      })
      expect(skipped).toEqual([])
      expectSame(await readTrace(target, trace), changedTrace)
      expectSame(await readMemoryItem(target, item), changedItem)
      expect((await readTrace(target, trace))?.version).not.toBe(seenTrace?.version)
      expect((await readMemoryItem(target, item))?.migrationRunId).toBe(runId)
    })

    test("a row that somebody changed since it was seen is left alone and named", async () => {
      const target = getTarget()
      const trace = aTrace()
      const item = aMemoryItem({ workspaceId: trace.workspaceId })
      await writeNew({ target, traces: [trace], memoryItems: [item] })
      const [seenTrace, seenItem] = [
        await readTrace(target, trace),
        await readMemoryItem(target, item),
      ]
      const theirTrace = { ...trace, task: "theirs" }
      const theirItem = { ...item, links: [aLink()], content: "theirs" }
      await target.write({
        runId: await startedRun(target),
        traces: [aWriteRow(theirTrace, seenTrace?.version)],
        memoryItems: [aWriteRow(theirItem, seenItem?.version)],
      })
      const { skipped } = await target.write({
        runId: await startedRun(target),
        traces: [aWriteRow({ ...trace, task: "ours" }, seenTrace?.version)],
        memoryItems: [aWriteRow({ ...item, content: "ours" }, seenItem?.version)],
      })
      expect(skipped).toHaveLength(2)
      expectSame(await readTrace(target, trace), theirTrace)
      expectSame(await readMemoryItem(target, item), theirItem)
    })

    test("a row that is expected but gone is left alone and named", async () => {
      const target = getTarget()
      const item = aMemoryItem()
      const { skipped } = await target.write({
        runId: await startedRun(target),
        traces: [],
        memoryItems: [aWriteRow(item, "1")],
      })
      expect(skipped).toEqual([{ kind: "memory_item", key: keyOf(item) }])
      expect(await readMemoryItem(target, item)).toBeUndefined()
    })

    test("a batch sent again, as after a lost answer, counts as written and changes nothing", async () => {
      const target = getTarget()
      const trace = aTrace({ links: [aLink()] })
      const item = aMemoryItem({ workspaceId: trace.workspaceId, traceId: trace.id })
      const batch = {
        runId: await startedRun(target),
        traces: [aWriteRow(trace)],
        memoryItems: [aWriteRow(item)],
      }
      await target.write(batch)
      const before = [await readTrace(target, trace), await readMemoryItem(target, item)]
      expect(await target.write(batch)).toEqual({ skipped: [] })
      expect([await readTrace(target, trace), await readMemoryItem(target, item)]).toEqual(before)

      const [{ version: traceVersion } = {}, { version: itemVersion } = {}] = before
      const changedTrace = { ...trace, task: "changed", links: [aLink(), aLink(1)] }
      const changedItem = { ...item, title: "changed" }
      const update = {
        runId: await startedRun(target),
        traces: [aWriteRow(changedTrace, traceVersion)],
        memoryItems: [aWriteRow(changedItem, itemVersion)],
      }
      expect(await target.write(update)).toEqual({ skipped: [] })
      const after = [await readTrace(target, trace), await readMemoryItem(target, item)]
      expect(await target.write(update)).toEqual({ skipped: [] })
      expect([await readTrace(target, trace), await readMemoryItem(target, item)]).toEqual(after)
      expectSame(await readTrace(target, trace), changedTrace)
    })

    test("an update replaces the links", async () => {
      const target = getTarget()
      const item = aMemoryItem({ links: [aLink(0), aLink(1), aLink(2)] })
      await writeNew({ target, memoryItems: [item] })
      const seen = await readMemoryItem(target, item)
      expectSame(seen, item)
      const changed = { ...item, links: [{ ...aLink(0), relation: "related" as const }] }
      await target.write({
        runId: await startedRun(target),
        traces: [],
        memoryItems: [aWriteRow(changed, seen?.version)],
      })
      expectSame(await readMemoryItem(target, item), changed)
    })

    test("a batch with one bad row leaves nothing, not even its workspace", async () => {
      const target = getTarget()
      const workspaceId = aWorkspaceId()
      const [trace, item] = [aTrace({ workspaceId }), aMemoryItem({ workspaceId })]
      const orphan = aMemoryItem({ workspaceId, traceId: randomUUID() })
      const write = writeNew({ target, traces: [trace], memoryItems: [item, orphan] })
      await expect(write).rejects.toMatchObject({ code: "target:row_refused" })
      expect(await readTrace(target, trace)).toBeUndefined()
      expect(await readMemoryItem(target, item)).toBeUndefined()
    })

    test("of two writers of one new row, one is told that it came second", async () => {
      const target = getTarget()
      const item = aMemoryItem()
      const [mine, theirs] = [
        { ...item, title: "mine" },
        { ...item, title: "theirs" },
      ]
      const results = await Promise.all([
        writeNew({ target, memoryItems: [mine] }),
        writeNew({ target, memoryItems: [theirs] }),
      ])
      expect(results.flatMap(({ skipped }) => skipped)).toEqual([
        { kind: "memory_item", key: keyOf(item) },
      ])
      const winner = results[0]?.skipped.length === 0 ? mine : theirs
      expectSame(await readMemoryItem(target, item), winner)
    })

    test("many rows are written in one batch and read back with one call", async () => {
      const target = getTarget()
      const workspaceId = aWorkspaceId()
      const items = Array.from({ length: 1_234 }, (_, ordinal) =>
        aMemoryItem({ workspaceId, ordinal }),
      )
      await writeNew({ target, memoryItems: items })
      const found = await target.readMemoryItems(items.map(keyOf))
      const byId = new Map(found.map((row) => [row.row.id, row]))
      expect(byId.size).toBe(items.length)
      for (const item of items) expectSame(byId.get(item.id), item)
    })
  })
}

function aLink(ordinal = 0) {
  return {
    relation: "derived_from" as const,
    ordinal,
    targetKind: "memory_item" as const,
    targetId: randomUUID(),
    sourceReference: ordinal === 1 ? 'mem "7"' : null,
  }
}
