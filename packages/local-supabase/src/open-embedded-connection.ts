import { access, mkdir, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { PGlite } from "@electric-sql/pglite"
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm"
import { pgtap } from "@electric-sql/pglite/pgtap"
import { vector } from "@electric-sql/pglite/vector"
import { createPgliteConnection, type PgliteConnection } from "@supabase/lite/pglite"
import { LocalSupabaseError } from "./local-supabase-error.ts"

export type OpenEmbeddedConnectionSettings = {
  directory: string
  /** A file that lies there while the first start writes `directory`. */
  unfinishedMarker: string
  log: (message: string) => void
}

/**
 * Opens the PGlite database of a directory, or makes one; `vector`, `pg_trgm` and `pgtap` can be created in it.
 * A first start that was killed half way left nothing anybody was told of, so it begins again.
 * Raises `database_unreadable`.
 */
export async function openEmbeddedConnection(
  settings: OpenEmbeddedConnectionSettings,
): Promise<PgliteConnection> {
  const { directory, unfinishedMarker, log } = settings
  if (await exists(unfinishedMarker)) await rm(directory, { recursive: true, force: true })
  const isNew = !(await exists(path.join(directory, "PG_VERSION")))
  if (isNew) {
    log("Creating the local database: a few seconds, the first time only")
    await writeFile(unfinishedMarker, "", { mode: 0o600 })
    await mkdir(directory, { recursive: true, mode: 0o700 })
  } else {
    log("Opening the local database")
  }
  try {
    const connection = await createPgliteConnection({
      url: directory,
      pgliteOptions: {
        extensions: { vector, pg_trgm, pgtap },
        startParams: START_PARAMETERS,
      },
    })
    await connection.driver.waitReady
    if (isNew) await rm(unfinishedMarker)
    return connection
  } catch (cause) {
    throw new LocalSupabaseError({
      code: "database_unreadable",
      message: `The database in ${directory} can not be opened: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Move the directory away to start with an empty one; its files are those of PostgreSQL 17 (PGlite 0.4).",
      cause,
    })
  }
}

/** What `reset all` goes back to: the settings of a hosted session. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams,
  "-c",
  'search_path="$user", public, extensions',
  "-c",
  "timezone=UTC",
]

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
