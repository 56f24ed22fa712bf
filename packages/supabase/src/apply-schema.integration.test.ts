import { cp, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { prepareNativeDatabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { expect, onTestFinished, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import type { SqlClient } from "./sql-client.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory, prepareWithoutSchema } from "./testing/prepared-database.ts"

function openTarget({
  databaseUrl,
  directory = migrationsDirectory,
}: {
  databaseUrl: string
  directory?: string
}) {
  const sql = createPostgresClient({ databaseUrl })
  onTestFinished(() => sql.close())
  const target = createSqlTarget({
    sql,
    kind: "postgres",
    location: sql.location,
    migrationsDirectory: directory,
  })
  return { sql, target }
}

async function recordedVersions(sql: SqlClient): Promise<string[]> {
  const [rows = []] = await sql.transaction([
    { sql: "select version from supabase_migrations.schema_migrations order by version" },
  ])
  return rows.map(({ version }) => version ?? "")
}

async function versionsOnDisk(): Promise<string[]> {
  return (await readdir(migrationsDirectory)).toSorted().map((name) => name.slice(0, 14))
}

describeWithNativePostgres("the schema of a new target", {}, ({ createDatabase }) => {
  test("is not there, is applied, and is there", async () => {
    const { target } = openTarget({
      databaseUrl: await prepareWithoutSchema(await createDatabase()),
    })
    expect(await target.describe()).toMatchObject({ serverVersion: null, schemaVersions: [] })
    await target.applySchema?.()
    expect((await target.describe()).schemaVersions).toEqual(await versionsOnDisk())
    await target.applySchema?.()
  })

  test("is recorded as the other tools record it, which then find nothing to do", async () => {
    const databaseUrl = await prepareWithoutSchema(await createDatabase())
    await openTarget({ databaseUrl }).target.applySchema?.()
    const applied: string[] = []
    await prepareNativeDatabase({
      postgresUrl: databaseUrl,
      migrationsDirectory,
      log: (message) => applied.push(message),
    })
    expect(applied).toEqual([])
  })

  test("is applied once when two apply it at the same moment", async () => {
    const databaseUrl = await prepareWithoutSchema(await createDatabase())
    const [one, other] = [openTarget({ databaseUrl }), openTarget({ databaseUrl })]
    await Promise.all([one.target.applySchema?.(), other.target.applySchema?.()])
    expect(await recordedVersions(one.sql)).toEqual(await versionsOnDisk())
  })

  test("a plain Postgres is refused, with what it lacks", async () => {
    const { target } = openTarget({ databaseUrl: await createDatabase() })
    expect((await target.describe()).schemaVersions).toEqual([])
    await expect(target.applySchema?.()).rejects.toMatchObject({
      code: "target:not_supabase",
      message: expect.stringContaining("auth.users"),
    })
  })

  test("a migration that fails leaves nothing of itself", async () => {
    const directory = await makeTemporaryDirectory()
    onTestFinished(() => directory.remove())
    await cp(migrationsDirectory, directory.path, { recursive: true })
    await writeFile(
      join(directory.path, "29990101000000_break.sql"),
      "create table public.half (id int);\nselect 1 / 0;\n",
    )
    const databaseUrl = await prepareWithoutSchema(await createDatabase())
    const { sql, target } = openTarget({ databaseUrl, directory: directory.path })
    await expect(target.applySchema?.()).rejects.toMatchObject({
      code: "target:refused",
      message: expect.stringContaining("29990101000000_break.sql"),
    })
    expect(await recordedVersions(sql)).toEqual(await versionsOnDisk())
    const [[half] = []] = await sql.transaction([
      { sql: "select pg_catalog.to_regclass('public.half')::text as name" },
    ])
    expect(half?.name).toBeNull()
  })

  test("the original product's tables are not mistaken for ours", async () => {
    const { sql, target } = openTarget({
      databaseUrl: await prepareWithoutSchema(await createDatabase()),
    })
    await sql.transaction([
      { sql: "create table public.reasoning_traces (id uuid primary key, num_memories integer)" },
    ])
    await expect(target.describe()).rejects.toMatchObject({
      code: "target:refused",
      message: expect.stringContaining("original ReasoningBank"),
    })
  })

  test("pgvector in another schema is named with the remedy", async () => {
    const { sql, target } = openTarget({
      databaseUrl: await prepareWithoutSchema(await createDatabase()),
    })
    await sql.transaction([{ sql: "create extension vector schema public" }])
    await expect(target.applySchema?.()).rejects.toMatchObject({
      code: "target:missing_extension",
      hint: expect.stringContaining("alter extension vector set schema extensions"),
    })
  })
})
