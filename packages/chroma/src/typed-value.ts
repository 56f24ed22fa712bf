import type { JsonValue } from "@reasoningbank/core"
import type { SqliteValue } from "@reasoningbank/sqlite"

/** Where the columns of {@link typedColumns} begin in a row; four others come before them. */
const firstColumn = 4

/**
 * The value columns of a metadata table, for a query. Integers are 64 bits wide: those that a
 * JavaScript number can not hold come as text, so that the others need no slower way.
 */
export function typedColumns({ alias, booleans }: { alias: string; booleans: boolean }): string {
  const integer = `${alias}.int_value`
  const largest = Number.MAX_SAFE_INTEGER
  return [
    `${alias}.string_value`,
    `case when typeof(${integer}) = 'integer' and not ${integer} between -${largest} and ${largest}
       then cast(${integer} as text) else ${integer} end`,
    `${alias}.float_value`,
    booleans ? `${alias}.bool_value` : "null",
  ].join(", ")
}

/** The first column that is not NULL, as in Chroma's own reading; undefined when all are. */
export function typedValue(cells: SqliteValue[]): JsonValue | undefined {
  const string = cells[firstColumn] ?? null
  const integer = cells[firstColumn + 1] ?? null
  const float = cells[firstColumn + 2] ?? null
  const boolean = cells[firstColumn + 3] ?? null
  if (string !== null) return typeof string === "string" ? string : toText(string)
  if (integer !== null) return toInteger(integer)
  if (float !== null) return typeof float === "bigint" ? Number(float) : toNumberOrText(float)
  if (boolean !== null) return boolean === 1
  return undefined
}

function toInteger(cell: Exclude<SqliteValue, null>): JsonValue {
  if (typeof cell === "bigint") return cell
  if (typeof cell === "number") return Number.isInteger(cell) ? BigInt(cell) : cell
  if (typeof cell === "string" && /^-?\d+$/.test(cell)) return BigInt(cell)
  return toText(cell)
}

function toNumberOrText(cell: number | string | Uint8Array): JsonValue {
  return typeof cell === "number" ? cell : toText(cell)
}

function toText(cell: Exclude<SqliteValue, null>): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString("utf8") : String(cell)
}
