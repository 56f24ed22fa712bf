import type { PGlite, QueryOptions } from "@electric-sql/pglite"
import { LocalSqlError } from "./local-sql-error.ts"
import type { LocalSqlRow, LocalSqlStatement } from "./transaction-frame.ts"

/**
 * Runs statements in one transaction on PGlite, parameters and results as text. Call it under the serial lock.
 * Raises `LocalSqlError` for what Postgres refuses; nothing is kept then.
 */
export async function runLocalTransaction(options: {
  pglite: PGlite
  statements: LocalSqlStatement[]
}): Promise<LocalSqlRow[][]> {
  const { pglite, statements } = options
  let statementIndex = 0
  try {
    return await pglite.transaction(async (transaction) => {
      const asText = textOptions(pglite)
      const results: LocalSqlRow[][] = []
      for (const statement of statements) {
        if ("copyInto" in statement) {
          await transaction.query(
            `copy ${statement.copyInto} from '/dev/blob' with (format binary)`,
            [],
            {
              blob: new Blob([Buffer.from(statement.data)]),
            },
          )
          results.push([])
        } else {
          const { sql, parameters } = statement
          results.push((await transaction.query<LocalSqlRow>(sql, parameters, asText)).rows)
        }
        statementIndex += 1
      }
      return results
    })
  } catch (error) {
    throw asLocalSqlError({ error, statementIndex }) ?? error
  } finally {
    // A `set` or a temporary table must not reach the next request in this one session.
    await pglite.exec("reset session authorization; reset role; reset all; discard temporary")
  }
}

function textOptions(pglite: PGlite): QueryOptions {
  const types = new Set([...Object.keys(pglite.parsers), ...Object.keys(pglite.serializers)])
  return {
    parsers: Object.fromEntries([...types].map((type) => [type, (text: string) => text])),
    serializers: Object.fromEntries([...types].map((type) => [type, String])),
  }
}

function asLocalSqlError(options: {
  error: unknown
  statementIndex: number
}): LocalSqlError | undefined {
  const { error, statementIndex } = options
  if (!(error instanceof Error && "code" in error && typeof error.code === "string"))
    return undefined
  const field = (name: string) => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === "string" ? value : undefined
  }
  return new LocalSqlError({
    code: error.code,
    message: error.message,
    detail: field("detail"),
    hint: field("hint"),
    where: field("where"),
    constraint: field("constraint"),
    statementIndex,
  })
}
