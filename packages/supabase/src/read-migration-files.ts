import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { splitStatements } from "./split-statements.ts"

export type MigrationFile = {
  fileName: string
  /** The digits the file name begins with. */
  version: string
  /** What follows them, without `.sql`. */
  name: string
  sql: string
  statements: string[]
}

/** The `<version>_<name>.sql` files of a folder, oldest first. Raises `usage` when there are none. */
export async function readMigrationFiles(directory: string): Promise<MigrationFile[]> {
  const fileNames = await readdir(directory).catch((cause) => {
    throw noMigrations({ directory, cause })
  })
  const files: MigrationFile[] = []
  for (const fileName of fileNames.toSorted()) {
    const [, version, name] = /^(\d+)_(.*)\.sql$/.exec(fileName) ?? []
    if (version === undefined || name === undefined) continue
    const sql = await readFile(join(directory, fileName), "utf8")
    files.push({ fileName, version, name, sql, statements: await splitStatements(sql) })
  }
  if (files.length === 0) throw noMigrations({ directory })
  return files
}

function noMigrations({ directory, cause }: { directory: string; cause?: unknown }) {
  return new ReasoningBankError({
    code: "usage",
    message: `${directory} holds no migrations.`,
    hint: "Give the folder of the <timestamp>_<name>.sql files, usually supabase/migrations.",
    cause,
  })
}
