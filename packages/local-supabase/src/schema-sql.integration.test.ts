import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import postgres from "postgres"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { prepareNativeDatabase } from "./prepare-native-database.ts"

const supabaseDirectory = join(import.meta.dirname, "../../../supabase")
const migrationsDirectory = join(supabaseDirectory, "migrations")

describeWithNativePostgres("schema.sql pasted into a new project", {}, ({ createDatabase }) => {
  let postgresUrl: string

  beforeAll(async () => {
    postgresUrl = await createDatabase()
    const noMigrations = await mkdtemp(join(tmpdir(), "no-migrations-"))
    await prepareNativeDatabase({ postgresUrl, migrationsDirectory: noMigrations })
    await rm(noMigrations, { recursive: true })
    await paste(postgresUrl)
  })

  test("leaves nothing for the migrations to do", async () => {
    const applied: string[] = []
    const log = (message: string) => applied.push(message)
    await prepareNativeDatabase({ postgresUrl, migrationsDirectory, log })
    expect(applied).toEqual([])
  })

  test("records every migration by version and name", async () => {
    const sql = connect(postgresUrl)
    const recorded = await sql`
      select version || '_' || name || '.sql' as file
      from supabase_migrations.schema_migrations order by version`
    const fileNames = (await readdir(migrationsDirectory)).toSorted()
    expect(recorded.map(({ file }) => file)).toEqual(fileNames)
  })

  test("is refused the second time, whole", async () => {
    await expect(paste(postgresUrl)).rejects.toThrow("already exists")
    const sql = connect(postgresUrl)
    expect(await sql`select * from public.workspaces`).toEqual([])
  })
})

async function paste(postgresUrl: string): Promise<void> {
  const sql = postgres(postgresUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(await readFile(join(supabaseDirectory, "schema.sql"), "utf8"))
  } finally {
    await sql.end()
  }
}

function connect(postgresUrl: string): postgres.Sql {
  const sql = postgres(postgresUrl, { max: 1 })
  onTestFinished(() => sql.end())
  return sql
}
