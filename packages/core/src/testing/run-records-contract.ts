import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { NewMigrationRun } from "../migration-target.ts"
import { aMemoryItem, aTrace, aWorkspaceId } from "./sample-rows.ts"
import { type GetTarget, startedRun, writeNew } from "./target-under-test.ts"

function aRun(fields: Partial<NewMigrationRun> = {}): NewMigrationRun {
  return {
    id: randomUUID(),
    sourceIdentity: `identity-${randomUUID()}`,
    sourceKind: "chroma-directory",
    sourceLocation: 'C:\\Users\\Jörg\\chroma "old"',
    sourceTimezone: "Europe/Berlin",
    options: { overwrite: false, limit: 9_007_199_254_740_993n },
    ...fields,
  }
}

export function describeRunRecords(getTarget: GetTarget): void {
  describe("records of runs", () => {
    test("a source nobody migrated has none", async () => {
      expect(await getTarget().findLatestRun(`identity-${randomUUID()}`)).toBeNull()
    })

    test("a run is found by its source, with its time zone, while it runs and after", async () => {
      const target = getTarget()
      const run = aRun()
      await target.startRun(run)
      expect(await target.findLatestRun(run.sourceIdentity)).toEqual({
        id: run.id,
        status: "running",
        sourceTimezone: "Europe/Berlin",
      })
      await target.finishRun({ id: run.id, status: "verified", report: { counts: { read: 3 } } })
      expect((await target.findLatestRun(run.sourceIdentity))?.status).toBe("verified")
    })

    test("starting a run twice, as after a lost answer, changes nothing", async () => {
      const target = getTarget()
      const run = aRun()
      await target.startRun(run)
      await target.finishRun({ id: run.id, status: "verified", report: {} })
      await target.startRun(run)
      expect((await target.findLatestRun(run.sourceIdentity))?.status).toBe("verified")
    })

    test("the newest run of a source is the one that counts", async () => {
      const target = getTarget()
      const first = aRun()
      const second = aRun({ sourceIdentity: first.sourceIdentity, sourceTimezone: "UTC" })
      await target.startRun(first)
      await target.startRun(second)
      expect((await target.findLatestRun(first.sourceIdentity))?.id).toBe(second.id)
    })

    test("finishing a run that was never started is refused", async () => {
      const finish = getTarget().finishRun({ id: randomUUID(), status: "failed", report: {} })
      await expect(finish).rejects.toMatchObject({ name: "ReasoningBankError" })
    })

    test("a status nobody knows is refused", async () => {
      const target = getTarget()
      const id = await startedRun(target)
      const finish = target.finishRun({ id, status: "splendid", report: {} })
      await expect(finish).rejects.toMatchObject({ name: "ReasoningBankError" })
    })

    test("rows are counted per workspace and run", async () => {
      const target = getTarget()
      const one = `a${aWorkspaceId()}`
      const other = `b${aWorkspaceId()}`
      const { runId } = await writeNew({
        target,
        traces: [aTrace({ workspaceId: one })],
        memoryItems: [
          aMemoryItem({ workspaceId: one }),
          aMemoryItem({ workspaceId: one }),
          aMemoryItem({ workspaceId: other }),
        ],
      })
      await writeNew({ target, memoryItems: [aMemoryItem({ workspaceId: one })] })
      const counts = await target.countRows(runId)
      expect(counts.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1))).toEqual([
        { workspaceId: one, traces: 1, memoryItems: 2 },
        { workspaceId: other, traces: 0, memoryItems: 1 },
      ])
      expect(await target.countRows(randomUUID())).toEqual([])
    })
  })
}
