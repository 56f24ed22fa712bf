import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { access, mkdir, readFile, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import path from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connectLocalSupabase } from "./connect-local-supabase.ts"
import { LocalSqlError } from "./local-sql-error.ts"
import { makeTemporaryDirectory, TEST_MIGRATIONS } from "./testing/make-temporary-directory.ts"
import { makeClient, makeUser } from "./testing/make-user.ts"

let temporary: Awaited<ReturnType<typeof makeTemporaryDirectory>>
let directory: string
const connect = (migrationsDirectory = TEST_MIGRATIONS) =>
  connectLocalSupabase({ directory, migrationsDirectory })

beforeAll(async () => {
  temporary = await makeTemporaryDirectory()
  directory = path.join(temporary.path, ".reasoningbank")
})
afterAll(() => temporary[Symbol.asyncDispose]())

test("a parent killed during the first start leaves no server and no broken database", async () => {
  const client = startClient()
  await client.sees("log")
  client.process.kill("SIGKILL")
  await untilServerIsGone()
})

test("a server killed while it writes the first database starts over", async () => {
  const other = path.join(temporary.path, "killed")
  const server = startServer(other)
  await until(() => exists(path.join(other, "database", "PG_VERSION")))
  server.kill("SIGKILL")
  await once(server, "exit")
  const again = startServer(other)
  const [line] = await once(createInterface({ input: again.stdout }), "line")
  expect(line).toContain("Creating the local database")
  again.kill("SIGKILL")
})

test("connects at the same moment get one server, which outlives the one that started it", async () => {
  const clients = [startClient(), startClient(), startClient()]
  const events = await Promise.all(clients.map((client) => client.sees("connected")))
  expect(new Set(events.map(({ url }) => url)).size).toBe(1)
  expect(events.filter(({ started }) => started)).toHaveLength(1)
  const starter = clients[events.findIndex(({ started }) => started)]
  starter?.process.kill("SIGKILL")
  await sleep(1_500)

  const here = await connect()
  expect(here).toMatchObject({ url: events[0]?.url, started: false })
  expect(await here.sql.transaction([{ sql: "select id from public.ledger" }])).toEqual([
    [{ id: "1" }],
  ])
  for (const client of clients) client.process.kill("SIGKILL")
  await sleep(1_500)
  expect(await here.sql.transaction([{ sql: "select 1 as one" }])).toEqual([[{ one: "1" }]])
  await here.close()
})

test("runs direct SQL with every value as text and Postgres' own errors", async () => {
  await using connection = await connected()
  const { sql } = connection
  const [rows] = await sql.transaction([
    {
      sql: `select $1::bigint as big, $2::float8 as ratio, $3::text[] as list, $4::jsonb as json, $5::text as nothing,
              $6::boolean as truth, '\\xff00'::bytea as bytes, '[1,2,3]'::extensions.vector as vector`,
      parameters: [
        "9007199254740993",
        0.1,
        '{"a","b,c"}',
        '{"n": 12345678901234567890, "x": 1.0}',
        null,
        true,
      ],
    },
  ])
  expect(rows).toEqual([
    {
      big: "9007199254740993",
      ratio: "0.1",
      list: '{a,"b,c"}',
      json: '{"n": 12345678901234567890, "x": 1.0}',
      nothing: null,
      truth: "t",
      bytes: "\\xff00",
      vector: "[1,2,3]",
    },
  ])
  const failing = sql.transaction([
    { sql: "insert into public.ledger values (2, 1)" },
    { sql: "insert into public.ledger values (1, 1)" },
  ])
  await expect(failing).rejects.toThrow(LocalSqlError)
  await expect(failing).rejects.toMatchObject({
    code: "23505",
    detail: "Key (id)=(1) already exists.",
    constraint: "ledger_pkey",
    statementIndex: 1,
  })
  await expect(
    sql.transaction([
      { sql: "do $$ begin raise exception 'no' using hint = 'ask' , errcode = 'RB001'; end $$" },
    ]),
  ).rejects.toMatchObject({ code: "RB001", message: "no", hint: "ask" })
  await expect(
    sql.transaction([{ copyInto: "public.ledger", data: Buffer.from("nonsense") }]),
  ).rejects.toMatchObject({
    code: "22P04",
  })
  const [count] = await sql.transaction([{ sql: "select count(*) from public.ledger" }])
  expect(count).toEqual([{ count: "1" }])
})

test("copies binary rows, and serves tables made over direct SQL at once", async () => {
  await using connection = await connected()
  const row = (id: number) => {
    const bytes = Buffer.alloc(2 + 8 + 4 + 8)
    bytes.writeInt16BE(2, 0)
    bytes.writeInt32BE(4, 2)
    bytes.writeInt32BE(id, 6)
    bytes.writeInt32BE(8, 10)
    bytes.writeDoubleBE(id / 4, 14)
    return bytes
  }
  const rows = Array.from({ length: 1000 }, (_, index) => row(index))
  const data = Buffer.concat([
    Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"),
    Buffer.alloc(8),
    ...rows,
    Buffer.alloc(2, 0xff),
  ])
  const [, , totals] = await connection.sql.transaction([
    { sql: "create table public.measures (id int primary key, ratio float8)" },
    { copyInto: "public.measures (id, ratio)", data },
    { sql: "select count(*), sum(ratio) from public.measures" },
  ])
  expect(totals).toEqual([{ count: "1000", sum: "124875" }])
  const service = makeClient(connection, connection.secretKey)
  expect((await service.from("measures").select()).error?.code).toBe("42501")
  await connection.sql.transaction([{ sql: "grant select on public.measures to service_role" }])
  expect((await service.from("measures").select("id").eq("ratio", 2.5)).data).toEqual([{ id: 10 }])
})

test("keeps every acknowledged row when the server is killed, and starts again over the stale files", async () => {
  const before = await connect()
  const user = await makeUser(before, "eve@example.com")
  const service = makeClient(before, before.secretKey)
  const acknowledged: number[] = []
  const write = async (start: number) => {
    for (let id = start; ; id += 2) {
      const written =
        id % 4 < 2
          ? await before.sql
              .transaction([{ sql: "insert into public.ledger values ($1, 1)", parameters: [id] }])
              .then(
                () => true,
                () => false,
              )
          : (await service.from("ledger").insert({ id, amount: 1 })).error === null
      if (!written) return
      acknowledged.push(id)
    }
  }
  const writers = [write(1_000), write(1_001)]
  await until(async () => acknowledged.length > 100)
  process.kill(await serverPid(), "SIGKILL")
  await Promise.all(writers)
  await expect(before.sql.transaction([{ sql: "select 1" }])).rejects.toMatchObject({
    code: "server_lost",
  })
  await before.close()

  const after = await connect()
  expect(after.started).toBe(true)
  const [rows = []] = await after.sql.transaction([
    { sql: "select id from public.ledger where id >= 1000" },
  ])
  const kept = new Set(rows.map(({ id }) => Number(id)))
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  const login = await makeClient(after, after.publishableKey).auth.signInWithPassword({
    email: "eve@example.com",
    password: "correct horse",
  })
  expect(login.data.user?.id).toBe(user.id)
  await after.close()
  await untilServerIsGone()
})

test("does not show the key to a stranger on the port of a stale state file", async () => {
  const seen: string[] = []
  const stranger = createServer((request, response) => {
    seen.push(JSON.stringify([request.url, request.headers]))
    response.end('{"proof": "none"}')
  }).listen(0, "127.0.0.1")
  await once(stranger, "listening")
  const address = stranger.address()
  const port = typeof address === "object" ? address?.port : undefined
  const state = { url: `http://127.0.0.1:${port}`, pid: process.pid, migrationsDigest: "none" }
  await writeFile(path.join(directory, "server.json"), JSON.stringify(state))

  await expect(
    connectLocalSupabase({ directory, migrationsDirectory: TEST_MIGRATIONS, port: port ?? 0 }),
  ).rejects.toMatchObject({ name: "LocalSupabaseError", code: "port_unavailable" })

  await using connection = await connected()
  expect(connection).toMatchObject({ started: true })
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.join()).not.toContain(connection.secretKey)
  stranger.close()
})

test("refuses a running server that has other migrations", async () => {
  await using _connection = await connected()
  const others = path.join(temporary.path, "others")
  await mkdir(others)
  await writeFile(path.join(others, "20260101000000_other.sql"), "select 1;")
  await expect(connect(others)).rejects.toMatchObject({ code: "server_outdated" })
})

test("a server of one's own keeps running when asked to, gives way to the first, ends when told", async () => {
  await untilServerIsGone()
  const server = startServer(directory, "--keep-running")
  const lines = createInterface({ input: server.stdout })
  for await (const line of lines) if (line.includes("ready")) break
  const second = startServer(directory)
  expect(await once(second, "exit")).toEqual([0, null])
  const connection = await connect()
  expect(connection.started).toBe(false)
  await connection.close()
  await sleep(1_500)
  expect(server.exitCode).toBeNull()
  server.kill("SIGTERM")
  expect(await once(server, "exit")).toEqual([0, null])
  expect(await exists(path.join(directory, "server.json"))).toBe(false)

  const wrong = spawn(process.execPath, [SERVE, "--nonsense"])
  expect(await once(wrong, "exit")).toEqual([2, null])
})

const SERVE = fileURLToPath(new URL("./serve.ts", import.meta.url))
const HOLD = fileURLToPath(new URL("./testing/hold-connection.ts", import.meta.url))

type ClientEvent = { kind: string; url?: string; started?: boolean }

function startClient(): { process: ChildProcess; sees(kind: string): Promise<ClientEvent> } {
  const child = spawn(process.execPath, [HOLD, directory, TEST_MIGRATIONS], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const lines = createInterface({ input: child.stdout })
  const events: ClientEvent[] = []
  lines.on("line", (line) => events.push(JSON.parse(line)))
  const find = (kind: string) => events.find((event) => event.kind === kind)
  return {
    process: child,
    sees: async (kind) => {
      await until(async () => find(kind) !== undefined || child.exitCode !== null)
      return find(kind) ?? { kind: "ended" }
    },
  }
}

function startServer(where: string, ...more: string[]) {
  return spawn(process.execPath, [
    SERVE,
    "--directory",
    where,
    "--migrations",
    TEST_MIGRATIONS,
    ...more,
  ])
}

async function connected() {
  const connection = await connect()
  return { ...connection, [Symbol.asyncDispose]: connection.close }
}

async function serverPid(): Promise<number> {
  return JSON.parse(await readFile(path.join(directory, "server.json"), "utf8")).pid
}

/** The lock is free: whoever held the database is gone. */
async function untilServerIsGone(): Promise<void> {
  await until(async () => {
    const { acquireDirectoryLock } = await import("./directory-lock.ts")
    const lock = await acquireDirectoryLock(path.join(directory, "lock.sqlite"))
    lock?.release()
    return lock !== null
  })
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries += 1) {
    if (tries > 2_000) throw new Error("Waited for 100 seconds in vain.")
    await sleep(50)
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
