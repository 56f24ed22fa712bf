import { createServer } from "node:net"
import { listenOnFreePort } from "@reasoningbank/native-postgres"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { createPostgresClient, type PostgresClientSettings } from "./create-postgres-client.ts"
import { encodeCopyRows } from "./encode-copy-rows.ts"
import type { StagedColumn } from "./staged-columns.ts"

function connect(settings: PostgresClientSettings) {
  const sql = createPostgresClient(settings)
  onTestFinished(() => sql.close())
  return sql
}

function withParts(
  url: string,
  parts: Partial<Record<"username" | "password" | "pathname" | "search", string>>,
) {
  return Object.assign(new URL(url), parts).href
}

/** Accepts connections and then does what it is told. */
async function aServer(onConnection: (socket: import("node:net").Socket) => void): Promise<number> {
  const server = createServer(onConnection)
  onTestFinished(() => void server.close())
  return listenOnFreePort(server)
}

describe("a server that is not there", () => {
  const address = (port: number) => `postgres://u:TOPSECRET@127.0.0.1:${port}/d?sslmode=disable`

  test("refuses connections", async () => {
    const sql = connect({ databaseUrl: address(1) })
    const error: unknown = await sql
      .transaction([{ sql: "select 1" }])
      .catch((cause: unknown) => cause)
    expect(error).toMatchObject({
      code: "target:unreachable",
      message: expect.stringContaining("127.0.0.1:1/d"),
      hint: expect.any(String),
    })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("TOPSECRET")
  })

  test("accepts connections and says nothing", async () => {
    const databaseUrl = address(await aServer(() => {}))
    const sql = connect({ databaseUrl, connectTimeoutInMs: 300 })
    await expect(sql.transaction([{ sql: "select 1" }])).rejects.toMatchObject({
      code: "target:unreachable",
    })
  })

  test("accepts connections and drops them", async () => {
    const databaseUrl = address(await aServer((socket) => socket.destroy()))
    await expect(connect({ databaseUrl }).transaction([{ sql: "select 1" }])).rejects.toMatchObject(
      {
        code: "target:unreachable",
      },
    )
  })

  test("has a name that nobody knows", async () => {
    const databaseUrl = "postgres://u:p@no-such-host.invalid/d"
    await expect(connect({ databaseUrl }).transaction([{ sql: "select 1" }])).rejects.toMatchObject(
      {
        code: "target:unreachable",
        hint: expect.stringContaining("host name"),
      },
    )
  })
})

describeWithNativePostgres("a direct connection", {}, ({ createDatabase }) => {
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await createDatabase()
  })

  test("returns every value as Postgres prints it", async () => {
    const [rows] = await connect({ databaseUrl }).transaction([
      {
        sql: `select 1::int8 as big, 1.50::numeric as number, true as truth, null::text as nothing,
          '{"a": 1.0}'::jsonb as json, array['x', null]::text[] as texts, '\\x00ff'::bytea as bytes,
          timestamptz '2025-01-01 00:00:00.123456+00' at time zone 'UTC' as instant, 1e-320::float8 as tiny`,
      },
    ])
    expect(rows).toEqual([
      {
        big: "1",
        number: "1.50",
        truth: "t",
        nothing: null,
        json: '{"a": 1.0}',
        texts: "{x,NULL}",
        bytes: "\\x00ff",
        instant: "2025-01-01 00:00:00.123456",
        tiny: "1e-320",
      },
    ])
  })

  test("binds parameters as text", async () => {
    const [rows] = await connect({ databaseUrl }).transaction([
      {
        sql: "select $1::text as text, $2::text::jsonb as json, $3::integer as number, $4::boolean as truth, $5::text as nothing",
        parameters: ["a'b", '{"x":12345678901234567890}', 7, true, null],
      },
    ])
    expect(rows).toEqual([
      { text: "a'b", json: '{"x": 12345678901234567890}', number: "7", truth: "t", nothing: null },
    ])
  })

  test("keeps nothing of a transaction that fails, and goes on", async () => {
    const sql = connect({ databaseUrl, maximumConnections: 1 })
    const failing = sql.transaction([
      { sql: "create table public.half (id int)" },
      { sql: "select 1 / 0" },
    ])
    await expect(failing).rejects.toMatchObject({ code: "target:row_refused" })
    const [rows] = await sql.transaction([
      { sql: "select pg_catalog.to_regclass('public.half')::text as name" },
    ])
    expect(rows).toEqual([{ name: null }])
  })

  test.each([
    ["the last row breaks a rule", "target:row_refused", { last: -1, type: "int4" as const }],
    ["the first row is of another type", "target:refused", { last: 1, type: "text" as const }],
  ])("COPY when %s is an error, not silence", async (_, code, { last, type }) => {
    const sql = connect({ databaseUrl, maximumConnections: 1 })
    const rows = [...Array.from({ length: 100_000 }, () => 1), last]
    const column: StagedColumn<number> =
      type === "text"
        ? { name: "n", type, value: (n) => String(n) }
        : { name: "n", type, value: (n) => n }
    const copying = sql.transaction([
      { sql: "create temporary table target (n int check (n > 0)) on commit drop" },
      { copyInto: "target (n)", data: encodeCopyRows({ rows, columns: [column] }) },
    ])
    await expect(copying).rejects.toMatchObject({ code })
    expect(await sql.transaction([{ sql: "select 1 as one" }])).toEqual([[{ one: "1" }]])
  })

  test("a connection that is cut in the middle is reported, and the next one works", async () => {
    const sql = connect({ databaseUrl, maximumConnections: 1 })
    const executioner = connect({ databaseUrl })
    const cut = sql.transaction([
      { sql: "set local application_name = 'doomed'" },
      { sql: "select pg_catalog.pg_sleep(30)" },
    ])
    const killed = expect(cut).rejects.toMatchObject({ code: "target:unreachable" })
    let count = 0
    while (count === 0) {
      const [rows = []] = await executioner.transaction([
        {
          sql: `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
            where application_name = 'doomed' and state = 'active' and datname = pg_catalog.current_database()`,
        },
      ])
      count = rows.length
    }
    await killed
    expect(await sql.transaction([{ sql: "select 1 as one" }])).toEqual([[{ one: "1" }]])
  })

  test.each([
    ["a wrong password", { password: "TOPSECRET" }, "target:refused"],
    [
      "a user that is not there",
      { username: "nobody_here", password: "TOPSECRET" },
      "target:refused",
    ],
    ["a database that is not there", { pathname: "/nowhere" }, "target:refused"],
    ["TLS the server does not offer", { search: "?sslmode=require" }, "target:refused"],
  ])("%s is explained without the password", async (_, parts, code) => {
    const sql = connect({ databaseUrl: withParts(databaseUrl, parts) })
    const error: unknown = await sql
      .transaction([{ sql: "select 1" }])
      .catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code, hint: expect.any(String) })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("TOPSECRET")
  })

  test("prefers TLS and does without", async () => {
    const sql = connect({ databaseUrl: withParts(databaseUrl, { search: "?sslmode=prefer" }) })
    const both = [
      sql.transaction([{ sql: "select 1 as one" }]),
      sql.transaction([{ sql: "select 2 as two" }]),
    ]
    expect(await Promise.all(both)).toEqual([[[{ one: "1" }]], [[{ two: "2" }]]])
  })

  test("the victim of a deadlock is run again", async () => {
    const sql = connect({ databaseUrl })
    await sql.transaction([
      { sql: "create table public.counters (id int primary key, count int not null)" },
      { sql: "insert into public.counters values (1, 0), (2, 0)" },
    ])
    const addTo = (id: number) => ({
      sql: "update public.counters set count = count + 1 where id = $1",
      parameters: [id],
    })
    const pause = { sql: "select pg_catalog.pg_sleep(0.2)" }
    await Promise.all([
      sql.transaction([addTo(1), pause, addTo(2)]),
      sql.transaction([addTo(2), pause, addTo(1)]),
    ])
    const [rows] = await sql.transaction([{ sql: "select count from public.counters" }])
    expect(rows).toEqual([{ count: "2" }, { count: "2" }])
  })

  test("a user without rights is told which", async () => {
    const owner = connect({ databaseUrl })
    await owner.transaction([
      { sql: "create table public.secret (id int)" },
      {
        sql: `do $$ begin create role reader login password 'reader'; exception when duplicate_object then null; end $$`,
      },
    ])
    const sql = connect({
      databaseUrl: withParts(databaseUrl, { username: "reader", password: "reader" }),
    })
    await expect(sql.transaction([{ sql: "select * from public.secret" }])).rejects.toMatchObject({
      code: "target:refused",
      message: expect.stringContaining("permission denied"),
    })
  })
})
