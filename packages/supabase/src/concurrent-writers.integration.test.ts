import { randomInt, randomUUID } from "node:crypto"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { expect, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { expectStatisticsToAgree } from "./testing/expect-statistics-to-agree.ts"
import { prepareWithSchema } from "./testing/prepared-database.ts"
import { runWriters, type WritersReport } from "./testing/run-writers.ts"
import { disorderlyOperations, writerOperations } from "./testing/writer-operations.ts"

const WRITERS = 8
const SECONDS = Number(
  process.env.CONCURRENT_WRITERS_SECONDS ?? (process.env.CI === "true" ? 60 : 10),
)

describeWithNativePostgres("eight writers on the same workspaces", {}, ({ createDatabase }) => {
  async function prepare() {
    const databaseUrl = await prepareWithSchema(await createDatabase())
    const sql = createPostgresClient({ databaseUrl })
    const workspaceIds: [string, ...string[]] = [randomUUID(), randomUUID(), randomUUID()]
    await sql.transaction(
      workspaceIds.map((id) => ({
        sql: "insert into public.workspaces (id, name) values ($1, $1)",
        parameters: [id],
      })),
    )
    const seed = randomInt(2 ** 31)
    return { sql, settings: { databaseUrl, workspaceIds, seed, writers: WRITERS } }
  }

  function print(name: string, { committed, failed, kills }: WritersReport): void {
    const total = Object.values(committed).reduce((sum, count) => sum + count, 0)
    console.log(`${name}: ${total} committed, ${failed["40P01"] ?? 0} deadlocks, ${kills} killed`)
    console.log("committed", JSON.stringify(committed))
    console.log("failed", JSON.stringify(failed))
  }

  async function expectNothingToRebuild(sql: ReturnType<typeof createPostgresClient>) {
    const [[answer] = []] = await sql.transaction([
      { sql: "select public.rebuild_statistics()::text as wrong" },
    ])
    expect(answer?.wrong).toBe("0")
  }

  test("no deadlock, and the counts are right at the end", { timeout: 180_000 }, async () => {
    const { sql, settings } = await prepare()
    const report = await runWriters({
      ...settings,
      durationInMs: SECONDS * 1_000,
      operations: writerOperations,
    })
    print(`${WRITERS} writers, ${SECONDS} s`, report)
    await expectNothingToRebuild(sql)
    await expectStatisticsToAgree(sql, settings.workspaceIds)
    expect(report.failed["40P01"]).toBeUndefined()
    expect(Object.keys(report.failed).filter((code) => code !== "PT499")).toEqual([])
    expect(Object.keys(report.committed).sort()).toEqual(
      Object.keys(writerOperations)
        .filter((name) => name !== "giveUp")
        .sort(),
    )
    await sql.close()
  })

  test("right too when writers deadlock over rows or are killed", {
    timeout: 180_000,
  }, async () => {
    const { sql, settings } = await prepare()
    const seconds = Math.ceil(SECONDS / 4)
    const report = await runWriters({
      ...settings,
      durationInMs: seconds * 1_000,
      operations: disorderlyOperations,
      killEveryInMs: 150,
    })
    print(`${WRITERS} writers, killed at random, ${seconds} s`, report)
    await expectNothingToRebuild(sql)
    await expectStatisticsToAgree(sql, settings.workspaceIds)
    expect(report.kills).toBeGreaterThan(0)
    // The last: a workspace was made again by two at once, or was gone when its rows came.
    const known = [
      "40P01",
      "40001",
      "PT499",
      "connection lost",
      "23505 workspaces_pkey",
      "23503 memory_items_workspace_id_fkey",
      "23503 reasoning_traces_workspace_id_fkey",
    ]
    expect(Object.keys(report.failed).filter((code) => !known.includes(code))).toEqual([])
    await sql.close()
  })
})
