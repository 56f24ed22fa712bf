import postgres from "postgres"
import { createNativeDatabase } from "./database.ts"
import { type DatabaseDescription, describeDatabase } from "./describe-database.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { prepareDatabase } from "./prepare-database.ts"
import { type MigrationFolder, readMigrations } from "./read-migrations.ts"

export type PrepareNativeDatabaseSettings = {
  postgresUrl: string
  /** The folder of `<timestamp>_<name>.sql` files. */
  migrationsDirectory: string
  log?: (message: string) => void
}

/**
 * Gives a plain Postgres (15 or newer, pgvector installed) what a hosted Supabase project has: the roles anon,
 * authenticated and service_role, the `auth` schema, and the migrations. Safe to repeat.
 * Raises `database_unreachable`, `database_refused`, `migrations_unreadable` and the `migration_…` codes.
 */
export async function prepareNativeDatabase(
  settings: PrepareNativeDatabaseSettings,
): Promise<void> {
  const { postgresUrl, migrationsDirectory, log } = settings
  await prepareNative({ postgresUrl, folder: await readMigrations(migrationsDirectory), log })
}

export async function prepareNative(settings: {
  postgresUrl: string
  folder: MigrationFolder
  log?: ((message: string) => void) | undefined
}): Promise<DatabaseDescription> {
  const { postgresUrl, folder, log } = settings
  const sql = postgres(postgresUrl, { max: 1, prepare: false, onnotice: () => {} })
  try {
    await sql`select 1`.catch((cause: unknown) => {
      throw new LocalSupabaseError({
        code: "database_unreachable",
        message: `The Postgres of the given URL does not let us in: ${cause instanceof Error ? cause.message : cause}`,
        hint: "Check host, port, database, user and password of the URL.",
        cause,
      })
    })
    const database = createNativeDatabase(sql)
    await prepareDatabase({ database, folder, log })
    return await describeDatabase(database)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
