import type { PGlite } from "@electric-sql/pglite"
import postgres from "postgres"

/** One connection of a database whose answers are read as psql prints them with `-At`. */
export type PgtapSession = {
  /** Runs one statement and returns the first column of its rows as lines. Raises what the server raises. */
  run: (statement: string) => Promise<string[]>
  close: () => Promise<void>
}

export function openPgliteSession(pglite: PGlite): PgtapSession {
  return {
    run: async (statement) => {
      const answers = await pglite.exec(statement, { rowMode: "array" })
      return linesOf(answers.at(-1)?.rows ?? [])
    },
    close: () => pglite.close(),
  }
}

export function openNativeSession(databaseUrl: string): PgtapSession {
  const sql = postgres(databaseUrl, { max: 1, prepare: false, onnotice: () => {} })
  return {
    run: async (statement) => linesOf(await sql.unsafe(statement).values()),
    close: () => sql.end({ timeout: 5 }),
  }
}

function linesOf(rows: readonly unknown[]): string[] {
  return rows.flatMap((row) => {
    const first: unknown = Array.isArray(row) ? row[0] : undefined
    return typeof first === "string" ? first.split("\n") : []
  })
}
