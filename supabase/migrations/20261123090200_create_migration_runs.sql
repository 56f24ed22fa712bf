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
