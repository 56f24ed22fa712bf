import path from "node:path"
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm"
import { vector } from "@electric-sql/pglite/vector"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { App } from "@supabase/lite"
import { createPgliteConnection } from "@supabase/lite/pglite"
import postgres from "postgres"
import { expect, test } from "vitest"
import { createLocalSqlClient } from "./create-local-sql-client.ts"
import { createNativeDatabase, createPgliteDatabase } from "./database.ts"
import { prepareDatabase } from "./prepare-database.ts"
import { prepareNativeDatabase } from "./prepare-native-database.ts"
import { readMigrations } from "./read-migrations.ts"
import { type LocalSupabase, startLocalSupabase } from "./start-local-supabase.ts"
import { makeTemporaryDirectory, TEST_MIGRATIONS } from "./testing/make-temporary-directory.ts"
import { makeClient, makeUser } from "./testing/make-user.ts"
import { readPrivileges } from "./testing/read-privileges.ts"

const PROJECT_MIGRATIONS = path.resolve(import.meta.dirname, "../../../supabase/migrations")

async function useApi(supabase: LocalSupabase, table: string): Promise<void> {
  const user = await makeUser(supabase, `user-${crypto.randomUUID()}@example.com`)
  const clients = [
    user.client,
    makeClient(supabase, supabase.publishableKey),
    makeClient(supabase, supabase.secretKey),
  ]
  const answers = await Promise.all(clients.map((client) => client.from(table).select().limit(1)))
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 200])
}

test("serving the project's migrations on PGlite changes no privilege; lite by itself would", async () => {
  await using directory = await makeTemporaryDirectory()
  const settings = { directory: directory.path, migrationsDirectory: PROJECT_MIGRATIONS }
  const supabase = await startLocalSupabase(settings)
  await useApi(supabase, "workspaces")
  const sql = createLocalSqlClient(supabase)
  const served = await readPrivileges(async (statement) => {
    const rows = await sql.transaction([{ sql: "set local search_path to ''" }, { sql: statement }])
    return rows.at(-1) ?? []
  })
  await sql.close()
  await supabase.close()

  const connection = await createPgliteConnection({
    pgliteOptions: { extensions: { vector, pg_trgm } },
  })
  const database = createPgliteDatabase(connection.driver)
  await prepareDatabase({ database, folder: await readMigrations(PROJECT_MIGRATIONS) })
  const migrated = await database.transaction(readPrivileges)
  expect(migrated.length).toBeGreaterThan(1000)
  expect(served).toEqual(migrated)

  const stock = new App({ connection, auth: { secret_key: "sb_secret_x" } })
  await stock.fetch(
    new Request("http://x/rest/v1/workspaces", { headers: { apikey: "sb_secret_x" } }),
  )
  expect(await database.transaction(readPrivileges)).not.toEqual(migrated)
  await connection.close()
})

describeWithNativePostgres("on a native Postgres", {}, ({ createDatabase }) => {
  test.each([
    { migrationsDirectory: PROJECT_MIGRATIONS, table: "workspaces" },
    { migrationsDirectory: TEST_MIGRATIONS, table: "notes" },
  ])(
    "serving $migrationsDirectory changes no privilege",
    async ({ migrationsDirectory, table }) => {
      await using directory = await makeTemporaryDirectory()
      const postgresUrl = await createDatabase()
      await prepareNativeDatabase({ postgresUrl, migrationsDirectory })
      const sql = postgres(postgresUrl, { max: 1 })
      const database = createNativeDatabase(sql)
      const migrated = await database.transaction(readPrivileges)
      const supabase = await startLocalSupabase({
        directory: directory.path,
        migrationsDirectory,
        postgresUrl,
      })
      await useApi(supabase, table)
      await supabase.close()
      expect(migrated.length).toBeGreaterThan(1000)
      expect(await database.transaction(readPrivileges)).toEqual(migrated)
      await sql.end()
    },
  )
})
