import { describe, expect, test } from "vitest"
import type { StorageBackend } from "../../storage/storage-backend.ts"
import { completeStatistics, countWorkspace } from "../../storage/workspace-statistics.ts"
import { addEverywhere, aNewTrace, daysAgo, type GetContext } from "./backend-under-test.ts"
import { seededBank } from "./seeded-bank.ts"

export function describeListing(getContext: GetContext): void {
  describe("listing", () => {
    test("pages hold every row once, newest first", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      await addEverywhere(context, seededBank({ workspaceId, traces: 25 }))
      for (const limit of [1, 7, 500]) {
        expect(await listMemories({ backend, workspaceId, limit })).toEqual(
          await listMemories({ backend: reference, workspaceId, limit: 500 }),
        )
        expect(await listTraces({ backend, workspaceId, limit })).toEqual(
          await listTraces({ backend: reference, workspaceId, limit: 500 }),
        )
      }
      const filter = { domain: "debugging", errors: "without" as const }
      expect(await backend.listMemories({ workspaceId, filter })).toEqual(
        await reference.listMemories({ workspaceId, filter }),
      )
      const success = { workspaceId, filter: { outcome: "success" } }
      expect(await backend.listTraces(success)).toEqual(await reference.listTraces(success))
    })

    test("rows added meanwhile neither repeat nor hide others", async () => {
      const { backend, workspaceId } = await getContext()
      const bank = seededBank({ workspaceId, traces: 16 })
      for (const trace of bank) await backend.addTrace(trace)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<StorageBackend["listTraces"]>> = await backend.listTraces({
          ...{ workspaceId, limit: 3, cursor },
        })
        seen.push(...page.rows.map(({ id }) => id))
        cursor = page.nextCursor
        const createdAt = daysAgo(Math.max(0, 80 - seen.length * 4))
        await backend.addTrace(aNewTrace({ workspaceId, createdAt }))
      } while (cursor !== null)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toEqual(expect.arrayContaining(bank.map(({ id }) => id)))
    })

    test("a cursor nobody gave and a page of no size are refused", async () => {
      const { backend, workspaceId } = await getContext()
      const usage = { code: "usage" }
      await expect(backend.listTraces({ workspaceId, cursor: "?" })).rejects.toMatchObject(usage)
      await expect(backend.listMemories({ workspaceId, limit: 0 })).rejects.toMatchObject(usage)
      await expect(backend.listMemories({ workspaceId, limit: 501 })).rejects.toMatchObject(usage)
    })
  })

  describe("counting", () => {
    test("an empty workspace has no rates", async () => {
      const { backend, workspaceId } = await getContext()
      expect(await backend.getStatistics({ workspaceId })).toEqual(
        completeStatistics({ workspaceId, counts: countWorkspace({ traces: [], memories: [] }) }),
      )
      expect(await backend.getStatistics({ workspaceId })).toMatchObject({
        ...{ successRate: null, avgEvolutionStage: null, embeddingCoverage: null },
      })
    })

    test("statistics are what the rows say after changes of every kind", async () => {
      const context = await getContext()
      const { backend, reference, workspaceId } = context
      const bank = seededBank({ workspaceId, traces: 20 })
      await addEverywhere(context, bank)
      const items = bank.flatMap(({ memoryItems }) => memoryItems ?? [])
      for (const each of [backend, reference]) {
        const id = (at: number) => items[at]?.id ?? ""
        await each.updateMemory({
          ...{ workspaceId, id: id(0) },
          changes: {
            patternTags: ["renamed"],
            difficultyLevel: null,
            errorContext: { error_type: "x" },
          },
        })
        await each.updateMemory({
          workspaceId,
          id: id(3),
          changes: { evolutionStage: 9, domainCategory: null },
        })
        await each.deleteMemory({ workspaceId, id: id(5) })
        await each.deleteOldTraces({ workspaceId, retentionDays: 40, dryRun: false })
      }
      const statistics = await backend.getStatistics({ workspaceId })
      expect(statistics).toEqual(await reference.getStatistics({ workspaceId }))
      const traces = await listTraces({ backend, workspaceId, limit: 500 })
      const memories = await listMemories({ backend, workspaceId, limit: 500 })
      expect(statistics).toEqual(
        completeStatistics({ workspaceId, counts: countWorkspace({ traces, memories }) }),
      )
      expect(statistics.totalTraces).toBeGreaterThan(0)
    })
  })
}

type Listing = { backend: StorageBackend; workspaceId: string; limit: number }

async function listMemories({ backend, ...query }: Listing) {
  const rows = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<StorageBackend["listMemories"]>> = await backend.listMemories({
      ...query,
      cursor,
    })
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}

async function listTraces({ backend, ...query }: Listing) {
  const rows = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<StorageBackend["listTraces"]>> = await backend.listTraces({
      ...query,
      cursor,
    })
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}
