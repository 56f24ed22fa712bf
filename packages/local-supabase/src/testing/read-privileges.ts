import type { RunSql } from "../database.ts"

/**
 * Every access list of a database as `kind name grants`: schemas, tables, views, sequences, columns, functions,
 * types, default privileges, the database, and who is a member of which role.
 */
export async function readPrivileges(run: RunSql): Promise<string[]> {
  await run("set local search_path to ''")
  const rows = await run(`
    with privileges as (
      select 'schema' as kind, nspname::text as name, nspacl::text as grants from pg_namespace
      union all
      select 'relation ' || relkind::text, oid::regclass::text, relacl::text from pg_class
      union all
      select 'column', attrelid::regclass::text || '.' || attname, attacl::text from pg_attribute where attacl is not null
      union all
      select 'function', oid::regprocedure::text, proacl::text from pg_proc
      union all
      select 'type', oid::regtype::text, typacl::text from pg_type
      union all
      select 'default ' || defaclobjtype::text, coalesce(nullif(defaclnamespace, 0)::regnamespace::text, '*'), defaclacl::text
      from pg_default_acl
      union all
      select 'database', 'current', datacl::text from pg_database where datname = current_database()
      union all
      select 'member', member::regrole::text, roleid::regrole::text from pg_auth_members
    )
    select kind || ' ' || name || ' ' || coalesce(grants, 'defaults') as line from privileges
    where name !~ '^pg_(temp|toast)' and name !~ '^pg_toast\\.'
    order by 1`)
  return rows.map(({ line }) => String(line))
}
