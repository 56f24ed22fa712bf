import { getAuthSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from "@supabase/lite"
import { applyMigrations } from "./apply-migrations.ts"
import type { Database, RunSql } from "./database.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import type { MigrationFolder } from "./read-migrations.ts"

export type PrepareDatabaseSettings = {
  database: Database
  folder: MigrationFolder
  log?: ((message: string) => void) | undefined
}

/**
 * Gives a database what hosted Supabase has before the first migration (roles, schemas `auth`, `extensions`,
 * `supabase_migrations`, the tables of the auth server), then applies the migrations. Safe to repeat.
 * Raises `database_refused` and what `applyMigrations` raises.
 */
export async function prepareDatabase({
  database,
  folder,
  log,
}: PrepareDatabaseSettings): Promise<void> {
  try {
    await database.transaction(prepareSchemas)
  } catch (cause) {
    if (cause instanceof LocalSupabaseError) throw cause
    throw new LocalSupabaseError({
      code: "database_refused",
      message: `The database can not be prepared: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Use a role that may create roles, schemas and extensions; on a plain Postgres, a superuser.",
      cause,
    })
  }
  await applyMigrations({ database, folder, log })
}

async function prepareSchemas(run: RunSql): Promise<void> {
  await run("select pg_catalog.pg_advisory_xact_lock(7203718452211)")
  const [hosted] = await run(
    "select 1 where pg_catalog.to_regclass('auth.schema_migrations') is not null",
  )
  if (hosted !== undefined) {
    throw new LocalSupabaseError({
      code: "database_refused",
      message: "This database has a real Supabase auth server, which must not be replaced.",
      hint: "Apply the migrations with: supabase db push",
    })
  }
  const [auth] = await run("select 1 where pg_catalog.to_regnamespace('auth') is not null")
  await run(ROLES_SQL)
  await run(getAuthSchemaSql())
  await run(SUPABASE_AUTH_HELPERS_SQL)
  await run(HOSTED_SQL)
  const [migration] = await run("select 1 from supabase_migrations.schema_migrations limit 1")
  // Once a migration ran, these are its own business: it may have taken them back.
  if (auth === undefined || migration === undefined) await run(FIRST_GRANTS_SQL)
}

/** Roles are shared by all databases of a cluster, so another preparation may create one at the same moment. */
const ROLES_SQL = `
do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
      begin
        execute pg_catalog.format(
          'create role %I nologin %s', wanted, case wanted when 'service_role' then 'bypassrls' else '' end);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
      execute pg_catalog.format('grant %I to current_user', wanted);
    end if;
  end loop;
end;
$$;
`

/**
 * What lite leaves out of a hosted project: the claims helpers read the combined claims too (lite's `auth.email()`
 * is always null), the roles may call them, and the other schemas exist before the first migration.
 */
const HOSTED_SQL = `
create schema if not exists extensions;
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key,
  statements text[],
  name text
);

create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;
create or replace function auth.email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;
`

const FIRST_GRANTS_SQL = `
grant usage on schema public, extensions, auth to anon, authenticated, service_role;
`
