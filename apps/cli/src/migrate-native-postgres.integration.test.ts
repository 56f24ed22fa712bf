import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { expectedCurrentRows, expectedLegacyRows } from "./testing/expected-rows.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { tracesJson } from "./testing/legacy-bank.ts"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query, readTargetRows, sorted, withoutDerivedIds } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "Asia/Kolkata"
const bank = makeBank({
  seed: 6,
  memories: 300,
  workspaceIds: ["575e6c19532fdf9a", "f53b52ad6d21cceb", null],
  legacyTraces: 40,
  timezone,
  updated: 0.1,
  deleted: 0.05,
})
const current = expectedCurrentRows({ memories: bank.memories, timezone })
const legacy = expectedLegacyRows({ traces: bank.legacyTraces })
const expected = sorted({
  traces: [...current.traces, ...legacy.traces],
  memoryItems: [...current.memoryItems, ...legacy.memoryItems],
})
const counts = { traces: expected.traces.length, memoryItems: expected.memoryItems.length }
const objectsSql = `
  select n.nspname || '.' || c.relname as name from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp'
  union all select 'extension ' || extname from pg_extension
  union all select 'function ' || oid::regprocedure::text from pg_proc
  order by 1`

describeWithNativePostgres("a native Postgres", {}, ({ createDatabase }) => {
  let home: TemporaryDirectory
  let source: string
  let empty: string
  /** Has the schema and no row; made by the command itself. */
  let template: string

  beforeAll(async () => {
    home = await makeTemporaryDirectory()
    source = join(home.path, "chroma_data")
    await writeChromaBank({ directory: source, collections: [{ ...bank, syncThreshold: 100 }] })
    await writeFile(join(source, "traces.json"), tracesJson(bank.legacyTraces))
    empty = await createDatabase()
    return home.remove
  })

  const migrate = (databaseUrl: string, ...more: string[]) =>
    runMigrate({
      arguments: ["--source-timezone", timezone, ...more],
      directory: home.path,
      environment: { DATABASE_URL: databaseUrl },
    })
  const databaseWithSchema = () => createDatabase({ template: new URL(template).pathname.slice(1) })
  const objectsOf = (databaseUrl: string) =>
    withPostgres(databaseUrl, (sql) => query(sql, objectsSql))

  test("nobody is there to agree: exit 4 and nothing changed", async () => {
    const before = await objectsOf(empty)
    const run = await migrate(empty)
    expect(run).toMatchObject({ exitCode: 4, stdout: "" })
    expect(run.stderr).toMatch(/lacks \d+ migrations of the ReasoningBank schema/)
    expect(run.stderr).toContain("--yes")
    expect(await objectsOf(empty)).toEqual(before)
  })

  test("a dry run does without the schema, and says so", async () => {
    const before = await objectsOf(empty)
    const run = await migrate(empty, "--dry-run", "--yes")
    expect(run).toMatchObject({ exitCode: 0, report: { status: "dry_run" } })
    expect(run.report?.counts).toMatchObject({
      traces: { written: counts.traces },
      memory_items: { written: counts.memoryItems },
    })
    expect(run.stdout + run.stderr).toContain("schema")
    expect(await objectsOf(empty)).toEqual(before)
  })

  test("--yes makes a plain Postgres ready; both dialects arrive whole; again writes nothing", async () => {
    const before = await fingerprintDirectory(source)
    const run = await migrate(empty, "--yes", "--batch-size", "100")
    expect(run).toMatchObject({
      exitCode: 0,
      report: { status: "verified", target: { kind: "postgres" } },
    })
    expect(run.stderr).toContain("plain Postgres")
    const rows = await withPostgres(empty, readTargetRows)
    expect(withoutDerivedIds(rows)).toEqual(expected)

    const versions = () =>
      withPostgres(empty, (sql) =>
        query(sql, "select id, xmin::text from public.memory_items order by id"),
      )
    const written = await versions()
    const again = await migrate(empty)
    expect(again).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
    expect(again.report?.counts).toMatchObject({
      traces: { read: counts.traces, written: 0, unchanged: counts.traces },
      memory_items: { read: counts.memoryItems, written: 0, unchanged: counts.memoryItems },
    })
    expect(again.report?.verification?.target_digest).toBe(run.report?.verification?.target_digest)
    expect(again.stdout).toContain("Nothing to do")
    expect(await versions()).toEqual(written)
    expect(await fingerprintDirectory(source)).toEqual(before)

    template = await createDatabase({ template: new URL(empty).pathname.slice(1) })
    await withPostgres(template, async (sql) => {
      await query(sql, "truncate public.workspaces, public.migration_runs cascade")
      await query(sql, "truncate public.lineage_links")
    })
  })

  test("what a trigger of the target changes or removes is a difference, named row by row", async () => {
    const database = await databaseWithSchema()
    const [first, second, third] = current.memoryItems
    await withPostgres(database, async (sql) => {
      await query(
        sql,
        `create function public.meddle() returns trigger language plpgsql as $$
         begin
           if new.id = '${first?.id}' then
             update public.memory_items set title = title || '!' where id = new.id;
           elsif new.id = '${second?.id}' then
             update public.memory_items
             set content_embedding = ('[0.5' || substring(content_embedding::text from ',.*'))::extensions.vector
             where id = new.id;
           elsif new.id = '${third?.id}' then
             delete from public.memory_items where id = new.id;
           end if;
           return null;
         end $$`,
      )
      await query(
        sql,
        `create constraint trigger meddle after insert on public.memory_items
         deferrable initially deferred for each row execute function public.meddle()`,
      )
    })
    const run = await migrate(database)
    expect(run).toMatchObject({ exitCode: 6, report: { status: "differences" } })
    const differences = run.report?.verification?.differences
    expect(differences).toHaveLength(4)
    const row = { kind: "memory_item", source_id: null }
    expect(differences).toEqual(
      expect.arrayContaining([
        { ...row, ...keyOf(first), problem: "different", fields: ["title"] },
        { ...row, ...keyOf(second), problem: "different", fields: ["embedding"] },
        { ...row, ...keyOf(third), problem: "missing", fields: [] },
        expect.objectContaining({ kind: "workspace", problem: "count" }),
      ]),
    )
    expect(run.report?.verification?.source_digest).not.toBe(
      run.report?.verification?.target_digest,
    )
    expect(run.stdout).toContain("NOT VERIFIED")
    for (const changed of [first, second, third]) expect(run.stdout).toContain(changed?.id)
  })

  test("a row the database refuses is found, kept as a reject, and goes in once it is taken", async () => {
    const database = await databaseWithSchema()
    const refused = current.memoryItems.filter((_, position) => position % 70 === 3)
    const ids = refused.map(({ id }) => `'${id}'`).join(", ")
    await withPostgres(database, (sql) =>
      query(
        sql,
        `alter table public.memory_items add constraint refused check (id not in (${ids}))`,
      ),
    )
    const run = await migrate(database)
    expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_rejects" } })
    expect(
      run.report?.rejects.map(({ source_id, code }) => ({ source_id, code })).toSorted(bySourceId),
    ).toEqual(
      refused.map(({ id }) => ({ source_id: id, code: "refused_by_target" })).toSorted(bySourceId),
    )
    expect(run.report?.counts.memory_items).toEqual({
      read: counts.memoryItems,
      written: counts.memoryItems - refused.length,
      unchanged: 0,
      conflicts: 0,
      rejected: refused.length,
    })
    const { memoryItems } = withoutDerivedIds(await withPostgres(database, readTargetRows))
    expect(memoryItems).toEqual(
      expected.memoryItems.filter(({ id }) => !refused.some((row) => row.id === id)),
    )
    const rejects = await readRejects(home.path, run.report?.run_id)
    for (const { id, title, content, vector } of refused) {
      expect(rejects).toContainEqual(
        expect.objectContaining({
          source_id: id,
          content: expect.objectContaining({
            title,
            content,
            embedding_base64: Buffer.from(vector ?? "", "hex").toString("base64"),
          }),
        }),
      )
    }
    expect(rejects).toHaveLength(refused.length)

    await withPostgres(database, (sql) =>
      query(sql, "alter table public.memory_items drop constraint refused"),
    )
    const again = await migrate(database)
    expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(again.report?.counts.memory_items).toMatchObject({
      written: refused.length,
      rejected: 0,
    })
    expect(withoutDerivedIds(await withPostgres(database, readTargetRows))).toEqual(expected)
  })

  test("a row that a trigger drops without a word is a reject, not a conflict", async () => {
    const database = await databaseWithSchema()
    const [dropped] = current.memoryItems
    await withPostgres(database, async (sql) => {
      await query(
        sql,
        `create function public.swallow() returns trigger language plpgsql as $$
         begin return case when new.id = '${dropped?.id}' then null else new end; end $$`,
      )
      await query(
        sql,
        `create trigger swallow before insert on public.memory_items
         for each row execute function public.swallow()`,
      )
    })
    const run = await migrate(database)
    expect(run).toMatchObject({
      exitCode: 5,
      report: {
        status: "verified_with_rejects",
        rejects: [{ source_id: dropped?.id, code: "refused_by_target" }],
        conflicts: [],
      },
    })
    expect(run.report?.counts.memory_items).toMatchObject({
      read: counts.memoryItems,
      written: counts.memoryItems - 1,
      rejected: 1,
    })
  })

  test("a refused trace takes its items with it, and no other row", async () => {
    const database = await databaseWithSchema()
    const [trace] = current.traces
    const itsItems = current.memoryItems.filter(
      (row) => row.trace_id === trace?.id && row.workspace_id === trace?.workspace_id,
    )
    await withPostgres(database, (sql) =>
      query(
        sql,
        `alter table public.reasoning_traces add constraint refused
         check (workspace_id <> '${trace?.workspace_id}' or id <> '${trace?.id}')`,
      ),
    )
    const run = await migrate(database)
    expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_rejects" } })
    expect(run.report?.counts).toMatchObject({
      traces: { read: counts.traces, written: counts.traces - 1, rejected: 1 },
      memory_items: {
        read: counts.memoryItems,
        written: counts.memoryItems - itsItems.length,
        rejected: itsItems.length,
      },
    })
    expect(new Set(run.report?.rejects.map(({ source_id }) => source_id))).toEqual(
      new Set([trace?.id, ...itsItems.map(({ id }) => id)]),
    )
  })

  test("the original product's tables are named and left alone", async () => {
    const database = await createDatabase()
    await withPostgres(database, (sql) =>
      query(
        sql,
        `create table public.reasoning_traces (
           id uuid primary key, task text not null, trajectory jsonb not null, outcome text,
           num_memories integer default 0, workspace_id text, created_at timestamptz default now()
         )`,
      ),
    )
    const before = await objectsOf(database)
    const run = await migrate(database, "--yes")
    expect(run).toMatchObject({ exitCode: 4, stdout: "" })
    expect(run.stderr).toContain("reasoning_traces")
    expect(await objectsOf(database)).toEqual(before)
  })

  test("over the API a missing schema is exit 4 with both ways to apply it, and a dry run goes on", async () => {
    const noMigrations = join(home.path, "no-migrations")
    await mkdir(noMigrations)
    const local = await startLocalSupabase({
      directory: join(home.path, "served"),
      postgresUrl: await createDatabase(),
      migrationsDirectory: noMigrations,
    })
    const environment = { SUPABASE_URL: local.url, SUPABASE_KEY: local.secretKey }
    const place = { directory: home.path, environment }
    const refused = await runMigrate({ ...place, arguments: ["--yes"] })
    expect(refused).toMatchObject({ exitCode: 4, stdout: "" })
    expect(refused.stderr).toContain("supabase db push")
    expect(refused.stderr).toContain("supabase/schema.sql")
    expect(refused.stderr).toContain("SQL editor")

    const dry = await runMigrate({ ...place, arguments: ["--dry-run"] })
    await local.close()
    expect(dry).toMatchObject({ exitCode: 0, report: { status: "dry_run" } })
    expect(dry.report?.counts.traces.written).toBe(counts.traces)
  })
})

function keyOf(row: { workspace_id: string; id: string } | undefined) {
  return { workspace_id: row?.workspace_id, id: row?.id }
}

function bySourceId(a: { source_id: string }, b: { source_id: string }): number {
  return a.source_id < b.source_id ? -1 : 1
}

async function readRejects(directory: string, runId: string | undefined): Promise<unknown[]> {
  const names = await readdir(directory)
  expect(names).toContain(`migration-rejects-${runId}.jsonl`)
  const text = await readFile(join(directory, `migration-rejects-${runId}.jsonl`), "utf8")
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
}
