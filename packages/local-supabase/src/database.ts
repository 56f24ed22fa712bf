import type { PGlite } from "@electric-sql/pglite"
import type { Sql } from "postgres"

/** A row as the driver parsed it; ask for text where the type matters. */
export type DatabaseRow = Record<string, unknown>

/** With parameters one statement, without any number of them (the last one's rows come back). */
export type RunSql = (sql: string, parameters?: string[]) => Promise<DatabaseRow[]>

/** The little that preparing a database needs, the same on PGlite and on a native Postgres. */
export type Database = {
  transaction<Result>(task: (run: RunSql) => Promise<Result>): Promise<Result>
}

export function createPgliteDatabase(pglite: PGlite): Database {
  return {
    transaction: (task) =>
      pglite.transaction((transaction) =>
        task(async (sql, parameters) => {
          if (parameters !== undefined)
            return (await transaction.query<DatabaseRow>(sql, parameters)).rows
          return (await transaction.exec(sql)).at(-1)?.rows ?? []
        }),
      ),
  }
}

export function createNativeDatabase(sql: Sql): Database {
  return {
    transaction: async (task) => {
      const outcome = await sql.begin(async (transaction) => ({
        result: await task(async (statement, parameters) =>
          parameters === undefined
            ? lastRows(await transaction.unsafe(statement).simple())
            : transaction.unsafe<DatabaseRow[]>(statement, parameters),
        ),
      }))
      return outcome.result
    },
  }
}

/** Several statements answer with a list of row lists, one with its rows. */
function lastRows(answer: readonly (DatabaseRow | DatabaseRow[])[]): DatabaseRow[] {
  const last = answer.at(-1)
  return Array.isArray(last)
    ? last
    : answer.filter((row): row is DatabaseRow => !Array.isArray(row))
}
