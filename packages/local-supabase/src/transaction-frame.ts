/** A value bound to `$1`, `$2`, …; arrays and JSON travel as their text form with a cast in the statement. */
export type LocalSqlParameter = null | string | number | boolean

/**
 * A statement, or rows in the binary COPY format for `copyInto`, a table with its column list.
 * COPY is for the owner of the database: after a `set local role` Postgres refuses it.
 */
export type LocalSqlStatement =
  | { sql: string; parameters?: LocalSqlParameter[] }
  | { copyInto: string; data: Uint8Array }

/** Every value in its Postgres text form; null stays null. */
export type LocalSqlRow = Record<string, string | null>

type FrameHead = (
  | { sql: string; parameters?: LocalSqlParameter[] }
  | { copyInto: string; dataBytes: number }
)[]

/**
 * One transaction as the body of a request: the length of the head (4 bytes, big endian), the head (JSON), then the
 * data of each COPY, one after the other. The parts are views: nothing is copied.
 */
export function encodeTransaction(statements: LocalSqlStatement[]): Uint8Array[] {
  const head: FrameHead = statements.map((statement) =>
    "copyInto" in statement
      ? { copyInto: statement.copyInto, dataBytes: statement.data.byteLength }
      : statement,
  )
  const headBytes = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(HEAD_LENGTH_BYTES)
  length.writeUInt32BE(headBytes.byteLength)
  const data = statements.flatMap((statement) => ("copyInto" in statement ? [statement.data] : []))
  return [length, headBytes, ...data]
}

/** Raises a `RangeError` or `SyntaxError` when the bytes are not what `encodeTransaction` makes. */
export function decodeTransaction(bytes: Uint8Array): LocalSqlStatement[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headEnd = HEAD_LENGTH_BYTES + buffer.readUInt32BE(0)
  const head: unknown = JSON.parse(buffer.toString("utf8", HEAD_LENGTH_BYTES, headEnd))
  if (!Array.isArray(head))
    throw new SyntaxError("The head of a transaction is a list of statements.")
  let offset = headEnd
  const statements = head.map((entry: FrameHead[number]): LocalSqlStatement => {
    if (!("copyInto" in entry)) return entry
    const data = buffer.subarray(offset, offset + entry.dataBytes)
    offset += entry.dataBytes
    return { copyInto: entry.copyInto, data }
  })
  if (offset !== buffer.byteLength)
    throw new RangeError("The data of a transaction is not as long as its head says.")
  return statements
}

const HEAD_LENGTH_BYTES = 4
