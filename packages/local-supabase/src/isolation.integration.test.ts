import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { createLocalSqlClient, type LocalSqlClient } from "./create-local-sql-client.ts"
import { prepareDataDirectory } from "./data-directory.ts"
import type { Engine, EngineSettings } from "./engine.ts"
import { loadProjectKeys, type ProjectKeys } from "./project-keys.ts"
import { readMigrations } from "./read-migrations.ts"
import { startEmbeddedEngine } from "./start-embedded-engine.ts"
import { startLocalSupabase } from "./start-local-supabase.ts"
import { makeTemporaryDirectory, TEST_MIGRATIONS } from "./testing/make-temporary-directory.ts"
import { makeClient, makeUser, type TestUser } from "./testing/make-user.ts"
import { encodeTransaction } from "./transaction-frame.ts"

const ROUNDS = 20
const ROWS_EACH = 5

describe("on PGlite", () => {
  let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>
  beforeAll(async () => {
    directory = await makeTemporaryDirectory()
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  test("users, anon, service and direct transactions never see each other's rows", () =>
    mixRequests({ directory: directory.path }))

  test("requests handed to the engine at the same moment take turns", async () => {
    const { engine, keys } = await startEngineInThisThread(directory.path)
    const askWho = async (apikey: string) => {
      const { body } = await engine.handle({
        method: "POST",
        url: "http://127.0.0.1/rest/v1/rpc/who_am_i",
        headers: [["apikey", apikey]],
        body: new Uint8Array(),
      })
      return JSON.parse(Buffer.from(body).toString()).role
    }
    const askOwner = async () => {
      const frame = Buffer.concat(encodeTransaction([{ sql: "select current_user" }]))
      const rows = await engine.runTransaction(new Uint8Array(frame))
      return JSON.parse(Buffer.from(rows).toString())[0][0].current_user
    }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        Promise.all([askWho(keys.publishableKey), askWho(keys.secretKey), askOwner()]),
      ),
    )
    expect(answers).toEqual(Array(50).fill(["anon", "service_role", "postgres"]))
    await engine.close()
  })
})

async function startEngineInThisThread(
  directory: string,
): Promise<{ engine: Engine; keys: ProjectKeys }> {
  const locations = await prepareDataDirectory(directory)
  const keys = await loadProjectKeys(locations.keys)
  const database = { directory: locations.database, unfinishedMarker: locations.unfinishedMarker }
  const settings: EngineSettings = {
    database: { kind: "embedded", ...database },
    keys,
    mailsDirectory: locations.mails,
    folder: await readMigrations(TEST_MIGRATIONS),
    siteUrl: "http://localhost:3000",
  }
  return { engine: await startEmbeddedEngine({ settings, database, log: () => {} }), keys }
}

describeWithNativePostgres("on a native Postgres", {}, ({ createDatabase }) => {
  test("users, anon and service never see each other's rows", async () => {
    await using directory = await makeTemporaryDirectory()
    await mixRequests({ directory: directory.path, postgresUrl: await createDatabase() })
  })
})

async function mixRequests(options: { directory: string; postgresUrl?: string }): Promise<void> {
  const supabase = await startLocalSupabase({ migrationsDirectory: TEST_MIGRATIONS, ...options })
  onTestFinished(() => supabase.close())
  const sql = options.postgresUrl === undefined ? createLocalSqlClient(supabase) : undefined
  const service = makeClient(supabase, supabase.secretKey)
  const anon = makeClient(supabase, supabase.publishableKey)
  const users = await Promise.all(
    ["ada", "bob"].map((name) => makeUser(supabase, `${name}@example.com`)),
  )
  const rows = users.flatMap(({ id }) =>
    Array.from({ length: ROWS_EACH }, (_, index) => ({ owner_id: id, body: `note ${index}` })),
  )
  expect((await service.from("notes").insert(rows)).error).toBeNull()

  const reads = async (user: TestUser) => {
    const { data, error } = await user.client.from("notes").select("owner_id").limit(100)
    expect(error).toBeNull()
    expect(new Set(data?.map(({ owner_id }) => owner_id))).toEqual(new Set([user.id]))
  }
  const asks = async (user: TestUser) => {
    expect((await user.client.rpc("who_am_i")).data).toMatchObject({
      role: "authenticated",
      uid: user.id,
    })
  }
  const forges = async (user: TestUser, other: TestUser | undefined) => {
    const { error } = await user.client
      .from("notes")
      .insert({ owner_id: other?.id, body: "forged" })
    expect(error?.code).toBe("42501")
  }
  const writes = async (user: TestUser) => {
    expect(
      (await user.client.from("notes").insert({ owner_id: user.id, body: "mine" })).error,
    ).toBeNull()
  }
  const anonReads = async () => {
    const { data, error } = await anon.from("notes").select()
    expect([data, error?.code]).toEqual([null, "42501"])
  }
  const anonAsks = async () => {
    expect((await anon.rpc("who_am_i")).data).toMatchObject({ role: "anon", uid: null })
  }
  const serviceReads = async () => {
    const { data } = await service.from("notes").select("owner_id")
    expect(new Set(data?.map(({ owner_id }) => owner_id)).size).toBe(2)
    expect((await service.from("ledger").select("id")).data).toEqual([{ id: 1 }])
  }

  const tasks = Array.from({ length: ROUNDS }, (_, round) => [
    ...users.flatMap((user, index) => [
      reads(user),
      asks(user),
      writes(user),
      forges(user, users[1 - index]),
    ]),
    anonReads(),
    anonAsks(),
    serviceReads(),
    ...(sql === undefined ? [] : directTransactions({ sql, users, round })),
  ]).flat()
  await Promise.all(tasks)

  const { count } = await service.from("notes").select("*", { count: "exact", head: true })
  expect(count).toBe(users.length * (ROWS_EACH + ROUNDS))
  await sql?.close()
  await supabase.close()
}

/** What a careless caller might do in the one session: keep a role, settings and tables, wait, fail half way. */
function directTransactions(options: {
  sql: LocalSqlClient
  users: TestUser[]
  round: number
}): Promise<void>[] {
  const { sql, users, round } = options
  const user = users[round % users.length]
  const claims = JSON.stringify({ sub: user?.id, role: "authenticated" })
  const keepsSession = async () => {
    await sql.transaction([
      {
        sql: "select pg_catalog.set_config('request.jwt.claims', $1, false)",
        parameters: [claims],
      },
      { sql: "set role authenticated" },
      { sql: "create temporary table ledger as select 99 as id, 0 as amount" },
    ])
  }
  const rollsBack = async () => {
    const attempt = sql.transaction([
      {
        sql: "insert into public.notes (owner_id, body) select owner_id, 'uncommitted' from public.notes",
      },
      { sql: "select pg_catalog.pg_sleep(0.002)" },
      { sql: "select 1 / 0" },
    ])
    await expect(attempt).rejects.toMatchObject({ code: "22012", statementIndex: 2 })
  }
  const readsAll = async () => {
    const [rows] = await sql.transaction([
      { sql: "select count(distinct owner_id) as owners, current_user from public.notes" },
    ])
    expect(rows).toEqual([{ owners: "2", current_user: "postgres" }])
  }
  const copies = async () => {
    await sql.transaction([
      { copyInto: "public.ledger", data: EMPTY_COPY },
      { sql: "set local role service_role" },
    ])
  }
  return [keepsSession(), rollsBack(), copies(), readsAll()]
}

/** Signature, flags, no header extension, no row: https://www.postgresql.org/docs/17/sql-copy.html */
const EMPTY_COPY = Buffer.concat([
  Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"),
  Buffer.alloc(8),
  Buffer.alloc(2, 0xff),
])
