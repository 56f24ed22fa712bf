import { join } from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query } from "./testing/read-target-rows.ts"
import { runMigrate, startCli } from "./testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const name = "memory_items_embedding_index"
const bank = makeBank({ seed: 21, memories: 30, workspaceIds: ["one"], timezone: "UTC" })
const options = ["--source-timezone", "UTC", "--yes"]
const countSql = `select count(*) from pg_index where indisvalid and indexrelid = to_regclass('public.${name}')`
const oweSql = `with owed as (
    insert into public.migration_owed_indexes (index_name, table_name, definition, run_id)
    values ('${name}', 'memory_items', pg_get_indexdef('public.${name}'::regclass), gen_random_uuid())
  )
  select 1`

describeWithNativePostgres("an index that a killed run owes", {}, ({ createDatabase }) => {
  let home: TemporaryDirectory
  let databaseUrl: string
  const place = () => ({
    directory: home.path,
    environment: { DATABASE_URL: databaseUrl },
  })
  const source = () => ["--chromadb-dir", join(home.path, "chroma_data"), ...options]
  const sql = (...statements: string[]) =>
    withPostgres(databaseUrl, async (open) => {
      for (const statement of statements) await query(open, statement)
    })
  const isThere = async () => {
    const [row] = await withPostgres(databaseUrl, (open) => query(open, countSql))
    return Number(row?.count) === 1
  }

  beforeAll(async () => {
    home = await makeTemporaryDirectory()
    databaseUrl = await createDatabase()
    await writeChromaBank({ directory: join(home.path, "chroma_data"), collections: [bank] })
    const first = await runMigrate({ ...place(), arguments: source() })
    expect(first).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    await sql(oweSql, `drop index public.${name}`)
    return home.remove
  })

  test("a dry run names it and builds nothing", async () => {
    const run = await runMigrate({ ...place(), arguments: [...source(), "--dry-run"] })
    expect(run.report?.warnings).toContainEqual({
      code: "index_owed",
      count: 1,
      examples: [expect.stringContaining(name)],
    })
    expect(run.stdout).toContain("still to be built")
    expect(await isThere()).toBe(false)
  })

  test("killed while it is built, it stays owed; a run with nothing to copy builds it", async () => {
    await withPostgres(databaseUrl, async (open) => {
      await query(open, "select pg_advisory_lock(42)")
      const blocker = withPostgres(databaseUrl, (other) =>
        other.transaction([
          { sql: "lock table public.memory_items in row exclusive mode" },
          { sql: "select pg_advisory_xact_lock(42)" },
        ]),
      )
      const doomed = startCli({ ...place(), arguments: ["migrate", ...source(), "--json"] })
      await doomed.printed(/"phase":"index"/)
      doomed.process.kill("SIGKILL")
      await doomed.finished
      await query(open, "select pg_advisory_unlock(42)")
      await blocker
      expect(await query(open, "select index_name from public.migration_owed_indexes")).toEqual([
        { index_name: name },
      ])
    })
    expect(await isThere()).toBe(false)
    const run = await runMigrate({ ...place(), arguments: source() })
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(run.report?.warnings.map(({ code }) => code)).not.toContain("index_owed")
    expect(run.stdout).toContain("Nothing to do")
    expect(await isThere()).toBe(true)
  })
})
