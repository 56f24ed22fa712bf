create table public.migration_verifications (
  id uuid primary key,
  source_identity text not null,
  binding text not null,
  status text not null default 'running' check (status in (
    'running', 'superseded', 'verified', 'verified_with_rejects', 'verified_with_conflicts', 'verified_with_edits',
    'differences'
  )),
  checkpoint text,
  report jsonb,
  started_at timestamptz not null default pg_catalog.now(),
  updated_at timestamptz not null default pg_catalog.now(),
  finished_at timestamptz
);
comment on table public.migration_verifications is
  'One comparison of a source with what this database holds of it. It may span workspaces, so only the service role reads it.';
comment on column public.migration_verifications.binding is
  'SHA-256 of what decides the answer: options, schema, program. Only the same one goes on from a checkpoint.';
comment on column public.migration_verifications.checkpoint is
  'Where an interrupted one goes on: counts, partial digests and what was found, as JSON text; null once it is finished.';

create index migration_verifications_source_index
  on public.migration_verifications (source_identity, started_at);

alter table public.migration_verifications enable row level security;

revoke all on public.migration_verifications from anon, authenticated, service_role;
grant select, insert, update on public.migration_verifications to service_role;

create function public.start_migration_verification(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  unfinished public.migration_verifications;
begin
  if (wanted ->> 'restart')::pg_catalog.bool is not true then
    select v.* into unfinished
    from public.migration_verifications as v
    where v.source_identity = wanted ->> 'source_identity'
      and v.binding = wanted ->> 'binding'
      and v.status = 'running'
    order by v.started_at desc, v.id
    limit 1;
  end if;
  update public.migration_verifications as v
  set status = 'superseded', checkpoint = null
  where v.source_identity = wanted ->> 'source_identity'
    and v.status = 'running'
    and v.id is distinct from unfinished.id;
  if unfinished.id is null then
    insert into public.migration_verifications (id, source_identity, binding)
    values (
      (wanted ->> 'id')::pg_catalog.uuid, wanted ->> 'source_identity', wanted ->> 'binding'
    )
    on conflict (id) do nothing;
  end if;
  return pg_catalog.json_build_object(
    'id', coalesce(unfinished.id, (wanted ->> 'id')::pg_catalog.uuid), 'checkpoint', unfinished.checkpoint
  )::pg_catalog.text;
end;
$$;
comment on function public.start_migration_verification(text) is
  'Takes {"id", "source_identity", "binding", "restart"}; returns {"id", "checkpoint"} of the unfinished verification with the '
  'same binding, else of a new one. Others of this source that never finished are superseded.';
revoke execute on function public.start_migration_verification(text) from public, anon, authenticated;
grant execute on function public.start_migration_verification(text) to service_role;

create function public.save_migration_verification(request text)
returns text
language plpgsql
set search_path = ''
as $$
begin
  update public.migration_verifications as v
  set checkpoint = request::pg_catalog.json ->> 'checkpoint', updated_at = pg_catalog.now()
  where v.id = (request::pg_catalog.json ->> 'id')::pg_catalog.uuid and v.status = 'running';
  if not found then
    raise exception 'The verification % is not running', request::pg_catalog.json ->> 'id'
      using errcode = '55000', hint = 'Another one of the same source took its place: wait for that, or run again.';
  end if;
  return 'saved';
end;
$$;
comment on function public.save_migration_verification(text) is
  'Takes {"id", "checkpoint"} and keeps the checkpoint. Raises 55000 when the verification is not running any more.';
revoke execute on function public.save_migration_verification(text) from public, anon, authenticated;
grant execute on function public.save_migration_verification(text) to service_role;

create function public.finish_migration_verification(request text)
returns text
language plpgsql
set search_path = ''
as $$
begin
  update public.migration_verifications as v
  set
    status = request::pg_catalog.json ->> 'status',
    report = (request::pg_catalog.json ->> 'report')::pg_catalog.jsonb,
    checkpoint = null,
    updated_at = pg_catalog.now(),
    finished_at = pg_catalog.now()
  where v.id = (request::pg_catalog.json ->> 'id')::pg_catalog.uuid and v.status = 'running';
  if not found then
    raise exception 'The verification % is not running', request::pg_catalog.json ->> 'id'
      using errcode = '55000', hint = 'Another one of the same source took its place: wait for that, or run again.';
  end if;
  return 'finished';
end;
$$;
comment on function public.finish_migration_verification(text) is
  'Takes {"id", "status", "report"}, the report as JSON text, and closes the verification. Raises 55000 as above.';
revoke execute on function public.finish_migration_verification(text) from public, anon, authenticated;
grant execute on function public.finish_migration_verification(text) to service_role;
