import { PGlite } from "@electric-sql/pglite"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { applyMigrations } from "./apply-migrations.ts"
import { createPgliteDatabase, type Database } from "./database.ts"
import { prepareDatabase } from "./prepare-database.ts"
import type { MigrationFolder } from "./read-migrations.ts"

let pglite: PGlite
let database: Database

beforeAll(async () => {
  pglite = new PGlite()
  database = createPgliteDatabase(pglite)
  await prepareDatabase({ database, folder: folderOf({}) })
})
beforeEach(async () => {
  await pglite.exec(
    "truncate supabase_migrations.schema_migrations; drop schema public cascade; create schema public",
  )
})
afterAll(() => pglite.close())

const FIRST = {
  "001_first.sql":
    "-- Things.\ncreate table public.things (id int);\ninsert into public.things values (1);",
}
const SECOND = {
  "002_second.sql": "set search_path = 'nowhere';\nalter table public.things add name text;",
}

test("applies what is missing, in order, and records it as the Supabase CLI does", async () => {
  const logged: string[] = []
  const log = (message: string) => logged.push(message)
  expect(await applyMigrations({ database, folder: folderOf(FIRST), log })).toEqual(["001"])
  expect(
    await applyMigrations({ database, folder: folderOf({ ...FIRST, ...SECOND }), log }),
  ).toEqual(["002"])
  expect(
    await applyMigrations({ database, folder: folderOf({ ...FIRST, ...SECOND }), log }),
  ).toEqual([])
  expect(logged).toEqual(["Applying migration 001_first.sql", "Applying migration 002_second.sql"])
  expect(await recorded()).toEqual([
    {
      version: "001",
      name: "first",
      statements: [
        "-- Things.\ncreate table public.things (id int)",
        "insert into public.things values (1)",
      ],
    },
    {
      version: "002",
      name: "second",
      statements: ["set search_path = 'nowhere'", "alter table public.things add name text"],
    },
  ])
})

test("accepts a migration another tool recorded without its statements", async () => {
  await pglite.exec("insert into supabase_migrations.schema_migrations (version) values ('001')")
  expect(await applyMigrations({ database, folder: folderOf(FIRST) })).toEqual([])
})

test("keeps nothing of a migration that fails, and says where", async () => {
  const broken = {
    "002_broken.sql": "create table public.kept (id int);\n-- why\ninsert into nowhere values (1);",
  }
  await expect(
    applyMigrations({ database, folder: folderOf({ ...FIRST, ...broken }) }),
  ).rejects.toMatchObject({
    code: "migration_failed",
    message:
      '002_broken.sql, statement 2 (insert into nowhere values (1)): relation "nowhere" does not exist',
  })
  expect((await recorded()).map(({ version }) => version)).toEqual(["001"])
  expect((await pglite.query("select to_regclass('public.kept') as kept")).rows).toEqual([
    { kept: null },
  ])
})

test("refuses what is not SQL before it touches the database", async () => {
  const typing = { "002_typing.sql": "creat table a ();" }
  await expect(
    applyMigrations({ database, folder: folderOf({ ...FIRST, ...typing }) }),
  ).rejects.toMatchObject({
    code: "migration_failed",
    message: '002_typing.sql is not valid SQL: syntax error at or near "creat"',
  })
  expect(await recorded()).toEqual([])
})

test("refuses changed, unknown and belated migrations", async () => {
  await applyMigrations({ database, folder: folderOf({ ...FIRST, ...SECOND }) })
  const apply = (files: Record<string, string>) =>
    applyMigrations({ database, folder: folderOf(files) })

  await expect(
    apply({ "001_first.sql": "create table public.others (id int);", ...SECOND }),
  ).rejects.toMatchObject({
    code: "migration_changed",
    message: expect.stringContaining("001_first.sql"),
  })
  await expect(apply(FIRST)).rejects.toMatchObject({
    code: "migration_unknown",
    message: expect.stringContaining("002"),
  })
  await expect(
    apply({ ...FIRST, "0015_between.sql": "select 1;", ...SECOND }),
  ).rejects.toMatchObject({
    code: "migration_out_of_order",
    message: expect.stringContaining("0015_between.sql"),
  })
})

test("leaves a real Supabase alone", async () => {
  await pglite.exec("create table auth.schema_migrations (version text)")
  await expect(prepareDatabase({ database, folder: folderOf({}) })).rejects.toMatchObject({
    code: "database_refused",
    hint: expect.stringContaining("supabase db push"),
  })
  await pglite.exec("drop table auth.schema_migrations")
})

function folderOf(files: Record<string, string>): MigrationFolder {
  const migrations = Object.entries(files).map(([fileName, sql]) => {
    const [, version = "", name = ""] = /^(\d+)_(.*)\.sql$/.exec(fileName) ?? []
    return { version, name, fileName, sql }
  })
  return { directory: "/migrations", migrations, digest: "" }
}

async function recorded(): Promise<{ version: string; name: string; statements: string[] }[]> {
  const { rows } = await pglite.query<{ version: string; name: string; statements: string[] }>(
    "select version, name, statements from supabase_migrations.schema_migrations order by version",
  )
  return rows
}
