create table public.reasoning_traces (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null,
  source_id text,
  task text not null,
  task_embedding extensions.vector(384),
  embedding_status text not null
    check (embedding_status in ('present', 'missing', 'other_dimension', 'not_finite')),
  embedding_model text,
  source_embedding bytea,
  trajectory jsonb,
  outcome text,
  metadata jsonb not null default '{}',
  created_at timestamptz,
  source_created_at text,
  extras jsonb not null default '{}',
  notes jsonb not null default '[]',
  migration_run_id uuid,
  migrated_digest bytea check (pg_catalog.octet_length(migrated_digest) = 32),
  inserted_at timestamptz not null default pg_catalog.now(),
  updated_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, id),
  constraint reasoning_traces_embedding_matches_status
    check ((embedding_status = 'present') = (task_embedding is not null)),
  constraint reasoning_traces_source_embedding_is_float32
    check (pg_catalog.octet_length(source_embedding) % 4 = 0),
  constraint reasoning_traces_metadata_and_extras_are_objects
    check (pg_catalog.jsonb_typeof(extras) = 'object' and pg_catalog.jsonb_typeof(metadata) = 'object'),
  constraint reasoning_traces_notes_are_a_list check (pg_catalog.jsonb_typeof(notes) = 'array'),
  constraint reasoning_traces_created_at_has_a_four_digit_year
    check (created_at >= '0001-01-01 00:00:00+00' and created_at < '10000-01-01 00:00:00+00')
);
comment on table public.reasoning_traces is 'One attempt at a task: what was asked, what was done, how it ended.';
comment on column public.reasoning_traces.source_id is 'The id in the source, when it was not this UUID.';
comment on column public.reasoning_traces.source_embedding is
  'Little-endian float32 of a source vector that the searchable column can not hold.';
comment on column public.reasoning_traces.trajectory is 'Steps as the source kept them; null when it kept none.';
comment on column public.reasoning_traces.outcome is
  'success, failure or partial; other words of a source are kept and noted.';
comment on column public.reasoning_traces.source_created_at is 'The timestamp as the source wrote it.';
comment on column public.reasoning_traces.extras is 'Keys of the source that have no column.';
comment on column public.reasoning_traces.notes is 'Where a value is unusual or had to be made storable, and what it was.';
comment on column public.reasoning_traces.migration_run_id is
  'The run that wrote it last. No foreign key: the write function checks it once a batch.';
comment on column public.reasoning_traces.migrated_digest is
  'SHA-256 of the content as migrated; a row that no longer matches it was edited here.';

-- Inline vectors: an exact scan reads no TOAST table.
alter table public.reasoning_traces alter column task_embedding set storage plain;

create index reasoning_traces_created_at_index on public.reasoning_traces (workspace_id, created_at);
create index reasoning_traces_migration_run_index on public.reasoning_traces (migration_run_id);

create trigger reasoning_traces_set_updated_at
  before update on public.reasoning_traces
  for each row execute function private.set_updated_at();

alter table public.reasoning_traces enable row level security;

create policy "Members read their workspaces' traces"
  on public.reasoning_traces for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.reasoning_traces from anon, authenticated, service_role;
grant select on public.reasoning_traces to authenticated;
grant select, insert, update, delete on public.reasoning_traces to service_role;
