import { crashPostgres, startNativePostgres, startTcpProxy } from "@reasoningbank/native-postgres"
import {
  describeWithNativePostgres,
  startPgbouncerForTest,
} from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { type FaultBank, makeFaultBank, openFaultTarget } from "../testing/fault-bank.ts"

describeWithNativePostgres("the way to the database", {}, ({ createDatabase, version }) => {
  let bank: FaultBank

  beforeAll(async () => {
    bank = await makeFaultBank({ createDatabase })
    return bank.home.remove
  })

  const openProxy = async (url: string) => {
    const proxy = await startTcpProxy({ url })
    onTestFinished(() => proxy.stop())
    return proxy
  }

  test.each([
    ["before the database has heard of it", "cut"],
    ["after it, and its answer is lost", "forward-and-cut"],
  ] as const)("the line is cut at a commit, %s", async (_, verdict) => {
    const target = await bank.openTarget()
    const proxy = await openProxy(target.databaseUrl)
    let merges = 0
    let isCut = false
    proxy.decide = (data) => {
      if (data.includes("merge_migration_staging")) merges++
      if (isCut || merges !== 5 || !data.includes("commit\0")) return "forward"
      isCut = true
      return verdict
    }
    const run = await target.migrate({ through: proxy.inFrontOf(target.databaseUrl) })
    expect(isCut).toBe(true)
    if (run.exitCode !== 0) {
      expect(run).toMatchObject({ exitCode: 4, stderr: expect.stringContaining("run again") })
    }
    await target.expectSameEnd()
  })

  test("a pooler in transaction mode", async (context) => {
    const target = await bank.openTarget()
    const pgbouncer = await startPgbouncerForTest({
      context,
      databaseUrl: target.databaseUrl,
      poolMode: "transaction",
    })
    const run = await target.migrate({ through: pgbouncer.url })
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    await pgbouncer.stop()
    await target.expectSameEnd()
  })

  test("a slow line", async () => {
    const target = await bank.openTarget()
    const proxy = await openProxy(target.databaseUrl)
    proxy.bytesPerSecond = 250_000
    const run = await target.migrate({ through: proxy.inFrontOf(target.databaseUrl) })
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    await target.expectSameEnd()
  })

  test("the database server crashes and comes back", async () => {
    const server = await startNativePostgres({ version })
    onTestFinished(() => server.stop())
    const target = openFaultTarget({ bank, databaseUrl: await server.createDatabase() })
    const prepared = await target.migrate({
      arguments: ["--yes", "--collection", "reasoning_memories"],
    })
    expect(prepared.exitCode).toBe(0)
    await target.withSql((sql) =>
      sql.transaction([
        { sql: "truncate public.workspaces, public.migration_runs, public.lineage_links cascade" },
      ]),
    )
    const running = await target.startCopying()
    await crashPostgres({ url: server.url })
    const { exitCode, stderr } = await running.finished
    if (exitCode !== 0) {
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 4,
        stderr: expect.stringContaining("run again"),
      })
    }
    await target.expectSameEnd()
  })
})
