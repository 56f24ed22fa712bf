import { createPostgresClient } from "@reasoningbank/supabase"
import type { Sql } from "./read-target-rows.ts"

/** A connection of the test's own; to be closed before the database is copied. */
export async function withPostgres<Result>(
  databaseUrl: string,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const sql = createPostgresClient({ databaseUrl, maximumConnections: 1 })
  try {
    return await work(sql)
  } finally {
    await sql.close()
  }
}
