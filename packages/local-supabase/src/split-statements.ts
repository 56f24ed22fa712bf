import { parse } from "libpg-query"

/** In UTF-8 bytes; absent means from the start, to the end. */
type StatementPlace = { stmt_location?: number; stmt_len?: number }

/**
 * Cuts a migration into its statements with PostgreSQL's own parser, each with the comments before it and without
 * the semicolon: what the Supabase CLI records in `supabase_migrations.schema_migrations.statements`
 * (https://github.com/supabase/cli, `pkg/parser`).
 * Raises the parser's error when the text is not SQL.
 */
export async function splitStatements(sql: string): Promise<string[]> {
  if (sql.trim() === "") return []
  const bytes = Buffer.from(sql)
  const { stmts = [] }: { stmts?: StatementPlace[] } = await parse(sql)
  const ends = stmts.map(({ stmt_location = 0, stmt_len }) =>
    stmt_len === undefined ? bytes.length : stmt_location + stmt_len,
  )
  const starts = [0, ...ends]
  const pieces = [...ends, bytes.length].map((end, index) =>
    bytes.toString("utf8", starts[index], end),
  )
  return pieces.map((piece) => piece.replace(/^(\s*;)+/, "").trim()).filter((piece) => piece !== "")
}
