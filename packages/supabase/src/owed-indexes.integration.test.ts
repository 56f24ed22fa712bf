import { randomUUID } from "node:crypto"
import type { IndexBuildProgress } from "@reasoningbank/core"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import {
  describeWithNativePostgres,
  startPgbouncerForTest,
} from "@reasoningbank/native-postgres/vitest"
import { beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import type { SqlClient } from "./sql-client.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory, prepareWithSchema } from "./testing/prepared-database.ts"

const items = "memory_items_embedding_index"
const traces = "reasoning_traces_embedding_index"

async function rows(sql: SqlClient, statement: string) {
  return (await sql.transaction([{ sql: statement }]))[0] ?? []
}

function targetOn(sql: SqlClient, kind: "postgres" | "embedded" = "postgres") {
  return createSqlTarget({ sql, kind, location: "test" })
}

async function startRun(
  target: ReturnType<typeof targetOn>,
  sourceIdentity: string = randomUUID(),
) {
  const id = randomUUID()
  await target.startRun({
    id,
    sourceIdentity,
    sourceKind: "chroma-directory",
    sourceLocation: "/data",
    sourceTimezone: "UTC",
    options: {},
  })
  return id
}

/** Rows as a run writes them, in a workspace of their own. */
async function addItems({ sql, count, runId }: { sql: SqlClient; count: number; runId: string }) {
  const workspaceId = `w${randomUUID().slice(0, 8)}`
  await rows(
    sql,
    `with workspace as (insert into public.workspaces (id, name) values ('${workspaceId}', 'W') returning id)
    insert into public.memory_items (
      workspace_id, id, title, content, content_embedding, embedding_status, embedding_model, migration_run_id
    )
    select w.id, gen_random_uuid(), 'Title', 'Content', v.embedding, 'present', 'all-MiniLM-L6-v2', '${runId}'
    from workspace as w
    cross join (
      select i, array_agg(sin(i * 12.9898 + j * 78.233 * (1 + i % 7)) order by j)::extensions.vector(384) as embedding
      from generate_series(1, ${count}) as i cross join generate_series(1, 384) as j group by i
    ) as v`,
  )
  return workspaceId
}

function indexesOf(sql: SqlClient) {
  return rows(
    sql,
    `select c.relname as name, i.indisvalid::text as is_valid, pg_get_indexdef(c.oid) as definition
    from pg_index as i join pg_class as c on c.oid = i.indexrelid
    where c.relname in ('${items}', '${traces}') order by 1`,
  )
}

/** Ids of the ten nearest, by the search function and by comparing every row. */
async function search(sql: SqlClient, workspaceId: string) {
  const query =
    "(select array_agg(cos(j * 0.7) order by j)::extensions.vector(384) from generate_series(1, 384) as j)"
  const found = await rows(
    sql,
    `select id from public.search_similar_memories(${query}, 10, array['${workspaceId}'], query_model => 'all-MiniLM-L6-v2')`,
  )
  const nearest = await rows(
    sql,
    `select id from public.memory_items where workspace_id = '${workspaceId}'
    order by (content_embedding operator(extensions.<=>) ${query}) + 0, id limit 10`,
  )
  return { found, nearest }
}

function describeOwedIndexes(getSql: () => SqlClient, kind: "postgres" | "embedded") {
  test("dropped for a large load, owed, missed by no search, built again as they were", async () => {
    const sql = getSql()
    const target = targetOn(sql, kind)
    const before = await indexesOf(sql)
    const runId = await startRun(target)
    const load = { runId, traces: 5_000, memoryItems: 5_000 }
    expect(await target.searchIndexes.drop?.(load)).toEqual([items, traces])
    expect(await indexesOf(sql)).toEqual([])
    const owed = { problem: "dropped", runId, droppedAt: expect.any(String) }
    expect(await target.searchIndexes.listOwed()).toEqual([
      { ...owed, name: items, kind: "memory_item" },
      { ...owed, name: traces, kind: "trace" },
    ])

    const other = await startRun(target)
    expect(await target.searchIndexes.drop?.({ ...load, runId: other })).toEqual([])

    const workspaceId = await addItems({ sql, count: 4_500, runId })
    const { found, nearest } = await search(sql, workspaceId)
    expect(nearest).toHaveLength(10)
    expect(found).toEqual(nearest)

    const steps: IndexBuildProgress[] = []
    const onProgress = (step: IndexBuildProgress) => void steps.push(step)
    expect(await target.searchIndexes.build?.({ runId, onProgress })).toEqual({
      built: [items, traces],
      left: [],
    })
    expect(steps.filter(({ name }) => name === items).at(-1)).toMatchObject({
      done: 4_500,
      total: 4_500,
    })
    expect(await indexesOf(sql)).toEqual(before)
    expect(await target.searchIndexes.listOwed()).toEqual([])
    expect(await target.searchIndexes.build?.({ runId })).toEqual({ built: [], left: [] })
  })

  test("kept for a small load, for rows that are there, and where a quarter is not reached", async () => {
    const sql = getSql()
    const target = targetOn(sql, kind)
    const identity = randomUUID()
    const runId = await startRun(target, identity)
    const drop = async (memoryItems: number, id = runId) =>
      target.searchIndexes.drop?.({ runId: id, traces: 0, memoryItems })
    expect(await drop(999)).toEqual([])
    await addItems({ sql, count: 1_600, runId })
    expect(await drop(1_600 + 900)).toEqual([])
    expect(await drop(1_600 + 1_000, await startRun(target, identity))).toEqual([])
    await rows(sql, "delete from public.memory_items")
    expect(await drop(1_000)).toEqual([items])
    await target.searchIndexes.build?.({ runId })
  })

  test("left to another run that is still loading; the last one builds, also of one that died", async () => {
    const sql = getSql()
    const target = targetOn(sql, kind)
    const first = await startRun(target)
    const last = await startRun(target)
    const load = (id: string, expires: string) =>
      rows(
        sql,
        `update public.migration_runs set phase = 'copy', lease_expires_at = clock_timestamp() + interval '${expires}'
        where id = '${id}'`,
      )
    await target.searchIndexes.drop?.({ runId: first, traces: 0, memoryItems: 50_000 })
    await load(first, "1 hour")
    await load(last, "1 hour")
    expect(await target.searchIndexes.build?.({ runId: first })).toEqual({
      built: [],
      left: [{ name: items, reason: expect.stringContaining("still loading") }],
    })
    expect(await target.searchIndexes.build?.({ runId: last })).toEqual({
      built: [items],
      left: [],
    })

    await target.searchIndexes.drop?.({ runId: last, traces: 0, memoryItems: 50_000 })
    await load(last, "-1 second")
    expect(await target.searchIndexes.build?.({ runId: first })).toMatchObject({ built: [items] })
  })

  test("an index that a broken build left invalid is reported and built anew", async () => {
    const sql = getSql()
    const target = targetOn(sql, kind)
    const before = await indexesOf(sql)
    await rows(
      sql,
      `update pg_index set indisvalid = false where indexrelid = 'public.${items}'::regclass`,
    )
    expect(await target.searchIndexes.listOwed()).toEqual([
      { name: items, kind: "memory_item", problem: "invalid", runId: null, droppedAt: null },
    ])
    const runId = await startRun(target)
    expect(await target.searchIndexes.build?.({ runId })).toEqual({ built: [items], left: [] })
    expect(await indexesOf(sql)).toEqual(before)
  })
}

describe("owed indexes of the embedded Supabase", () => {
  let sql: SqlClient

  beforeAll(async () => {
    const directory = await makeTemporaryDirectory()
    const local = await connectLocalSupabase({ directory: directory.path, migrationsDirectory })
    sql = local.sql
    return async () => {
      await local.close()
      await directory.remove()
    }
  })

  describeOwedIndexes(() => sql, "embedded")
})

describeWithNativePostgres("owed indexes", {}, ({ createDatabase }) => {
  let databaseUrl: string
  let sql: SqlClient

  beforeAll(async () => {
    databaseUrl = await prepareWithSchema(await createDatabase())
    sql = createPostgresClient({ databaseUrl })
    return () => sql.close()
  })

  describeOwedIndexes(() => sql, "postgres")

  test("a build whose connection is lost leaves the debt and no invalid index", async () => {
    const target = targetOn(sql)
    const runId = await startRun(target)
    await target.searchIndexes.drop?.({ runId, traces: 0, memoryItems: 50_000 })
    await addItems({ sql, count: 3_000, runId })
    const doomed = createPostgresClient({ databaseUrl })
    const build = targetOn(doomed).searchIndexes.build?.({ runId })
    const outcome = expect(build).rejects.toMatchObject({ code: "target:unreachable" })
    await expect
      .poll(
        () =>
          rows(
            sql,
            `select pg_terminate_backend(p.pid)::text as done from pg_stat_progress_create_index as p
            where p.datname = current_database()`,
          ),
        { interval: 20, timeout: 30_000 },
      )
      .toEqual([{ done: "true" }])
    await outcome
    await doomed.close()
    expect((await indexesOf(sql)).map(({ name }) => name)).toEqual([traces])
    expect(await target.searchIndexes.listOwed()).toMatchObject([{ name: items, runId }])
    expect(await target.searchIndexes.build?.({ runId })).toMatchObject({ built: [items] })
  })

  test("one who is told to stop ends the build; the index stays owed", async () => {
    const target = targetOn(sql)
    const runId = await startRun(target)
    await target.searchIndexes.drop?.({ runId, traces: 0, memoryItems: 50_000 })
    const controller = new AbortController()
    controller.abort()
    const build = target.searchIndexes.build?.({ runId, signal: controller.signal })
    await expect(build).rejects.toMatchObject({ code: "interrupted" })
    expect(await target.searchIndexes.listOwed()).toMatchObject([{ name: items, runId }])
    await target.searchIndexes.build?.({ runId })
  })

  test("two who build at once: one does, the other waits for it", async () => {
    const target = targetOn(sql)
    const runId = await startRun(target)
    await target.searchIndexes.drop?.({ runId, traces: 0, memoryItems: 50_000 })
    const second = createPostgresClient({ databaseUrl })
    onTestFinished(() => second.close())
    await Promise.all([
      target.searchIndexes.build?.({ runId }),
      targetOn(second).searchIndexes.build?.({ runId }),
    ])
    expect((await indexesOf(sql)).map(({ is_valid }) => is_valid)).toEqual(["true", "true"])
    expect(await target.searchIndexes.listOwed()).toEqual([])
  })

  test("through a pooler in transaction mode, and no setting stays behind", async (context) => {
    const pgbouncer = await startPgbouncerForTest({ context, databaseUrl, poolMode: "transaction" })
    const pooled = createPostgresClient({ databaseUrl: pgbouncer.url })
    onTestFinished(() => pooled.close())
    const target = targetOn(pooled)
    const runId = await startRun(target)
    await target.searchIndexes.drop?.({ runId, traces: 50_000, memoryItems: 50_000 })
    expect(await target.searchIndexes.build?.({ runId })).toEqual({
      built: [items, traces],
      left: [],
    })
    const settings = `select name, setting from pg_settings where name in (
      'maintenance_work_mem', 'max_parallel_maintenance_workers', 'lock_timeout', 'client_connection_check_interval'
    ) order by name`
    const untouched = await rows(sql, settings)
    const seen = await Promise.all(Array.from({ length: 4 }, () => rows(pooled, settings)))
    expect(seen).toEqual(seen.map(() => untouched))
  })

  test("who does not own the tables drops and builds none", async () => {
    const role = `limited_${randomUUID().slice(0, 8)}`
    await rows(sql, `create role ${role} login bypassrls password 'secret' in role service_role`)
    const url = new URL(databaseUrl)
    url.username = role
    url.password = "secret"
    const limited = createPostgresClient({ databaseUrl: url.href })
    const target = targetOn(limited)
    const runId = await startRun(target)
    expect(await target.searchIndexes.drop?.({ runId, traces: 0, memoryItems: 50_000 })).toEqual([])
    await targetOn(sql).searchIndexes.drop?.({ runId, traces: 0, memoryItems: 50_000 })
    expect(await target.searchIndexes.build?.({ runId })).toEqual({
      built: [],
      left: [{ name: items, reason: "only the owner of the tables can build it" }],
    })
    await targetOn(sql).searchIndexes.build?.({ runId })
    await limited.close()
    await rows(sql, `drop role ${role}`)
  })
})
