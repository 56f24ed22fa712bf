import { execFile } from "node:child_process"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import postgres from "postgres"
import { describe, expect, test } from "vitest"
import { describeWithNativePostgres } from "./describe-with-native-postgres.ts"
import { startPgbouncer } from "./index.ts"
import { PgbouncerUnavailable } from "./pgbouncer-unavailable.ts"
import { startPgbouncerForTest } from "./start-pgbouncer-for-test.ts"
import { accepts } from "./testing/accepts.ts"

describeWithNativePostgres("pgbouncer", {}, (server) => {
  test("lends one session to many clients, a transaction at a time", async (context) => {
    const databaseUrl = await server.createDatabase()
    const pgbouncer = await startPgbouncerForTest({ context, databaseUrl, poolMode: "transaction" })
    const clients = [1, 2, 3].map(() => postgres(pgbouncer.url, { max: 1, prepare: false }))
    const backends: number[] = []
    for (const sql of clients) {
      const [row] = await sql`select pg_backend_pid() as backend, current_database() as database`
      expect(row?.database).toBe(new URL(databaseUrl).pathname.slice(1))
      backends.push(row?.backend)
    }
    expect(new Set(backends).size).toBe(1)
    await Promise.all(clients.map((sql) => sql.end()))
    await pgbouncer.stop()
    expect(await accepts(pgbouncer.port)).toBe(false)
  })

  test("lets any login role in, and asks for the password", async (context) => {
    const databaseUrl = await server.createDatabase()
    const owner = postgres(databaseUrl, { max: 1 })
    const role = new URL(databaseUrl).pathname.slice(1)
    await owner`create role ${owner(role)} login password 'its own'`
    const pgbouncer = await startPgbouncerForTest({ context, databaseUrl, poolMode: "session" })
    const url = new URL(pgbouncer.url)
    url.username = role
    url.password = "its own"
    const sql = postgres(url.href, { max: 1 })
    expect(await sql`select current_user as name`).toEqual([{ name: role }])
    url.password = "wrong"
    const stranger = postgres(url.href, { max: 1 })
    await expect(stranger`select 1`).rejects.toThrow("authentication failed")
    await Promise.all([sql.end(), stranger.end()])
    await pgbouncer.stop()
    await owner`drop role ${owner(role)}`
    await owner.end()
  })

  test("ends with the process that started it, even when that is killed", async (context) => {
    const databaseUrl = await server.createDatabase()
    const first = await startPgbouncerForTest({ context, databaseUrl, poolMode: "transaction" })
    await first.stop()
    const program = `
      import { startPgbouncer } from "${join(import.meta.dirname, "index.ts")}"
      const pgbouncer = await startPgbouncer({
        databaseUrl: "${databaseUrl}",
        poolMode: "transaction",
      })
      console.log(pgbouncer.port)
      process.kill(process.pid, "SIGKILL")`
    const port = await new Promise<number>((resolve) => {
      execFile(process.execPath, ["--input-type=module", "--eval", program], (_, stdout) =>
        resolve(Number(stdout)),
      )
    })
    expect(port).toBeGreaterThan(0)
    for (let attempt = 0; attempt < 100 && (await accepts(port)); attempt += 1) await sleep(50)
    expect(await accepts(port)).toBe(false)
  })
})

describe("without a source", () => {
  test("says what is needed", async () => {
    const started = startPgbouncer({
      databaseUrl: "postgres://postgres:postgres@127.0.0.1:1/postgres",
      poolMode: "transaction",
      cacheDirectory: "/dev/null/cache",
    })
    await expect(started).rejects.toThrow(PgbouncerUnavailable)
    await expect(started).rejects.toThrow("pgbouncer needs Debian 12 on x64")
  })
})
