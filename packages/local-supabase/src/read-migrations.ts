import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import { LocalSupabaseError } from "./local-supabase-error.ts"

/** One `<version>_<name>.sql`. */
export type Migration = { version: string; name: string; fileName: string; sql: string }

export type MigrationFolder = {
  directory: string
  /** In the order of their file names. */
  migrations: Migration[]
  /** SHA-256 (hex) over names and contents. */
  digest: string
}

/**
 * Reads `supabase/migrations`; other files are left alone, as the Supabase CLI does.
 * Raises `migrations_unreadable`.
 */
export async function readMigrations(directory: string): Promise<MigrationFolder> {
  const folder = path.resolve(directory)
  try {
    const fileNames = (await readdir(folder)).sort()
    const migrations = await Promise.all(
      fileNames.flatMap((fileName) => {
        const [, version, name] = /^(\d+)_(.*)\.sql$/.exec(fileName) ?? []
        if (version === undefined || name === undefined) return []
        return [readMigration({ folder, fileName, version, name })]
      }),
    )
    const hash = createHash("sha256")
    for (const { fileName, sql } of migrations) hash.update(`${fileName}\0${sql}\0`)
    return { directory: folder, migrations, digest: hash.digest("hex") }
  } catch (cause) {
    throw new LocalSupabaseError({
      code: "migrations_unreadable",
      message: `The migrations in ${folder} can not be read: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Give the folder that holds <timestamp>_<name>.sql files, usually supabase/migrations.",
      cause,
    })
  }
}

async function readMigration(file: {
  folder: string
  fileName: string
  version: string
  name: string
}): Promise<Migration> {
  const sql = await readFile(path.join(file.folder, file.fileName), "utf8")
  return { version: file.version, name: file.name, fileName: file.fileName, sql }
}
