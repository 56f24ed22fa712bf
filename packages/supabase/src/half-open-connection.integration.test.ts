import { startTcpProxy } from "@reasoningbank/native-postgres"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { expect, onTestFinished, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"

describeWithNativePostgres("a connection that is half open", {}, ({ createDatabase }) => {
  async function connectThroughProxy(settings: { connectTimeoutInMs?: number } = {}) {
    const databaseUrl = await createDatabase()
    const proxy = await startTcpProxy({ url: databaseUrl })
    const sql = createPostgresClient({
      databaseUrl: proxy.inFrontOf(databaseUrl),
      askAfterInMs: 300,
      ...settings,
    })
    onTestFinished(async () => {
      await sql.close()
      await proxy.stop()
    })
    return { proxy, sql }
  }

  test("is given up when the server can not be asked either; the next transaction works", async () => {
    const { proxy, sql } = await connectThroughProxy({ connectTimeoutInMs: 500 })
    await sql.transaction([{ sql: "create table kept (value integer)" }])
    proxy.decide = (data) => (data.includes("insert into kept") ? "freeze" : "forward")
    await expect(sql.transaction([{ sql: "insert into kept values (1)" }])).rejects.toMatchObject({
      code: "target:unreachable",
      message: expect.stringContaining("the connection is dead"),
      hint: expect.stringContaining("run again"),
    })
    proxy.decide = () => "forward"
    proxy.thaw()
    const [, rows] = await sql.transaction([
      { sql: "insert into kept values (2)" },
      { sql: "select value::text from kept" },
    ])
    expect(rows).toEqual([{ value: "2" }])
  })

  test("is not what a long statement is, nor one that waits for a lock", async () => {
    const { sql } = await connectThroughProxy()
    const [rows] = await sql.transaction([{ sql: "select pg_sleep(2.5), 'done' as result" }])
    expect(rows).toMatchObject([{ result: "done" }])
    await sql.transaction([{ sql: "create table held (value integer)" }])
    const holder = sql.transaction([{ sql: "lock table held" }, { sql: "select pg_sleep(2)" }])
    const waiter = sql.transaction([{ sql: "insert into held values (1)" }])
    await expect(Promise.all([holder, waiter])).resolves.toHaveLength(2)
  })
})
