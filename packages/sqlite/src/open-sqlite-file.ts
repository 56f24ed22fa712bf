import { chmod, copyFile, mkdtemp, open, realpath, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join, sep } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import {
  openSqliteDatabase,
  type SqliteDatabase,
  sqliteErrorCode,
  toSqliteError,
} from "./sqlite-database.ts"

export type OpenSqliteFile = {
  database: SqliteDatabase
  /** True when a private copy is read because the file itself can not be read without writing. */
  copied: boolean
  close(): Promise<void>
}

const magic = "SQLite format 3\0"
const walVersion = 2
const readOnlyRollback = 776
const readOnlyRecovery = 264
const cannotOpen = 14

/**
 * Opens an SQLite file so that nothing beside it is ever written. A file left with a hot journal or
 * in write-ahead mode can not be read in place without that; it is copied, with its journal and
 * under its own name, to a private folder, and the copy is opened.
 *
 * @throws `source:not_sqlite`, `source:sqlite`, `source:changed`
 */
export async function openSqliteFile({
  file: path,
  temporaryDirectory,
}: {
  file: string
  temporaryDirectory: string | undefined
}): Promise<OpenSqliteFile> {
  // SQLite keeps its journals beside the file itself, not beside a link to it.
  const file = await realpath(path)
  if (!(await usesWriteAheadLog(file))) {
    const database = openInPlace(file)
    if (database !== null) {
      return { database, copied: false, close: async () => database.close() }
    }
  }
  return openCopy({ file, temporaryDirectory: temporaryDirectory ?? tmpdir() })
}

/** Header bytes 18 and 19 are 2 in write-ahead mode (sqlite.org/fileformat2.html). */
async function usesWriteAheadLog(file: string): Promise<boolean> {
  const handle = await open(file, "r")
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0)
    if (bytesRead < 100 || buffer.toString("latin1", 0, 16) !== magic) {
      throw new ReasoningBankError({
        code: "source:not_sqlite",
        message: `${file} is not an SQLite database: it does not begin with SQLite's header.`,
        hint: "Name the right file or directory, or restore the file from a backup.",
      })
    }
    return buffer[18] === walVersion || buffer[19] === walVersion || (await exists(`${file}-wal`))
  } finally {
    await handle.close()
  }
}

/** Null when SQLite would have to write first. */
function openInPlace(file: string): SqliteDatabase | null {
  let database: SqliteDatabase | undefined
  try {
    database = openSqliteDatabase({ file, writable: false })
    database.all("select count(*) from sqlite_schema")
    return database
  } catch (error) {
    database?.close()
    const code = sqliteErrorCode(error) ?? 0
    if (code === readOnlyRollback || code === readOnlyRecovery || (code & 0xff) === cannotOpen) {
      return null
    }
    throw toSqliteError({ error, reading: basename(file) })
  }
}

async function openCopy({
  file,
  temporaryDirectory,
}: {
  file: string
  temporaryDirectory: string
}): Promise<OpenSqliteFile> {
  const source = await realpath(dirname(file))
  const target = await realpath(temporaryDirectory).catch((cause: unknown) => {
    throw new ReasoningBankError({
      code: "usage",
      message: `${basename(file)} has to be copied before it can be read, and the temporary directory ${temporaryDirectory} can not be used.`,
      hint: "Give a temporary directory that exists.",
      cause,
    })
  })
  if (`${target}${sep}`.startsWith(`${source}${sep}`)) {
    throw new ReasoningBankError({
      code: "usage",
      message: `The temporary directory ${temporaryDirectory} lies beside the source, where nothing may be written.`,
      hint: "Give a temporary directory elsewhere.",
    })
  }
  const folder = await mkdtemp(join(target, "reasoningbank-sqlite-"))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, basename(file))
    for (const suffix of ["", "-journal", "-wal"]) {
      if (suffix !== "" && !(await exists(`${file}${suffix}`))) continue
      await copyFile(`${file}${suffix}`, `${copy}${suffix}`)
      await chmod(`${copy}${suffix}`, 0o600)
    }
    const database = openSqliteDatabase({ file: copy, writable: true })
    return {
      database,
      copied: true,
      async close() {
        database.close()
        await removeFolder()
      },
    }
  } catch (error) {
    await removeFolder()
    if (error instanceof Error && "syscall" in error) {
      throw new ReasoningBankError({
        code: "source:sqlite",
        message: `${basename(file)} has to be copied before it can be read, and the copy in ${target} failed: ${error.message}.`,
        hint: "Free some space there, or give another temporary directory.",
        cause: error,
      })
    }
    throw toSqliteError({ error, reading: `The private copy of ${basename(file)}` })
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch {
    return false
  }
}
