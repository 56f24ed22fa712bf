import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/** Where the generated file lies. */
export const schemaSqlPath = join(import.meta.dirname, "../supabase/schema.sql")

const migrationsDirectory = join(import.meta.dirname, "../supabase/migrations")

/** The whole schema as one script for the SQL editor: every migration in order, recorded as the Supabase CLI records it. */
export async function generateSchemaSql(): Promise<string> {
  const fileNames = (await readdir(migrationsDirectory)).filter((name) => name.endsWith(".sql"))
  const parts = [prologue]
  for (const fileName of fileNames.toSorted()) {
    const sql = await readFile(join(migrationsDirectory, fileName), "utf8")
    parts.push(`-- ${fileName}\n\n${sql.trim()}\n`, recordOf(fileName))
  }
  return [...parts, "commit;\n"].join("\n")
}

const prologue = `-- Generated from supabase/migrations by \`pnpm db:schema\`; change those instead.
-- For a new project: paste it into the SQL editor and run it once. It applies completely or not at all,
-- and leaves the same record as \`supabase db push\`.

begin;

create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key,
  statements text[],
  name text
);
`

function recordOf(fileName: string): string {
  const [, version, name] = /^(\d+)_(\w+)\.sql$/.exec(fileName) ?? []
  if (version === undefined || name === undefined) {
    throw new Error(
      `supabase/migrations/${fileName}: expected a name like 20260131120000_create_workspaces.sql`,
    )
  }
  return `insert into supabase_migrations.schema_migrations (version, name) values ('${version}', '${name}');\n`
}
