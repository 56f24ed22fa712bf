import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPgliteDatabase } from "../../database.ts"
import { openEmbeddedConnection } from "../../open-embedded-connection.ts"
import { prepareDatabase } from "../../prepare-database.ts"
import { prepareNativeDatabase } from "../../prepare-native-database.ts"
import { readMigrations } from "../../read-migrations.ts"
import { openNativeSession, openPgliteSession, type PgtapSession } from "./pgtap-session.ts"

const migrationsDirectory = join(import.meta.dirname, "../../../../../supabase/migrations")

/** A new embedded database with the migrations; it ends with the session. */
export async function openPreparedPglite(): Promise<PgtapSession> {
  const directory = await mkdtemp(join(tmpdir(), "pgtap-"))
  const connection = await openEmbeddedConnection({
    directory: join(directory, "database"),
    unfinishedMarker: join(directory, "unfinished"),
    log: () => {},
  })
  const database = createPgliteDatabase(connection.driver)
  await prepareDatabase({ database, folder: await readMigrations(migrationsDirectory) })
  const session = openPgliteSession(connection.driver)
  await session.run("discard all")
  return {
    run: session.run,
    close: async () => {
      await connection.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Gives an empty native database the migrations and the search path that every session of a hosted project has. */
export async function openPreparedNative(databaseUrl: string): Promise<PgtapSession> {
  await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
  const settings = openNativeSession(databaseUrl)
  const name = new URL(databaseUrl).pathname.slice(1)
  await settings.run(`alter database ${name} set search_path = "$user", public, extensions`)
  await settings.close()
  return openNativeSession(databaseUrl)
}
