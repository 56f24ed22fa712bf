import { randomUUID } from "node:crypto"
import { aMemoryItem, aTrace, aWorkspaceId, aWriteRow } from "@reasoningbank/core/testing"
import { type LocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { createApiTarget } from "./create-api-target.ts"
import { createPostgresClient } from "./create-postgres-client.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory, prepareWithoutSchema } from "./testing/prepared-database.ts"
import { type FaultyProxy, startFaultyProxy } from "./testing/start-faulty-proxy.ts"

const retry = { retries: 3, firstDelayInMs: 1, longestDelayInMs: 2, requestTimeoutInMs: 20_000 }

describeWithNativePostgres("the API on a bad day", {}, ({ createDatabase }) => {
  let local: LocalSupabase
  let proxy: FaultyProxy

  beforeAll(async () => {
    const directory = await makeTemporaryDirectory()
    local = await startLocalSupabase({
      directory: directory.path,
      postgresUrl: await createDatabase(),
      migrationsDirectory,
    })
    return async () => {
      await local.close()
      await directory.remove()
    }
  })
  beforeEach(async () => {
    proxy = await startFaultyProxy(local.url)
  })
  afterEach(() => proxy.close())

  function createTarget() {
    return createApiTarget({ supabaseUrl: proxy.url, supabaseKey: local.secretKey, retry })
  }

  async function aBatch({ items }: { items: number }) {
    const target = createTarget()
    const runId = randomUUID()
    await target.startRun({
      id: runId,
      sourceIdentity: runId,
      sourceKind: "chroma-directory",
      sourceLocation: "/data",
      sourceTimezone: "UTC",
      options: {},
    })
    const trace = aTrace({ workspaceId: aWorkspaceId() })
    const memoryItems = Array.from({ length: items }, (_, ordinal) =>
      aMemoryItem({ workspaceId: trace.workspaceId, traceId: trace.id, ordinal }),
    )
    const batch = {
      runId,
      traces: [aWriteRow(trace)],
      memoryItems: memoryItems.map((row) => aWriteRow(row)),
    }
    const counts = async () => target.countRows(runId)
    proxy.requests.length = 0
    return { target, batch, counts, trace }
  }

  test("a batch whose answer was lost is sent again and counted once", async () => {
    const { target, batch, counts, trace } = await aBatch({ items: 5 })
    proxy.decide = ({ count }) => (count === 1 ? "lose-answer" : "forward")
    expect(await target.write(batch)).toEqual({ skipped: [] })
    expect(proxy.requests).toHaveLength(2)
    expect(await counts()).toEqual([{ workspaceId: trace.workspaceId, traces: 1, memoryItems: 5 }])
  })

  test.each([429, 502, 503, 504, 520])("after HTTP %s it tries again", async (status) => {
    const { target, batch } = await aBatch({ items: 1 })
    proxy.decide = ({ count }) => (count < 3 ? { status, body: "<html>busy</html>" } : "forward")
    expect(await target.write(batch)).toEqual({ skipped: [] })
    expect(proxy.requests).toHaveLength(3)
  })

  test("it does not come back before Retry-After", async () => {
    const { target, batch } = await aBatch({ items: 1 })
    proxy.decide = ({ count }) =>
      count === 1 ? { status: 429, headers: { "retry-after": "1" } } : "forward"
    const started = performance.now()
    await target.write(batch)
    expect(performance.now() - started).toBeGreaterThan(990)
  })

  test("a connection that is dropped is tried again, and given up with a reason", async () => {
    const { target, batch } = await aBatch({ items: 1 })
    proxy.decide = () => "refuse-connection"
    await expect(target.write(batch)).rejects.toMatchObject({
      code: "target:unreachable",
      hint: expect.any(String),
    })
    expect(proxy.requests).toHaveLength(1 + retry.retries)
  })

  test("a batch too large for the server goes in halves, traces first", async () => {
    const { target, batch, counts, trace } = await aBatch({ items: 9 })
    proxy.decide = ({ body }) =>
      (body.match(/expected_version/g)?.length ?? 0) > 3 ? { status: 413 } : "forward"
    expect(await target.write(batch)).toEqual({ skipped: [] })
    expect(await counts()).toEqual([{ workspaceId: trace.workspaceId, traces: 1, memoryItems: 9 }])
  })

  test("what a server could not take is not sent again with the next batch", async () => {
    const { target, batch } = await aBatch({ items: 80 })
    const isTooLarge = (body: string) => (body.match(/expected_version/g)?.length ?? 0) > 30
    let refused = 0
    proxy.decide = ({ body }) => {
      if (!isTooLarge(body)) return "forward"
      refused++
      return { status: 413 }
    }
    await target.write(batch)
    expect(refused).toBeGreaterThan(0)
    refused = 0
    const more = await aBatch({ items: 80 })
    await target.write({ ...more.batch, runId: batch.runId })
    expect(refused).toBe(0)
    expect(await more.target.countRows(batch.runId)).toHaveLength(2)
  })

  test("so does one that runs into the statement timeout", async () => {
    const { target, batch, counts, trace } = await aBatch({ items: 3 })
    const body = JSON.stringify({ code: "57014", message: "canceling statement" })
    proxy.decide = ({ count }) => (count === 1 ? { status: 500, body } : "forward")
    expect(await target.write(batch)).toEqual({ skipped: [] })
    expect(proxy.requests).toHaveLength(3)
    expect(await counts()).toEqual([{ workspaceId: trace.workspaceId, traces: 1, memoryItems: 3 }])
  })

  test("one row that is too large says what to do", async () => {
    const { target, batch } = await aBatch({ items: 0 })
    proxy.decide = () => ({ status: 413 })
    await expect(target.write(batch)).rejects.toMatchObject({
      code: "target:refused",
      hint: expect.stringContaining("DATABASE_URL"),
    })
  })

  test("reads ask for at most 200 keys at once, and for less when that is too much", async () => {
    const { target, batch } = await aBatch({ items: 450 })
    await target.write(batch)
    proxy.requests.length = 0
    const keys = batch.memoryItems.map(({ row: { workspaceId, id } }) => ({ workspaceId, id }))
    expect(await target.readMemoryItems(keys)).toHaveLength(450)
    expect(proxy.requests).toHaveLength(3)
    proxy.decide = ({ body }) =>
      (body.match(/workspace_id/g)?.length ?? 0) > 60 ? { status: 413 } : "forward"
    expect(await target.readMemoryItems(keys)).toHaveLength(450)
  })

  test("a key of another project is refused", async () => {
    const target = createApiTarget({
      supabaseUrl: local.url,
      supabaseKey: "sb_secret_wrong",
      retry,
    })
    await expect(target.describe()).rejects.toMatchObject({ code: "target:refused" })
  })

  test("a publishable key is refused before anything is sent", () => {
    const supabaseKey = local.publishableKey
    expect(() => createApiTarget({ supabaseUrl: proxy.url, supabaseKey })).toThrow(
      expect.objectContaining({ code: "target:key_role" }),
    )
    expect(proxy.requests).toEqual([])
  })

  test("nobody at the address", async () => {
    await proxy.close()
    await expect(createTarget().describe()).rejects.toMatchObject({
      code: "target:unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    })
  })

  test("the key is in no error", async () => {
    proxy.decide = () => ({ status: 401, body: JSON.stringify({ message: "Invalid API key" }) })
    const error: unknown = await createTarget()
      .describe()
      .catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: "target:refused" })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(local.secretKey)
  })
})

describeWithNativePostgres("the API of a project without our schema", {}, ({ createDatabase }) => {
  async function serve(prepareSql: string) {
    const postgresUrl = await prepareWithoutSchema(await createDatabase())
    const directory = await makeTemporaryDirectory()
    const sql = createPostgresClient({ databaseUrl: postgresUrl })
    await sql.transaction([{ sql: prepareSql }])
    await sql.close()
    const noMigrations = await makeTemporaryDirectory()
    const local = await startLocalSupabase({
      directory: directory.path,
      postgresUrl,
      migrationsDirectory: noMigrations.path,
    })
    const target = createApiTarget({ supabaseUrl: local.url, supabaseKey: local.secretKey, retry })
    const close = async () => {
      await local.close()
      await directory.remove()
      await noMigrations.remove()
    }
    return { target, close }
  }

  test("an empty project has no schema versions", async () => {
    const { target, close } = await serve("select 1")
    try {
      expect(await target.describe()).toMatchObject({ serverVersion: null, schemaVersions: [] })
      await expect(target.countRows(randomUUID())).rejects.toMatchObject({
        code: "target:no_schema",
      })
    } finally {
      await close()
    }
  })

  test("the original product's tables are not mistaken for ours", async () => {
    const { target, close } = await serve(
      `create table public.reasoning_traces (id uuid primary key, num_memories integer);
      grant select on public.reasoning_traces to service_role;`,
    )
    try {
      await expect(target.describe()).rejects.toMatchObject({
        code: "target:refused",
        message: expect.stringContaining("original ReasoningBank"),
      })
    } finally {
      await close()
    }
  })
})
