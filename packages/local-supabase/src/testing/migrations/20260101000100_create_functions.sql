create type public.mood as enum ('calm', 'busy');

create function public.who_am_i() returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'role', current_user, 'uid', (select auth.uid()), 'email', (select auth.email()), 'jwt_role', (select auth.role()))
$$;

create function public.refuse(reason text) returns void language plpgsql set search_path = '' as $$
begin
  raise exception 'refused: %', reason using detail = 'because', hint = 'ask again';
end;
$$;

create function public.odd_values() returns table (moods public.mood[], ratio float8, day timestamptz)
language sql stable set search_path = '' as $$
  select array['calm', 'busy']::public.mood[], 'NaN'::float8, '2026-11-23 17:10:41.89+00'::timestamptz
$$;
revoke execute on function public.odd_values() from public;
grant execute on function public.odd_values() to service_role;

create function public.kind_of(value jsonb) returns text language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(value)
$$;

create schema private;
create table private.secrets (name text primary key);
alter table private.secrets enable row level security;
