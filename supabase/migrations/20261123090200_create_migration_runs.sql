create table public.migration_runs (
  id uuid primary key,
  status text not null default 'running' check (status in (
    'running', 'verified', 'verified_with_rejects', 'verified_with_conflicts', 'differences', 'failed'
  )),
  source_identity text not null,
  source_kind text not null,
  source_location text not null,
  source_timezone text not null,
  options jsonb not null default '{}',
  report jsonb,
  started_at timestamptz not null default pg_catalog.now(),
  finished_at timestamptz
);
comment on table public.migration_runs is
  'One run of the migration command. It may span workspaces, so only the service role reads it.';
comment on column public.migration_runs.source_identity is
  'Hash of what the source is (its collections), not where it lies.';

create index migration_runs_source_index
  on public.migration_runs (source_identity, started_at);

alter table public.migration_runs enable row level security;

revoke all on public.migration_runs from anon, authenticated, service_role;
grant select, insert, update on public.migration_runs to service_role;

create function public.start_migration_run(run text)
returns text
language sql
set search_path = ''
as $$
  insert into public.migration_runs (
    id, source_identity, source_kind, source_location, source_timezone, options
  )
  select r.id, r.source_identity, r.source_kind, r.source_location, r.source_timezone, r.options
  from pg_catalog.jsonb_populate_record(null::public.migration_runs, run::jsonb) as r
  on conflict (id) do nothing;
  select run::jsonb ->> 'id'
$$;
comment on function public.start_migration_run(text) is
  'Records a run, given as JSON text, and returns its id; a second call with the same id changes nothing.';
revoke execute on function public.start_migration_run(text) from public, anon, authenticated;
grant execute on function public.start_migration_run(text) to service_role;

create function public.finish_migration_run(run_id uuid, status text, report text)
returns text
language plpgsql
set search_path = ''
as $$
begin
  update public.migration_runs as r
  set
    status = finish_migration_run.status,
    report = finish_migration_run.report::jsonb,
    finished_at = pg_catalog.now()
  where r.id = run_id;
  if not found then
    raise exception 'There is no migration run %', run_id
      using errcode = '55000', hint = 'Start the run before finishing it.';
  end if;
  return run_id;
end;
$$;
comment on function public.finish_migration_run(uuid, text, text) is
  'Closes a run with its status and its report, given as JSON text, and returns its id.';
revoke execute on function public.finish_migration_run(uuid, text, text)
  from public, anon, authenticated;
grant execute on function public.finish_migration_run(uuid, text, text) to service_role;

create function public.find_latest_migration_run(source_identity text)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select pg_catalog.jsonb_build_object(
        'id', r.id, 'status', r.status, 'source_timezone', r.source_timezone
      )::text
      from public.migration_runs as r
      where r.source_identity = find_latest_migration_run.source_identity
      order by r.started_at desc, r.id
      limit 1
    ),
    'null'
  )
$$;
comment on function public.find_latest_migration_run(text) is
  'The newest run of a source as JSON text, null when there was none.';
revoke execute on function public.find_latest_migration_run(text) from public, anon, authenticated;
grant execute on function public.find_latest_migration_run(text) to service_role;
