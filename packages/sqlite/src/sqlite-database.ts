import { backup, DatabaseSync, type StatementSync } from "node:sqlite"
import { ReasoningBankError } from "@reasoningbank/core"

/** What SQLite stores in a cell. */
export type SqliteValue = null | number | bigint | string | Uint8Array

export type SqliteDatabase = {
  /** All rows of a short query, columns in the order of the query. */
  all(sql: string, ...parameters: SqliteValue[]): SqliteValue[][]
  /** Rows one by one. The caller must finish or leave the loop before it yields to anybody. */
  each(sql: string, ...parameters: SqliteValue[]): Iterable<SqliteValue[]>
  /** Writes the database as it is at one moment to a new file, page by page, although others may write to it. */
  copyTo(file: string): Promise<void>
  close(): void
}

const busyTimeoutInMs = 5_000
/** 100 MB: a writer waits while these are copied, and a write between two such steps starts the copy anew. */
const pagesAtOnce = 25_000

/**
 * Opens a database file and keeps its prepared statements. Raises SQLite's own errors; pass them to
 * {@link toSqliteError}.
 */
export function openSqliteDatabase({
  file,
  writable,
}: {
  file: string
  /** Only for private copies, where SQLite has to roll back or recover before it can read. */
  writable: boolean
}): SqliteDatabase {
  const database = new DatabaseSync(file, { readOnly: !writable, timeout: busyTimeoutInMs })
  const statements = new Map<string, StatementSync>()

  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = database.prepare(sql)
      statement.setReturnArrays(true)
      statements.set(sql, statement)
    }
    return statement
  }

  try {
    database.exec("pragma temp_store = memory")
    database.exec("pragma cache_size = -16000")
    if (writable) {
      // The first read is what makes SQLite roll back a journal or recover a write-ahead log.
      database.prepare("select count(*) from sqlite_schema").get()
      database.exec("pragma query_only = 1")
    }
  } catch (error) {
    database.close()
    throw error
  }

  return {
    all: (sql, ...parameters) => toRows(prepare(sql).all(...parameters)),
    each: (sql, ...parameters) => toRowIterator(prepare(sql).iterate(...parameters)),
    async copyTo(path) {
      await backup(database, path, { rate: pagesAtOnce })
    },
    close() {
      statements.clear()
      if (database.isOpen) database.close()
    },
  }
}

// node:sqlite types rows as objects; `setReturnArrays` above makes every one an array.
function toRows(rows: unknown): SqliteValue[][] {
  return rows as SqliteValue[][]
}

function toRowIterator(rows: unknown): Iterable<SqliteValue[]> {
  return rows as Iterable<SqliteValue[]>
}

const primaryCodes = { busy: 5, locked: 6, notADatabase: 26 }

/** SQLite's extended result code, when the error came from SQLite. */
export function sqliteErrorCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null
  return typeof error.errcode === "number" ? error.errcode : null
}

/**
 * Turns whatever reading the database threw into a coded error; a coded one is passed on as it is.
 * `source:changed` when somebody holds a lock, `source:not_sqlite`, else `source:sqlite`.
 */
export function toSqliteError({
  error,
  reading,
}: {
  error: unknown
  /** What was being read, as it stands in "could not be read". */
  reading: string
}): ReasoningBankError {
  if (error instanceof ReasoningBankError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const primaryCode = (sqliteErrorCode(error) ?? 0) & 0xff
  if (primaryCode === primaryCodes.busy || primaryCode === primaryCodes.locked) {
    return new ReasoningBankError({
      code: "source:changed",
      message: `${reading} could not be read: another program is writing to the database (${reason}).`,
      hint: "Stop the programs that write to it, then run again.",
      cause: error,
    })
  }
  if (primaryCode === primaryCodes.notADatabase) {
    return new ReasoningBankError({
      code: "source:not_sqlite",
      message: `${reading} could not be read: the file is not an SQLite database (${reason}).`,
      hint: "Name the right file or directory, or restore the file from a backup.",
      cause: error,
    })
  }
  if (error instanceof Error && "syscall" in error) {
    return new ReasoningBankError({
      code: "source:sqlite",
      message: `${reading} could not be read: ${reason}.`,
      hint: "Check that this user may read the directory and its files.",
      cause: error,
    })
  }
  return damagedDatabase({ reading, reason, cause: error })
}

/** `source:sqlite`: the file is an SQLite database, but what it holds contradicts itself. */
export function damagedDatabase({
  reading,
  reason,
  cause,
}: {
  reading: string
  reason: string
  cause?: unknown
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:sqlite",
    message: `${reading} could not be read from the SQLite database: ${reason}.`,
    hint: 'Restore it from a backup, or rebuild a copy of its file with "sqlite3 FILE .recover".',
    ...(cause === undefined ? {} : { cause }),
  })
}
