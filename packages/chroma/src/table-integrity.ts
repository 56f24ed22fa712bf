import { damagedDatabase, type SqliteDatabase } from "@reasoningbank/sqlite"

/** How far the rows of a table can be believed. */
export type TableIntegrity = {
  /** What `quick_check` found, empty when all is well. */
  problems: string[]
  /** Long values may hold pieces of other rows, which nothing below the row can tell. */
  areLongValuesShared: boolean
  /** Table and index hold the same rows under the same ids. */
  isIndexEqual: boolean
}

/** Small tables that say what belongs to what; all of them must be whole. */
export function checkCatalog({
  database,
  tables,
}: {
  database: SqliteDatabase
  tables: string[]
}): void {
  for (const table of ["sqlite_schema", ...tables]) {
    const [first] = problemsOf({ database, check: "integrity_check", table })
    if (first !== undefined) {
      throw damagedDatabase({ reading: "The list of collections", reason: `${table}: ${first}` })
    }
  }
}

/**
 * Checks the structure of a large table (`quick_check`, which reads it and its indexes once) and that
 * its index by id has the same rows. `integrity_check` would look up every row in every index, seven
 * times as long.
 */
export function checkTable({
  database,
  table,
  index,
}: {
  database: SqliteDatabase
  table: string
  /** Index over the id column; null to leave the comparison out. */
  index: string | null
}): TableIntegrity {
  const problems = problemsOf({ database, check: "quick_check", table })
  return {
    problems,
    areLongValuesShared: problems.some((problem) =>
      /2nd reference|overflow|invalid page number|too many/i.test(problem),
    ),
    isIndexEqual: index === null || isIndexEqual({ database, table, index }),
  }
}

const mostProblems = 100

function problemsOf({
  database,
  check,
  table,
}: {
  database: SqliteDatabase
  check: "integrity_check" | "quick_check"
  table: string
}): string[] {
  try {
    const rows = database.all(`pragma ${check}(${table})`)
    const problems = rows.map(([problem]) => String(problem)).filter((problem) => problem !== "ok")
    return problems.length >= mostProblems ? [...problems, "too many problems"] : problems
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/**
 * Compares an order-free sum over (rowid, id) of all values, found once by walking the table and once
 * by looking up each record in the index. Values of records that are gone are left out where there
 * are any.
 */
function isIndexEqual({
  database,
  table,
  index,
}: {
  database: SqliteDatabase
  table: string
  index: string
}): boolean {
  const sum = (source: string) =>
    String(
      database.all(
        `select count(*), sum((v.rowid * 1000003 + v.id) % 1000000007) from ${source}`,
      )[0],
    )
  try {
    const found = sum(
      `embeddings e not indexed cross join ${table} v indexed by ${index} on v.id = e.id`,
    )
    return (
      found === sum(`${table} v not indexed`) ||
      found ===
        sum(`${table} v not indexed where exists (select 1 from embeddings e where e.id = v.id)`)
    )
  } catch {
    return false
  }
}
