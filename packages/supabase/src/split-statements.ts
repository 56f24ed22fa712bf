import { parse } from "libpg-query"

type StatementPlace = { stmt_location?: number; stmt_len?: number }

/**
 * A migration's statements without their semicolons, each with the comments before it: what the Supabase CLI
 * records in `supabase_migrations.schema_migrations.statements`. Cut by PostgreSQL's own parser.
 */
export async function splitStatements(sql: string): Promise<string[]> {
  const bytes = Buffer.from(sql)
  const { stmts }: { stmts: StatementPlace[] } = await parse(sql)
  return stmts.map(({ stmt_location: start = 0, stmt_len: length }) =>
    bytes.toString("utf8", start, length === undefined ? bytes.length : start + length).trim(),
  )
}
