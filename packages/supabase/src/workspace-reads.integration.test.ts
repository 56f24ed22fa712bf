import { randomUUID } from "node:crypto"
import {
  aMemoryItem,
  anEmbedding,
  aTrace,
  aVector,
  aWorkspaceId,
  aWriteRow,
} from "@reasoningbank/core/testing"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import { readWorkspaceStatistics } from "./read-workspace-statistics.ts"
import { searchMemories } from "./search-memories.ts"
import type { SqlClient } from "./sql-client.ts"
import { prepareWithSchema } from "./testing/prepared-database.ts"

describeWithNativePostgres("reads of a workspace", {}, ({ createDatabase }) => {
  const workspaceId = aWorkspaceId()
  const otherWorkspaceId = aWorkspaceId()
  let sql: SqlClient

  beforeAll(async () => {
    const client = createPostgresClient({
      databaseUrl: await prepareWithSchema(await createDatabase()),
    })
    sql = client
    const target = createSqlTarget({ sql, kind: "postgres", location: client.location })
    const runId = randomUUID()
    await target.startRun({
      id: runId,
      sourceIdentity: runId,
      sourceKind: "chroma-directory",
      sourceLocation: "/data",
      sourceTimezone: "UTC",
      options: {},
    })
    const outcomes = ["success", "success", "failure", "partial", "abandoned", null]
    const traces = outcomes.map((outcome, day) =>
      aTrace({ workspaceId, outcome, createdAt: `2025-03-0${day + 1}T23:30:00.000000Z` }),
    )
    const item = (fields: Parameters<typeof aMemoryItem>[0]) =>
      aMemoryItem({ workspaceId, traceId: traces[2]?.id ?? null, ...fields })
    const memoryItems = [
      item({ title: "nearest", embedding: anEmbedding({ vector: aVector(1) }), evolutionStage: 3 }),
      item({ title: "far", embedding: anEmbedding({ vector: aVector(50) }), traceId: null }),
      item({ title: "opposite", embedding: anEmbedding({ vector: aVector(1).map((x) => -x) }) }),
      item({
        title: "no vector",
        embedding: anEmbedding({ status: "missing", model: null, vector: null }),
        domainCategory: "payments",
        errorContext: { error_type: "TypeError" },
      }),
      aMemoryItem({ workspaceId: otherWorkspaceId, title: "elsewhere" }),
    ]
    await target.write({
      runId,
      traces: traces.map((row) => aWriteRow(row)),
      memoryItems: memoryItems.map((row) => aWriteRow(row)),
    })
    return () => client.close()
  })

  test("counts what is there", async () => {
    const statistics = await readWorkspaceStatistics({ sql })
    expect(statistics.find((row) => row.workspaceId === workspaceId)).toMatchObject({
      traces: 6,
      successRate: expect.closeTo(100 / 3, 10),
      failureTraces: 1,
      memoryItems: 4,
      memoryItemsWithErrors: 1,
      averageEvolutionStage: 0.75,
      embeddingCoverage: 75,
      firstDay: "2025-03-01",
      lastDay: "2025-03-06",
      domains: ["checkout", "payments"],
    })
    expect(statistics.find((row) => row.workspaceId === otherWorkspaceId)).toMatchObject({
      traces: 0,
      memoryItems: 1,
      firstDay: null,
    })
  })

  test("finds the nearest first, in its workspace only, with the outcome of its trace", async () => {
    const found = await searchMemories({ sql, workspaceId, vector: aVector(1), limit: 10 })
    expect(found.map(({ title, outcome }) => [title, outcome])).toEqual([
      ["nearest", "failure"],
      ["far", null],
      ["opposite", "failure"],
    ])
    expect(found[0]?.similarity).toBeCloseTo(1, 6)
    expect(found[2]?.similarity).toBeCloseTo(-1, 6)
    expect(await searchMemories({ sql, workspaceId, vector: aVector(1), limit: 1 })).toHaveLength(1)
  })
})
