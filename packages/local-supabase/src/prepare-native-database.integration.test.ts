import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import postgres from "postgres"
import { expect, test } from "vitest"
import { prepareNativeDatabase } from "./prepare-native-database.ts"
import { TEST_MIGRATIONS } from "./testing/make-temporary-directory.ts"

describeWithNativePostgres("preparing a native Postgres", {}, ({ createDatabase }) => {
  test("works from several programs at once, and again", async () => {
    const postgresUrl = await createDatabase()
    const settings = { postgresUrl, migrationsDirectory: TEST_MIGRATIONS }
    await Promise.all([1, 2, 3].map(() => prepareNativeDatabase(settings)))
    const logged: string[] = []
    await prepareNativeDatabase({ ...settings, log: (message) => logged.push(message) })
    expect(logged).toEqual([])
    const sql = postgres(postgresUrl, { max: 1 })
    expect(await sql`select version from supabase_migrations.schema_migrations order by 1`).toEqual(
      [{ version: "20260101000000" }, { version: "20260101000100" }],
    )
    await sql.end()
  })

  test("says what role it needs", async () => {
    const postgresUrl = await createDatabase()
    const sql = postgres(postgresUrl, { max: 1, onnotice: () => {} })
    const name = `limited_${crypto.randomUUID().slice(0, 8)}`
    await sql.unsafe(`create role ${name} login password 'limited'`)
    const url = new URL(postgresUrl)
    url.username = name
    url.password = "limited"
    await expect(
      prepareNativeDatabase({ postgresUrl: url.href, migrationsDirectory: TEST_MIGRATIONS }),
    ).rejects.toMatchObject({
      code: "database_refused",
      hint: expect.stringContaining("superuser"),
    })
    await sql.unsafe(`drop role ${name}`)
    await sql.end()
  })
})
