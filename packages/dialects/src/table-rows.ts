import type { JsonObject, JsonValue } from "@reasoningbank/core"
import type { SqliteDatabase, SqliteValue } from "@reasoningbank/sqlite"

export type TableReader = {
  /** All rows where a column has a value, in the order they were written. */
  where(column: string, value: string): JsonObject[]
  /** Pages of rows with their row numbers, in that order too. */
  pages(pageSize: number): Iterable<JsonObject[]>
  count(): number
}

export function tableNames(database: SqliteDatabase): string[] {
  return database
    .all("select name from sqlite_schema where type = 'table'")
    .map(([name]) => String(name))
}

export function columnNames(database: SqliteDatabase, table: string): string[] {
  return database
    .all(`select name from pragma_table_info('${table}')`)
    .map(([name]) => String(name))
}

/** Reads a table as JSON: integers keep all digits, a BLOB is left out. Null when the table is not there. */
export function createTableReader(database: SqliteDatabase, table: string): TableReader | null {
  if (!tableNames(database).includes(table)) return null
  const names = columnNames(database, table)
  const columns = names.flatMap((name) => [`typeof("${name}")`, textOfInteger(name)]).join(", ")
  const select = `select rowid, ${columns} from "${table}"`
  const toObject = ([, ...cells]: SqliteValue[]): JsonObject => {
    const object: JsonObject = Object.create(null)
    for (const [index, name] of names.entries()) {
      const value = toJson({ type: cells[index * 2], value: cells[index * 2 + 1] ?? null })
      if (value !== undefined) object[name] = value
    }
    return object
  }
  return {
    where: (column, value) =>
      database.all(`${select} where "${column}" = ? order by rowid`, value).map(toObject),
    *pages(pageSize) {
      let last: SqliteValue = Number.MIN_SAFE_INTEGER
      for (;;) {
        const rows = database.all(
          `${select} where rowid > ? order by rowid limit ?`,
          last,
          pageSize,
        )
        if (rows.length === 0) return
        last = rows.at(-1)?.[0] ?? null
        yield rows.map(toObject)
      }
    },
    count: () => Number(database.all(`select count(*) from "${table}"`)[0]?.[0] ?? 0),
  }
}

/** A 64-bit integer does not fit a number. */
function textOfInteger(name: string): string {
  return `case typeof("${name}") when 'integer' then cast("${name}" as text) else "${name}" end`
}

function toJson({
  type,
  value,
}: {
  type: SqliteValue | undefined
  value: SqliteValue
}): JsonValue | undefined {
  if (value instanceof Uint8Array) return undefined
  return type === "integer" ? BigInt(String(value)) : value
}
