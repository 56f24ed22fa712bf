import type { Database, RunSql } from "./database.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import type { Migration, MigrationFolder } from "./read-migrations.ts"
import { splitStatements } from "./split-statements.ts"

export type ApplyMigrationsSettings = {
  database: Database
  folder: MigrationFolder
  log?: ((message: string) => void) | undefined
}

type PreparedMigration = Migration & { statements: string[] }

/**
 * Brings a database to the newest migration: each one in a transaction of its own together with its record in
 * `supabase_migrations.schema_migrations`, as `supabase db push` does it. Returns the versions applied now.
 * Raises `migration_changed`, `migration_unknown`, `migration_out_of_order`, `migration_failed`.
 */
export async function applyMigrations(settings: ApplyMigrationsSettings): Promise<string[]> {
  const { database, folder, log } = settings
  const prepared = await Promise.all(folder.migrations.map(prepareMigration))
  const applied: string[] = []
  for (;;) {
    const next = await database.transaction(async (run) => {
      await run("select pg_catalog.pg_advisory_xact_lock(7203718452211)")
      const migration = findNextMigration({ folder, prepared, recorded: await readRecorded(run) })
      if (migration === undefined) return undefined
      log?.(`Applying migration ${migration.fileName}`)
      await runMigration({ run, migration })
      return migration.version
    })
    if (next === undefined) return applied
    applied.push(next)
  }
}

async function prepareMigration(migration: Migration): Promise<PreparedMigration> {
  try {
    return { ...migration, statements: await splitStatements(migration.sql) }
  } catch (cause) {
    throw new LocalSupabaseError({
      code: "migration_failed",
      message: `${migration.fileName} is not valid SQL: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Correct the file and start again.",
      cause,
    })
  }
}

type RecordedMigrations = Map<string, string | null>

async function readRecorded(run: RunSql): Promise<RecordedMigrations> {
  const rows = await run(
    `select version, pg_catalog.to_json(statements)::text as statements
     from supabase_migrations.schema_migrations order by version`,
  )
  return new Map(
    rows.map(({ version, statements }) => [
      String(version),
      typeof statements === "string" ? statements : null,
    ]),
  )
}

function findNextMigration(options: {
  folder: MigrationFolder
  prepared: PreparedMigration[]
  recorded: RecordedMigrations
}): PreparedMigration | undefined {
  const { folder, prepared, recorded } = options
  const known = new Map(prepared.map((migration) => [migration.version, migration]))
  let newest = ""
  for (const [version, statements] of recorded) {
    const migration = known.get(version)
    if (migration === undefined) {
      throw new LocalSupabaseError({
        code: "migration_unknown",
        message: `The database has migration ${version}, which ${folder.directory} does not hold.`,
        hint: "It was made by a newer or another version of this project: use that one, or another directory.",
      })
    }
    if (
      statements !== null &&
      JSON.stringify(JSON.parse(statements)) !== JSON.stringify(migration.statements)
    ) {
      throw new LocalSupabaseError({
        code: "migration_changed",
        message: `${migration.fileName} was applied to this database and has been changed since.`,
        hint: "Put the file back as it was and write the change as a new migration.",
      })
    }
    newest = version
  }
  const next = prepared.find(({ version }) => !recorded.has(version))
  if (next !== undefined && recorded.size > 0 && next.version < newest) {
    throw new LocalSupabaseError({
      code: "migration_out_of_order",
      message: `${next.fileName} is older than ${newest}, which the database already has.`,
      hint: "Give it a newer timestamp.",
    })
  }
  return next
}

async function runMigration(options: { run: RunSql; migration: PreparedMigration }): Promise<void> {
  const { run, migration } = options
  // A migration may leave settings behind; hosted databases start each one with these.
  await run(`reset all; set local search_path to "$user", public, extensions`)
  for (const [index, statement] of migration.statements.entries()) {
    try {
      await run(statement)
    } catch (cause) {
      throw statementFailed({ migration, index, cause })
    }
  }
  await run(
    `insert into supabase_migrations.schema_migrations (version, name, statements)
     values ($1, $2, array(
       select statement from pg_catalog.jsonb_array_elements_text($3::text::jsonb)
         with ordinality as list (statement, place) order by place))`,
    [migration.version, migration.name, JSON.stringify(migration.statements)],
  )
}

function statementFailed(options: {
  migration: PreparedMigration
  index: number
  cause: unknown
}): LocalSupabaseError {
  const { migration, index, cause } = options
  const statement = migration.statements[index] ?? ""
  const start = statement
    .replace(/^(\s*--[^\n]*\n)+/, "")
    .slice(0, 80)
    .replace(/\s+/g, " ")
  const reason = cause instanceof Error ? cause.message : String(cause)
  const hint = cause instanceof Error && "hint" in cause ? cause.hint : undefined
  return new LocalSupabaseError({
    code: "migration_failed",
    message: `${migration.fileName}, statement ${index + 1} (${start}): ${reason}`,
    hint:
      typeof hint === "string"
        ? hint
        : "Nothing of this migration was kept: correct it and start again.",
    cause,
  })
}
