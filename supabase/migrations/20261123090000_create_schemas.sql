-- Hosted Supabase has the schema already; a plain Postgres prepared for it may not.
create schema if not exists extensions;
-- The project's owner may have enabled it in the dashboard; the check below covers where and which.
create extension if not exists vector with schema extensions;

do $$
declare
  installed_schema name;
  installed_version text;
begin
  select n.nspname, e.extversion into installed_schema, installed_version
  from pg_catalog.pg_extension as e
  join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
  where e.extname = 'vector';
  if installed_schema <> 'extensions' then
    raise exception 'pgvector is installed in schema "%", expected "extensions"', installed_schema
      using errcode = '0A000', hint = 'Run: alter extension vector set schema extensions;';
  end if;
  if pg_catalog.string_to_array(installed_version, '.')::int[] < array[0, 8, 0] then
    raise exception 'pgvector % is installed, 0.8.0 or newer is needed', installed_version
      using errcode = '0A000', hint = 'Run: alter extension vector update; or upgrade the database.';
  end if;
end;
$$;

grant usage on schema extensions to anon, authenticated, service_role;

create schema private;
comment on schema private is 'Helpers of the policies and functions; never exposed over the API.';
grant usage on schema private to authenticated, service_role;

create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := pg_catalog.now();
  return new;
end;
$$;
revoke execute on function private.set_updated_at() from public;
