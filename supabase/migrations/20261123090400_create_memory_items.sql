create table public.memory_items (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null,
  source_id text,
  trace_id uuid,
  ordinal integer not null default 0 check (ordinal >= 0),
  title text not null,
  description text,
  content text not null,
  content_embedding extensions.vector(384),
  embedding_status text not null
    check (embedding_status in ('present', 'missing', 'other_dimension', 'not_finite')),
  embedding_model text,
  source_embedding bytea,
  error_context jsonb,
  pattern_tags text[],
  difficulty_level text,
  domain_category text,
  evolution_stage integer not null default 0 check (evolution_stage >= 0),
  created_at timestamptz,
  source_created_at text,
  extras jsonb not null default '{}',
  notes jsonb not null default '[]',
  migration_run_id uuid,
  migrated_digest bytea check (pg_catalog.octet_length(migrated_digest) = 32),
  inserted_at timestamptz not null default pg_catalog.now(),
  updated_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, trace_id)
    references public.reasoning_traces (workspace_id, id) on delete cascade,
  constraint memory_items_embedding_matches_status
    check ((embedding_status = 'present') = (content_embedding is not null)),
  constraint memory_items_source_embedding_is_float32
    check (pg_catalog.octet_length(source_embedding) % 4 = 0),
  constraint memory_items_extras_are_an_object
    check (pg_catalog.jsonb_typeof(extras) = 'object'),
  constraint memory_items_notes_are_a_list check (pg_catalog.jsonb_typeof(notes) = 'array'),
  constraint memory_items_created_at_has_a_four_digit_year
    check (created_at >= '0001-01-01 00:00:00+00' and created_at < '10000-01-01 00:00:00+00'),
  constraint memory_items_pattern_tags_are_texts
    check (pg_catalog.array_position(pattern_tags, null) is null)
);
comment on table public.memory_items is 'One lesson distilled from a trace.';
comment on column public.memory_items.source_id is 'The id in the source, when it was not this UUID.';
comment on column public.memory_items.trace_id is 'The trace it was distilled from; null when the source names none.';
comment on column public.memory_items.ordinal is 'Position within its trace, from 0.';
comment on column public.memory_items.source_embedding is
  'Little-endian float32 of a source vector that the searchable column can not hold.';
comment on column public.memory_items.pattern_tags is 'Null when the source says nothing, empty when it says none.';
comment on column public.memory_items.difficulty_level is
  'simple, moderate, complex or expert; other words of a source are kept and noted.';
comment on column public.memory_items.source_created_at is 'The timestamp as the source wrote it on the item.';
comment on column public.memory_items.extras is 'Keys of the source that have no column.';
comment on column public.memory_items.notes is 'Where a value is unusual or had to be made storable, and what it was.';
comment on column public.memory_items.migration_run_id is
  'The run that wrote it last. No foreign key: the write function checks it once a batch.';
comment on column public.memory_items.migrated_digest is
  'SHA-256 of the content as migrated; a row that no longer matches it was edited here.';

-- Inline vectors: an exact scan reads no TOAST table.
alter table public.memory_items alter column content_embedding set storage plain;

create index memory_items_trace_index on public.memory_items (workspace_id, trace_id);
create index memory_items_created_at_index on public.memory_items (workspace_id, created_at);
create index memory_items_migration_run_index on public.memory_items (migration_run_id);

create trigger memory_items_set_updated_at
  before update on public.memory_items
  for each row execute function private.set_updated_at();

alter table public.memory_items enable row level security;

create policy "Members read their workspaces' memory items"
  on public.memory_items for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.memory_items from anon, authenticated, service_role;
grant select on public.memory_items to authenticated;
grant select, insert, update, delete on public.memory_items to service_role;
