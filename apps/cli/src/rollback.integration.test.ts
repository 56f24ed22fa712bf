import { cp, mkdtemp } from "node:fs/promises"
import { join } from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { createSqlTarget, type SqlClient } from "@reasoningbank/supabase"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { currentRecord } from "./testing/current-bank.ts"
import { digestTables } from "./testing/digest-tables.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query, type Sql } from "./testing/read-target-rows.ts"
import { type CliSettings, runCli, runMigrate } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { bankCollectionName, writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const bank = makeBank({ seed: 21, memories: 90, workspaceIds: ["one", "two"], timezone })
const newcomers = makeBank({ seed: 22, memories: 60, workspaceIds: ["one", "three"], timezone })
const random = createSeededRandom(23)
const changed = bank.memories.slice(0, 12).map((memory) => ({
  ...memory,
  item: { ...memory.item, content: `${memory.item.content} Learned since.` },
  vector: random.unitVector(384),
}))
const editedId = changed[0]?.item.id ?? ""
const recalledId = bank.memories[20]?.item.id ?? ""

let sources: TemporaryDirectory
let earlier: string
let later: string

beforeAll(async () => {
  sources = await makeTemporaryDirectory()
  earlier = join(sources.path, "earlier")
  later = join(sources.path, "later")
  await writeChromaBank({ directory: earlier, collections: [bank] })
  await cp(earlier, later, { recursive: true })
  const updates = changed.map((memory) => currentRecord({ memory, timezone }))
  await writeChromaBank({
    directory: later,
    collections: [{ name: bankCollectionName, records: newcomers.records, updates }],
  })
})

afterAll(() => sources.remove())

type Target = Omit<CliSettings, "arguments"> & {
  withSql<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
}

function stories(getTarget: () => Target) {
  const migrate = (source: string, ...more: string[]) => {
    const { withSql: _, ...place } = getTarget()
    return runMigrate({
      ...place,
      arguments: [
        "--chromadb-dir",
        source,
        "--source-timezone",
        timezone,
        "--no-backup",
        "--yes",
        ...more,
      ],
    })
  }
  const command = (...words: string[]) => {
    const { withSql: _, ...place } = getTarget()
    return runCli({ ...place, arguments: ["migrate", ...words] })
  }
  const sql = (statement: string, parameters: string[] = []) =>
    getTarget().withSql((client) => query(client, statement, parameters))
  const digests = () => getTarget().withSql(digestTables)

  let before: Record<string, string | null>
  let runId: string

  const migrateLater = async () => {
    const run = await migrate(later, "--overwrite", "--batch-size", "20")
    expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    expect(await digests()).not.toEqual(before)
    return run.report?.run_id ?? ""
  }

  test("a target that is in use takes a run that inserts, updates, overwrites and creates a workspace", async () => {
    expect(await migrate(earlier)).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    await sql("update public.memory_items set title = 'Edited by hand' where id = $1::text::uuid", [
      editedId,
    ])
    await sql(
      `insert into public.memory_items (workspace_id, title, content) values ('two', 'Mine', 'Written here')`,
    )
    await sql(
      `select public.record_retrieval('one', 'supabase', 'semantic', 5, array[$1::text::uuid], array[0.5])`,
      [recalledId],
    )
    before = await digests()
    runId = await migrateLater()
    const [run] = JSON.parse((await command("runs", "--json")).stdout)
    expect(run).toMatchObject({ id: runId, status: "verified", updated: 12, new_workspaces: 1 })
    expect(run.written).toBeGreaterThan(70)
  })

  test("runs lists them and tells one by how its id begins", async () => {
    const list = await command("runs")
    expect(list).toMatchObject({ exitCode: 0, stderr: "" })
    expect(list.stdout).toContain(runId.slice(0, 8))
    const one = await command("runs", runId.slice(0, 13))
    expect(one.stdout).toContain(`Run        ${runId}`)
    expect(one.stdout).toMatch(/three +yes/)
    expect(await command("runs", "zzz")).toMatchObject({ exitCode: 2 })
  })

  test("a dry run and a rollback nobody agreed to change nothing", async () => {
    const now = await digests()
    const dry = await command("rollback", runId, "--dry-run")
    expect(dry).toMatchObject({ exitCode: 0 })
    expect(dry.stdout).toContain("12 rows it updated would be as before")
    const refused = await command("rollback", runId)
    expect(refused).toMatchObject({ exitCode: 8 })
    expect(refused.stderr).toContain("--yes")
    expect(await digests()).toEqual(now)
  })

  test("the rollback leaves every table as it was before the run", async () => {
    const done = await command("rollback", runId, "--yes")
    expect(done).toMatchObject({ exitCode: 0, stderr: "" })
    expect(done.stdout).toContain("12 rows as before, 1 workspace removed")
    expect(await digests()).toEqual(before)
    const [run] = JSON.parse((await command("runs", "--json")).stdout)
    expect(run).toMatchObject({ id: runId, status: "rolled_back" })
    expect((await command("rollback", runId, "--yes")).stdout).toContain("rolled back already")
  })

  test("a rollback that was cut short says so and goes on", async () => {
    runId = await migrateLater()
    await getTarget().withSql(async (client) => {
      const target = createSqlTarget({
        sql: { transaction: client.transaction as SqlClient["transaction"], close: async () => {} },
        kind: "postgres",
        location: "here",
      })
      const token = crypto.randomUUID()
      const holder = { host: "elsewhere", pid: 1, processStart: null }
      await target.journal.startRollback({ runId, lease: { token, holder, takenOver: null } })
      for (let step = 0; step < 4; step++) {
        await target.journal.rollBackRows({ runId, leaseToken: token, rowLimit: 5 })
      }
      const other = target.journal.rollBackRows({
        runId,
        leaseToken: crypto.randomUUID(),
        rowLimit: 5,
      })
      await expect(other).rejects.toMatchObject({ code: "run:lease_lost" })
    })
    await sql(
      "update public.migration_runs set lease_expires_at = now() where id = $1::text::uuid",
      [runId],
    )
    expect((await command("runs")).stdout).toContain("rolled back in part")
    const refused = await migrate(later, "--overwrite")
    expect(refused).toMatchObject({ exitCode: 8 })
    expect(refused.stderr).toContain(`pnpm migrate rollback ${runId}`)

    expect(await command("rollback", runId, "--yes")).toMatchObject({ exitCode: 0 })
    expect(await digests()).toEqual(before)
  })

  test("what was built on a run since is listed and refused; --force takes it along", async () => {
    runId = await migrateLater()
    const inserted = newcomers.memories[0]
    await sql("update public.memory_items set title = 'Edited since' where id = $1::text::uuid", [
      changed[3]?.item.id ?? "",
    ])
    await sql(
      `insert into public.memory_items (workspace_id, trace_id, title, content)
       select workspace_id, trace_id, 'Mine', 'Below it' from public.memory_items where id = $1::text::uuid`,
      [inserted?.item.id ?? ""],
    )
    await sql(
      `insert into public.lineage_links (workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id)
       select i.workspace_id, 'memory_item', gen_random_uuid(), 'related', 0, 'memory_item', i.id
       from public.memory_items as i where i.id = $1::text::uuid`,
      [inserted?.item.id ?? ""],
    )
    const now = await digests()
    const refused = await command("rollback", runId, "--yes")
    expect(refused).toMatchObject({ exitCode: 8 })
    expect(refused.stdout).toContain("1 rows edited")
    expect(refused.stdout).toContain("1 memory items of others under its traces")
    expect(refused.stdout).toContain("1 lineage links of others to its rows")
    expect(refused.stderr).toContain("Nothing was changed")
    expect(await digests()).toEqual(now)

    expect(await command("rollback", runId, "--yes", "--force")).toMatchObject({ exitCode: 0 })
    // The link of somebody else stays, to a row that is no more.
    const { lineage_links: _, ...after } = await digests()
    const { lineage_links: __, ...expected } = before
    expect(after).toEqual(expected)
  })
}

describe("the embedded Supabase", () => {
  let home: EmbeddedHome
  beforeAll(async () => {
    home = await openEmbeddedHome()
    return () => home.close()
  })
  stories(() => ({ directory: home.path, withSql: (work) => work(home.local.sql) }))
})

describeWithNativePostgres("a native Postgres", {}, ({ createDatabase }) => {
  let target: Target
  beforeAll(async () => {
    const databaseUrl = await createDatabase()
    target = {
      directory: await mkdtemp(join(sources.path, "home-")),
      environment: { DATABASE_URL: databaseUrl },
      withSql: (work) => withPostgres(databaseUrl, work),
    }
  })
  stories(() => target)
})
