import { isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"
import { type MigrationFile, readMigrationFiles } from "./read-migration-files.ts"
import type { SqlRow, SqlStatement } from "./sql-client.ts"

type Database = {
  transaction: (statements: SqlStatement[]) => Promise<SqlRow[][]>
  location: string
}

const recordSql = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (
    version text primary key,
    statements text[],
    name text
  );
`

const supabasePartsSql = `
  select part.name
  from (values
    ('role anon', pg_catalog.to_regrole('anon') is null),
    ('role authenticated', pg_catalog.to_regrole('authenticated') is null),
    ('role service_role', pg_catalog.to_regrole('service_role') is null),
    ('table auth.users', pg_catalog.to_regclass('auth.users') is null),
    ('function auth.uid()', pg_catalog.to_regprocedure('auth.uid()') is null)
  ) as part (name, is_missing)
  where part.is_missing
`

/**
 * Applies the migrations that are not recorded yet, each in a transaction with its record in
 * `supabase_migrations.schema_migrations`, as `supabase db push` does. Two at once do no harm. Raises `target:not_supabase`
 * for a database that is no Supabase database, `target:refused` for a migration that fails, after which nothing of it is kept.
 */
export async function applySchema({
  migrationsDirectory,
  ...database
}: Database & { migrationsDirectory: string }): Promise<void> {
  const files = await readMigrationFiles(migrationsDirectory)
  await requireSupabase(database)
  const [, [...recorded] = []] = await database.transaction([
    { sql: recordSql },
    { sql: "select version from supabase_migrations.schema_migrations" },
  ])
  const applied = new Set(recorded.map(({ version }) => version))
  for (const file of files) {
    if (!applied.has(file.version)) await applyFile({ transaction: database.transaction, file })
  }
}

async function requireSupabase({ transaction, location }: Database): Promise<void> {
  const [missing = []] = await transaction([{ sql: supabasePartsSql }])
  if (missing.length === 0) return
  throw new ReasoningBankError({
    code: "target:not_supabase",
    message: `${location} is not a Supabase database: it lacks ${missing.map(({ name }) => name).join(", ")}.`,
    hint: "Give the database address of a Supabase project, or let local-supabase prepare this one first.",
  })
}

/** The record goes first: a second process waits for it, then finds the migration applied. */
async function applyFile({
  transaction,
  file,
}: Pick<Database, "transaction"> & { file: MigrationFile }): Promise<void> {
  try {
    await transaction([
      {
        sql: `insert into supabase_migrations.schema_migrations (version, name, statements)
          values ($1::text, $2::text, array(
            select s.statement
            from pg_catalog.jsonb_array_elements_text($3::text::jsonb) with ordinality as s (statement, place)
            order by s.place
          ))`,
        parameters: [file.version, file.name, JSON.stringify(file.statements)],
      },
      { sql: file.sql },
    ])
  } catch (cause) {
    if (!isReasoningBankError(cause)) throw cause
    if (cause.message.includes("schema_migrations_pkey")) return
    throw new ReasoningBankError({
      code: cause.code === "target:row_refused" ? "target:refused" : cause.code,
      message: `The migration ${file.fileName} failed and nothing of it was kept. ${cause.message}`,
      hint: cause.hint ?? "Correct the cause and run again.",
      cause,
    })
  }
}
