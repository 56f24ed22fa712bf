/** A value bound to `$1`, `$2`, … ; arrays and JSON travel as their text form with a cast in the statement. */
export type SqlParameter = null | string | number | boolean

/**
 * One step of a transaction: a statement, or binary COPY data (`copy <copyInto> from stdin (format binary)`,
 * where `copyInto` is a table with its column list).
 */
export type SqlStatement =
  | { sql: string; parameters?: SqlParameter[] }
  | { copyInto: string; data: Uint8Array }

/** Every value in its Postgres text form, so that no number loses a digit; null stays null. */
export type SqlRow = Record<string, string | null>

/**
 * Direct SQL. Both the native Postgres client and the embedded server's client have this shape
 * (the latter structurally: it imports nothing of ours).
 */
export type SqlClient = {
  /** Runs all statements in one transaction, in order; rows of each (none for COPY). Nothing is kept if one fails. */
  transaction(statements: SqlStatement[]): Promise<SqlRow[][]>
  close(): Promise<void>
}
