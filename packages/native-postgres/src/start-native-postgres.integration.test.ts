import { execFile } from "node:child_process"
import { access } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import postgres from "postgres"
import { describe, expect, test } from "vitest"
import { describeWithNativePostgres } from "./describe-with-native-postgres.ts"
import { NativePostgresUnavailable } from "./native-postgres-unavailable.ts"
import { startNativePostgres } from "./start-native-postgres.ts"
import { accepts } from "./testing/accepts.ts"

describeWithNativePostgres("a shared server", { versions: [15, 16] }, (server) => {
  test("makes databases that can hold vectors", async () => {
    const sql = postgres(await server.createDatabase(), { max: 1 })
    await sql`create extension vector`
    const [row] = await sql`select '[1,2,3]'::vector <-> '[1,2,5]' as distance, version()`
    await sql.end()
    expect(row?.distance).toBe(2)
    expect(row?.version).toContain(`PostgreSQL ${server.version}.`)
  })

  test("copies a database", async () => {
    const template = await server.createDatabase()
    const sql = postgres(template, { max: 1 })
    await sql`create table kept (id int)`
    await sql.end()
    const copy = postgres(
      await server.createDatabase({ template: new URL(template).pathname.slice(1) }),
      { max: 1 },
    )
    expect(await copy`select * from kept`).toEqual([])
    await copy.end()
  })

  test("keeps writes safe and asks for the password", async () => {
    const url = new URL(await server.createDatabase())
    const sql = postgres(url.href, { max: 1 })
    const [row] = await sql`select current_setting('fsync') as fsync`
    await sql.end()
    expect(row?.fsync).toBe("on")
    url.password = "wrong"
    const stranger = postgres(url.href, { max: 1 })
    await expect(stranger`select 1`).rejects.toThrow("password authentication failed")
  })
})

describeWithNativePostgres("a shared server of version 15", { versions: [15] }, (server) => {
  test("carries pgTAP and plpgsql_check", async () => {
    const sql = postgres(await server.createDatabase(), { max: 1, onnotice: () => {} })
    await sql`create extension pgtap`
    await sql`create extension plpgsql_check`
    await sql`select plan(1)`
    expect(await sql`select ok(true, 'a test')`).toEqual([{ ok: "ok 1 - a test" }])
    await sql`create function broken() returns int language plpgsql as 'begin return missing(); end'`
    const [finding] = await sql`select plpgsql_check_function('broken()')`
    await sql.end()
    expect(finding?.plpgsql_check_function).toContain("function missing() does not exist")
  })
})

describeWithNativePostgres("a server of one's own", {}, ({ version }) => {
  test("takes settings, and ends at stop", async () => {
    const server = await startNativePostgres({ version, settings: { max_connections: "7" } })
    const sql = postgres(server.url, { max: 1 })
    const [row] = await sql`select current_setting('max_connections') as connections,
      current_setting('data_directory') as directory`
    await sql.end()
    expect(row?.connections).toBe("7")
    await server.stop()
    await expect(access(row?.directory)).rejects.toThrow("ENOENT")
    expect(await accepts(server.port)).toBe(false)
  })

  test("ends with the process that started it, even when that is killed", async () => {
    const program = `
      import { startNativePostgres } from "${join(import.meta.dirname, "index.ts")}"
      const server = await startNativePostgres({ version: ${version} })
      console.log(server.port)
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

  test("tells why it could not start", async () => {
    const settings = { shared_buffers: "nonsense" }
    await expect(startNativePostgres({ version, settings })).rejects.toThrow(
      /invalid value.*nonsense/,
    )
  })
})

describe("without a source", () => {
  test("names what was tried", async () => {
    const started = startNativePostgres({ cacheDirectory: "/dev/null/cache" })
    await expect(started).rejects.toThrow(NativePostgresUnavailable)
    await expect(started).rejects.toThrow(/PostgreSQL 16 .*; PostgreSQL 15 .*/)
  })
})
