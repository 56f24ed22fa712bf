import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { flipLowestBit } from "./testing/flip-lowest-bit.ts"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query, type Sql } from "./testing/read-target-rows.ts"
import { runMigrate, startCli } from "./testing/run-cli.ts"
import { runVerify } from "./testing/run-verify.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "Europe/Berlin"
const memories = Number(process.env.VERIFICATION_ROWS ?? 600)
const sample = ["--sample", "12"]
const bank = makeBank({
  seed: 12,
  memories,
  workspaceIds: ["one", "two", null],
  legacyTraces: 20,
  timezone,
})
/** Of the middle, so that it lies neither on the first nor on the last page. */
const chosen = bank.memories[Math.floor(memories / 2)]?.item.id ?? ""
const withParent =
  bank.memories.slice(Math.floor(memories / 3)).find(({ item }) => item.parent_memory_id !== null)
    ?.item.id ?? ""

describeWithNativePostgres("pnpm migrate verify", {}, ({ createDatabase }) => {
  let home: TemporaryDirectory
  let migrated: string

  beforeAll(async () => {
    home = await makeTemporaryDirectory()
    await writeChromaBank({ directory: join(home.path, "chroma_data"), collections: [bank] })
    migrated = await createDatabase()
    const run = await runMigrate({
      arguments: ["--yes", "--no-backup", "--source-timezone", timezone, "--workspace", "mine"],
      directory: home.path,
      environment: { DATABASE_URL: migrated },
    })
    expect(run).toMatchObject({ exitCode: 0 })
    return home.remove
  })

  const verify = (databaseUrl: string, ...more: string[]) =>
    runVerify({
      arguments: [...sample, ...more],
      directory: home.path,
      environment: { DATABASE_URL: databaseUrl },
    })
  const copyOfMigrated = () => createDatabase({ template: new URL(migrated).pathname.slice(1) })
  /** Changes a copy of the migrated database and verifies it. */
  const verifyAfter = async (change: (sql: Sql) => Promise<unknown>) => {
    const database = await copyOfMigrated()
    await withPostgres(database, change)
    return verify(database)
  }
  /** As one who goes behind the triggers: nothing tells the time of the change. */
  const behindTriggers = (statement: string, parameters: (string | null)[]) => (sql: Sql) =>
    sql.transaction([
      { sql: "set local session_replication_role = replica" },
      { sql: statement, parameters },
    ])
  const plain = (statement: string, parameters: (string | null)[]) => (sql: Sql) =>
    query(sql, statement, parameters)
  const problemsOf = (run: Awaited<ReturnType<typeof verify>>) =>
    (run.report?.differences ?? []).map(({ kind, id, problem, fields }) => ({
      kind,
      id,
      problem,
      fields,
    }))
  const rowsSql = `
    select 't' as kind, t.id, t.xmin::text from public.reasoning_traces as t
    union all select 'm', m.id, m.xmin::text from public.memory_items as m
    union all select 'l', l.child_id, l.xmin::text from public.lineage_links as l
    union all select 'r', r.id, r.xmin::text from public.migration_runs as r
    order by 1, 2, 3`

  test("what was migrated is equal, and no row is touched by looking", async () => {
    const database = await copyOfMigrated()
    const before = await withPostgres(database, (sql) => query(sql, rowsSql))
    const run = await verify(database)
    expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
    const { report } = run
    expect(report).toMatchObject({ differences: [], edits: [], edits_found: 0, resumed_records: 0 })
    expect(report?.counts.memory_items).toMatchObject({ compared: memories, equal: memories })
    expect(report?.source_digest).toBe(report?.target_digest)
    expect(report?.parity).toMatchObject({ sampled: 12, equal: 12, exact_share: 1 })
    expect(report?.workspaces.map(({ workspace_id }) => workspace_id).toSorted()).toEqual([
      "mine",
      "one",
      "two",
    ])
    expect(run.stdout).toContain("Verified equal, field by field and bit by bit")
    expect(await withPostgres(database, (sql) => query(sql, rowsSql))).toEqual(before)
  })

  test("the lowest bit of one float of one vector", async () => {
    const run = await verifyAfter(async (sql) => {
      const [row] = await query(
        sql,
        "select content_embedding::text as vector from public.memory_items where id = $1::text::uuid",
        [chosen],
      )
      const vector = flipLowestBit({ vector: row?.vector ?? "", position: 200 })
      await behindTriggers(
        "update public.memory_items set content_embedding = $1::text::extensions.vector where id = $2::text::uuid",
        [vector, chosen],
      )(sql)
    })
    expect(run).toMatchObject({ exitCode: 6, report: { status: "differences", edits: [] } })
    expect(problemsOf(run)).toEqual([
      { kind: "memory_item", id: chosen, problem: "different", fields: ["embedding"] },
    ])
    expect(run.stdout).toContain("NOT EQUAL: 1 difference")
  })

  test("one character, changed behind the triggers: nobody's edit", async () => {
    const run = await verifyAfter(
      behindTriggers(
        "update public.memory_items set title = overlay(title placing '¿' from 3 for 1) where id = $1::text::uuid",
        [chosen],
      ),
    )
    expect(run.exitCode).toBe(6)
    expect(problemsOf(run)).toMatchObject([
      { kind: "memory_item", id: chosen, problem: "different", fields: ["title"] },
      // The kept count of bytes tells it too: the character is longer.
      { kind: "workspace", problem: "statistics" },
    ])
    expect(run.report?.differences[1]?.fields[1]).toMatch(/bytes$/)
  })

  test("one character, changed by who may: an edit, named with its time, exit 5", async () => {
    const run = await verifyAfter(
      plain("update public.memory_items set content = content || '.' where id = $1::text::uuid", [
        chosen,
      ]),
    )
    expect(run).toMatchObject({
      exitCode: 5,
      report: { status: "verified_with_edits", differences: [], edits_found: 1 },
    })
    expect(run.report?.edits).toMatchObject([
      { kind: "memory_item", id: chosen, change: "edited", fields: ["content"] },
    ])
    expect(run.report?.edits[0]?.updated_at).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect(run.stdout).toContain(chosen)
  })

  test("a wrong time, whether the triggers saw it or not: no user may write it", async () => {
    for (const change of [behindTriggers, plain]) {
      const run = await verifyAfter(
        change(
          "update public.memory_items set created_at = coalesce(created_at, now()) + interval '1 microsecond' where id = $1::text::uuid",
          [chosen],
        ),
      )
      expect(run.exitCode).toBe(6)
      expect(problemsOf(run)).toEqual([
        { kind: "memory_item", id: chosen, problem: "different", fields: ["createdAt"] },
      ])
    }
  })

  test("a missing row, with what depends on it", async () => {
    const deletion = "delete from public.memory_items where id = $1::text::uuid"
    const deleted = await verifyAfter(plain(deletion, [withParent]))
    expect(deleted.exitCode).toBe(6)
    expect(problemsOf(deleted)).toContainEqual({
      kind: "memory_item",
      id: withParent,
      problem: "missing",
      fields: [],
    })
    expect(problemsOf(deleted).map(({ problem }) => problem)).not.toContain("statistics")

    const torn = await verifyAfter(behindTriggers(deletion, [withParent]))
    const problems = problemsOf(torn).map(({ problem }) => problem)
    expect(problems).toEqual(expect.arrayContaining(["missing", "link_without_row", "statistics"]))
  })

  test("a row too many, stamped with a run of this source", async () => {
    const id = randomUUID()
    const run = await verifyAfter(
      plain(
        `insert into public.memory_items (workspace_id, id, title, content, embedding_status, migration_run_id)
         select 'two', $1::text::uuid, 'Planted', 'Planted', 'missing', r.id from public.migration_runs as r`,
        [id],
      ),
    )
    expect(run).toMatchObject({ exitCode: 6, report: { counts: { memory_items: { extra: 1 } } } })
    expect(problemsOf(run)).toEqual([{ kind: "memory_item", id, problem: "extra", fields: [] }])
  })

  test("rows that others wrote are none of its business", async () => {
    const run = await verifyAfter(
      plain(
        `insert into public.memory_items (workspace_id, id, title, content, embedding_status)
         values ('two', $1::text::uuid, 'Own', 'Own', 'missing')`,
        [randomUUID()],
      ),
    )
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  })

  test("a link that leads elsewhere, and one that is gone", async () => {
    for (const statement of [
      "update public.lineage_links set target_id = gen_random_uuid() where child_id = $1::text::uuid and relation = 'parent'",
      "delete from public.lineage_links where child_id = $1::text::uuid and relation = 'derived_from' and ordinal = 1",
    ]) {
      const run = await verifyAfter(plain(statement, [withParent]))
      expect(run.exitCode).toBe(6)
      expect(problemsOf(run)).toEqual([
        { kind: "memory_item", id: withParent, problem: "different", fields: ["links"] },
      ])
    }
  })

  test("a memory item whose trace was torn out", async () => {
    const run = await verifyAfter(
      behindTriggers(
        `delete from public.reasoning_traces as t using public.memory_items as m
         where m.id = $1::text::uuid and (t.workspace_id, t.id) = (m.workspace_id, m.trace_id)`,
        [chosen],
      ),
    )
    expect(run.exitCode).toBe(6)
    expect(problemsOf(run)).toContainEqual({
      kind: "memory_item",
      id: chosen,
      problem: "trace_missing",
      fields: [],
    })
  })

  test("a kept count that is not that of the rows", async () => {
    const run = await verifyAfter(
      plain(
        "update private.statistics_counts set row_count = row_count + 1 where workspace_id = $1 and facet = 'total'",
        ["one"],
      ),
    )
    expect(run.exitCode).toBe(6)
    expect(problemsOf(run)).toMatchObject([{ kind: "workspace", problem: "statistics" }])
  })

  test("an index of vectors that is owed is said, and searches are none the worse", async () => {
    const run = await verifyAfter(async (sql) => {
      await query(
        sql,
        `insert into public.migration_owed_indexes (index_name, table_name, definition, run_id)
         select indexname, 'memory_items', indexdef, (select id from public.migration_runs)
         from pg_indexes where indexname = 'memory_items_embedding_index'`,
      )
      await query(sql, "drop index public.memory_items_embedding_index")
    })
    expect(run).toMatchObject({ exitCode: 0, report: { parity: { equal: 12, search_share: 1 } } })
    expect(run.report?.warnings).toContainEqual(
      expect.objectContaining({ code: "index_owed", count: 1 }),
    )
    expect(run.stdout).toContain("index_owed")
  })

  test("a trace that the retention archived is an edit, not a loss", async () => {
    const run = await verifyAfter(
      plain(
        "select public.delete_old_traces('two', 1, dry_run => false, archive => true)::text",
        [],
      ),
    )
    expect(run).toMatchObject({ exitCode: 5, report: { differences: [] } })
    expect(run.report?.edits[0]).toMatchObject({ change: "archived", workspace_id: "two" })
  })

  test("a source that was never migrated there, or is read in another zone, is refused", async () => {
    const database = await copyOfMigrated()
    const other = await verify(database, "--source-timezone", "Asia/Tokyo")
    expect(other).toMatchObject({ exitCode: 8, report: null })
    expect(other.stderr).toContain("Europe/Berlin")
    await withPostgres(database, (sql) =>
      query(sql, "update public.migration_runs set source_identity = 'another'"),
    )
    const unknown = await verify(database)
    expect(unknown).toMatchObject({ exitCode: 8, report: null })
    expect(unknown.stderr).toContain("knows of no migration")
  })

  test("killed after a checkpoint, it goes on there; a finding of before is kept", async () => {
    const database = await copyOfMigrated()
    const first = bank.memories[0]?.item.id ?? ""
    await withPostgres(database, (sql) =>
      behindTriggers("update public.memory_items set title = 'x' where id = $1::text::uuid", [
        first,
      ])(sql),
    )
    const running = startCli({
      arguments: ["migrate", "verify", ...sample, "--json"],
      directory: home.path,
      environment: { DATABASE_URL: database },
    })
    await running.printed(/"event":"checkpoint"/)
    running.process.kill("SIGKILL")
    expect((await running.finished).signal).toBe("SIGKILL")

    const again = await verify(database)
    expect(again.exitCode).toBe(6)
    expect(again.report?.resumed_records).toBeGreaterThan(0)
    expect(again.stderr).toContain("Going on")
    expect(problemsOf(again)).toMatchObject([
      { kind: "memory_item", id: first, problem: "different", fields: ["title"] },
      { kind: "workspace", problem: "statistics" },
    ])
    const whole = await verify(database)
    expect(whole.report).toMatchObject({
      resumed_records: 0,
      source_digest: again.report?.source_digest,
      target_digest: again.report?.target_digest,
      counts: again.report?.counts,
    })
  })
})
