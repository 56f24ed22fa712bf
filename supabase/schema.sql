-- Generated from supabase/migrations by `pnpm db:schema`; change those instead.
-- For a new project: paste it into the SQL editor and run it once. It applies completely or not at all,
-- and leaves the same record as `supabase db push`.

begin;

create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key,
  statements text[],
  name text
);

-- 20261123090000_create_schemas.sql

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

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090000', 'create_schemas');

-- 20261123090100_create_workspaces.sql

create table public.workspaces (
  -- Every key begins with it, and a B-tree entry ends at some 2,700 bytes.
  id text primary key check (id <> '' and pg_catalog.octet_length(id) <= 2048),
  name text not null check (name <> ''),
  created_at timestamptz not null default pg_catalog.now()
);
comment on table public.workspaces is 'One project whose memories are kept apart from all others.';
comment on column public.workspaces.id is
  'As the source has it: usually the first 16 hex digits of the SHA-256 of the project path.';

create table public.workspace_members (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, user_id)
);
comment on table public.workspace_members is 'One user''s place in one workspace.';

create index workspace_members_user_index on public.workspace_members (user_id, workspace_id);

create function private.my_workspaces()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(pg_catalog.array_agg(m.workspace_id), '{}')
  from public.workspace_members as m
  where m.user_id = (select auth.uid())
$$;
comment on function private.my_workspaces() is
  'Workspaces the caller belongs to. Security definer: the policies of workspace_members call it, '
  'and reading that table under its own policies would recurse.';
revoke execute on function private.my_workspaces() from public;
grant execute on function private.my_workspaces() to authenticated;

alter table public.workspaces enable row level security;
alter table public.workspace_members enable row level security;

create policy "Members read their workspaces"
  on public.workspaces for select to authenticated
  using (id = any ((select private.my_workspaces())::text[]));

create policy "Members read who else is in their workspaces"
  on public.workspace_members for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.workspaces, public.workspace_members from anon, authenticated, service_role;
grant select on public.workspaces, public.workspace_members to authenticated;
grant select, insert, update, delete on public.workspaces, public.workspace_members to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090100', 'create_workspaces');

-- 20261123090200_create_migration_runs.sql

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

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090200', 'create_migration_runs');

-- 20261123090300_create_reasoning_traces.sql

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

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090300', 'create_reasoning_traces');

-- 20261123090400_create_memory_items.sql

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

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090400', 'create_memory_items');

-- 20261123090500_create_lineage_links.sql

create table public.lineage_links (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  child_kind text not null check (child_kind in ('trace', 'memory_item')),
  child_id uuid not null,
  relation text not null check (relation in ('parent', 'derived_from', 'related')),
  ordinal integer not null check (ordinal >= 0),
  target_kind text not null check (target_kind in ('trace', 'memory_item')),
  target_id uuid not null,
  source_reference text,
  primary key (workspace_id, child_kind, child_id, relation, ordinal)
);
comment on table public.lineage_links is
  'One edge from a trace or memory item to where it came from. The far end may be missing or lie in '
  'another workspace; the near end''s workspace guards the row.';
comment on column public.lineage_links.source_reference is
  'The reference as the source wrote it, when that is not the UUID itself.';

create index lineage_links_target_index
  on public.lineage_links (workspace_id, target_kind, target_id);

alter table public.lineage_links enable row level security;

create policy "Members read their workspaces' lineage"
  on public.lineage_links for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.lineage_links from anon, authenticated, service_role;
grant select on public.lineage_links to authenticated;
grant select, insert, update, delete on public.lineage_links to service_role;

-- Links have no foreign key to rows of two kinds, so they leave with the row they start from.
create function private.delete_lineage_links()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.lineage_links as l
  using removed as r
  where l.workspace_id = r.workspace_id
    and l.child_kind = tg_argv[0]
    and l.child_id = r.id;
  return null;
end;
$$;
comment on function private.delete_lineage_links() is
  'Security definer: whoever may delete a row removes its links with it.';
revoke execute on function private.delete_lineage_links() from public;

create trigger reasoning_traces_delete_links
  after delete on public.reasoning_traces
  referencing old table as removed
  for each statement execute function private.delete_lineage_links('trace');

create trigger memory_items_delete_links
  after delete on public.memory_items
  referencing old table as removed
  for each statement execute function private.delete_lineage_links('memory_item');

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090500', 'create_lineage_links');

-- 20261123090600_create_migration_write_functions.sql

-- The write path of a migration. Rows are staged in temporary tables (by COPY over a direct connection,
-- by write_migration_batch over the API) and merged by the same functions either way.

create function private.create_migration_staging()
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Rows pass through once: nothing is gained by compressing them on the way.
  create temporary table staged_reasoning_traces
    (like public.reasoning_traces including defaults including storage)
    with (toast_tuple_target = 8160) on commit drop;
  alter table pg_temp.staged_reasoning_traces
    add column links jsonb not null default '[]',
    add column expected_version text;

  create temporary table staged_memory_items
    (like public.memory_items including defaults including storage)
    with (toast_tuple_target = 8160) on commit drop;
  alter table pg_temp.staged_memory_items
    add column links jsonb not null default '[]',
    add column expected_version text;
end;
$$;
comment on function private.create_migration_staging() is
  'Temporary tables for one batch, gone with the transaction. expected_version is the xmin a row must '
  'still have to be updated; null means that it must not exist yet.';
revoke execute on function private.create_migration_staging() from public;
grant execute on function private.create_migration_staging() to service_role;

create function private.merge_staged_reasoning_traces(run_id uuid)
returns jsonb
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set work_mem = '64MB'
as $$
declare
  updated_count bigint := 0;
  inserted_count bigint;
  left_alone jsonb;
begin
  if exists (select from pg_temp.staged_reasoning_traces as s where s.expected_version is not null) then
    -- In one order everywhere, so that two migrations wait for each other and do not deadlock.
    perform 1
    from pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    delete from public.lineage_links as l
    using pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::text = s.expected_version
      and (l.workspace_id, l.child_kind, l.child_id) = (s.workspace_id, 'trace', s.id);

    update public.reasoning_traces as t
    set
      source_id = s.source_id,
      task = s.task,
      task_embedding = s.task_embedding,
      embedding_status = s.embedding_status,
      embedding_model = s.embedding_model,
      source_embedding = s.source_embedding,
      trajectory = s.trajectory,
      outcome = s.outcome,
      metadata = s.metadata,
      created_at = s.created_at,
      source_created_at = s.source_created_at,
      extras = s.extras,
      notes = s.notes,
      migrated_digest = s.migrated_digest,
      migration_run_id = run_id
    from pg_temp.staged_reasoning_traces as s
    where (t.workspace_id, t.id) = (s.workspace_id, s.id)
      and t.xmin::text = s.expected_version;
    get diagnostics updated_count = row_count;
  end if;

  insert into public.reasoning_traces (
    workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model,
    source_embedding, trajectory, outcome, metadata, created_at, source_created_at, extras,
    notes, migrated_digest, migration_run_id
  )
  select
    s.workspace_id, s.id, s.source_id, s.task, s.task_embedding, s.embedding_status,
    s.embedding_model, s.source_embedding, s.trajectory, s.outcome, s.metadata, s.created_at,
    s.source_created_at, s.extras, s.notes, s.migrated_digest, run_id
  from pg_temp.staged_reasoning_traces as s
  where s.expected_version is null
  order by s.workspace_id, s.id
  on conflict (workspace_id, id) do nothing;
  get diagnostics inserted_count = row_count;

  -- A row that this run wrote before, with the same content, is a batch sent twice.
  if updated_count + inserted_count < (select pg_catalog.count(*) from pg_temp.staged_reasoning_traces) then
    with unwritten as (
      delete from pg_temp.staged_reasoning_traces as s
      where not exists (
        select from public.reasoning_traces as t
        where (t.workspace_id, t.id) = (s.workspace_id, s.id)
          and t.migration_run_id = run_id
          and t.migrated_digest = s.migrated_digest
      )
      returning s.workspace_id, s.id
    )
    select pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object('kind', 'trace', 'workspace_id', u.workspace_id, 'id', u.id)
    )
    into left_alone
    from unwritten as u;
  end if;

  insert into public.lineage_links (
    workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id,
    source_reference
  )
  select
    s.workspace_id, 'trace', s.id, l.relation, l.ordinal, l.target_kind, l.target_id,
    l.source_reference
  from pg_temp.staged_reasoning_traces as s
  cross join lateral pg_catalog.jsonb_to_recordset(s.links) as l (
    relation text, ordinal integer, target_kind text, target_id uuid, source_reference text
  )
  where s.links <> '[]'
  on conflict (workspace_id, child_kind, child_id, relation, ordinal) do nothing;

  return coalesce(left_alone, '[]');
end;
$$;
comment on function private.merge_staged_reasoning_traces(uuid) is
  'Moves the staged rows into reasoning_traces: new ones are inserted, known ones updated when they are still at the '
  'version the caller saw. Returns [{"kind", "workspace_id", "id"}, ...] of those left alone. Joins look rows up by '
  'their key: nobody has analyzed the staging table, and a scan of the whole table for each batch would do.';
revoke execute on function private.merge_staged_reasoning_traces(uuid) from public;
grant execute on function private.merge_staged_reasoning_traces(uuid) to service_role;

create function private.merge_staged_memory_items(run_id uuid)
returns jsonb
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set work_mem = '64MB'
as $$
declare
  updated_count bigint := 0;
  inserted_count bigint;
  left_alone jsonb;
begin
  if exists (select from pg_temp.staged_memory_items as s where s.expected_version is not null) then
    -- In one order everywhere, so that two migrations wait for each other and do not deadlock.
    perform 1
    from pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    delete from public.lineage_links as l
    using pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::text = s.expected_version
      and (l.workspace_id, l.child_kind, l.child_id) = (s.workspace_id, 'memory_item', s.id);

    update public.memory_items as t
    set
      source_id = s.source_id,
      trace_id = s.trace_id,
      ordinal = s.ordinal,
      title = s.title,
      description = s.description,
      content = s.content,
      content_embedding = s.content_embedding,
      embedding_status = s.embedding_status,
      embedding_model = s.embedding_model,
      source_embedding = s.source_embedding,
      error_context = s.error_context,
      pattern_tags = s.pattern_tags,
      difficulty_level = s.difficulty_level,
      domain_category = s.domain_category,
      evolution_stage = s.evolution_stage,
      created_at = s.created_at,
      source_created_at = s.source_created_at,
      extras = s.extras,
      notes = s.notes,
      migrated_digest = s.migrated_digest,
      migration_run_id = run_id
    from pg_temp.staged_memory_items as s
    where (t.workspace_id, t.id) = (s.workspace_id, s.id)
      and t.xmin::text = s.expected_version;
    get diagnostics updated_count = row_count;
  end if;

  insert into public.memory_items (
    workspace_id, id, source_id, trace_id, ordinal, title, description, content,
    content_embedding, embedding_status, embedding_model, source_embedding, error_context,
    pattern_tags, difficulty_level, domain_category, evolution_stage, created_at,
    source_created_at, extras, notes, migrated_digest, migration_run_id
  )
  select
    s.workspace_id, s.id, s.source_id, s.trace_id, s.ordinal, s.title, s.description, s.content,
    s.content_embedding, s.embedding_status, s.embedding_model, s.source_embedding,
    s.error_context, s.pattern_tags, s.difficulty_level, s.domain_category, s.evolution_stage,
    s.created_at, s.source_created_at, s.extras, s.notes, s.migrated_digest, run_id
  from pg_temp.staged_memory_items as s
  where s.expected_version is null
  order by s.workspace_id, s.id
  on conflict (workspace_id, id) do nothing;
  get diagnostics inserted_count = row_count;

  -- A row that this run wrote before, with the same content, is a batch sent twice.
  if updated_count + inserted_count < (select pg_catalog.count(*) from pg_temp.staged_memory_items) then
    with unwritten as (
      delete from pg_temp.staged_memory_items as s
      where not exists (
        select from public.memory_items as t
        where (t.workspace_id, t.id) = (s.workspace_id, s.id)
          and t.migration_run_id = run_id
          and t.migrated_digest = s.migrated_digest
      )
      returning s.workspace_id, s.id
    )
    select pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object('kind', 'memory_item', 'workspace_id', u.workspace_id, 'id', u.id)
    )
    into left_alone
    from unwritten as u;
  end if;

  insert into public.lineage_links (
    workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id,
    source_reference
  )
  select
    s.workspace_id, 'memory_item', s.id, l.relation, l.ordinal, l.target_kind, l.target_id,
    l.source_reference
  from pg_temp.staged_memory_items as s
  cross join lateral pg_catalog.jsonb_to_recordset(s.links) as l (
    relation text, ordinal integer, target_kind text, target_id uuid, source_reference text
  )
  where s.links <> '[]'
  on conflict (workspace_id, child_kind, child_id, relation, ordinal) do nothing;

  return coalesce(left_alone, '[]');
end;
$$;
comment on function private.merge_staged_memory_items(uuid) is
  'Moves the staged rows into memory_items: new ones are inserted, known ones updated when they are still at the '
  'version the caller saw. Returns [{"kind", "workspace_id", "id"}, ...] of those left alone. Joins look rows up by '
  'their key: nobody has analyzed the staging table, and a scan of the whole table for each batch would do.';
revoke execute on function private.merge_staged_memory_items(uuid) from public;
grant execute on function private.merge_staged_memory_items(uuid) to service_role;

create function private.merge_migration_staging(run_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from public.migration_runs as r where r.id = run_id) then
    raise exception 'There is no migration run %', run_id
      using errcode = '55000', hint = 'Start the run before writing its rows.';
  end if;

  -- The checks of foreign keys keep the plan they got when the tables were nearly empty, which reads a whole
  -- workspace for each row; planning them anew for each batch costs next to nothing.
  discard plans;

  insert into public.workspaces (id, name)
  select w.workspace_id, w.workspace_id
  from (
    select s.workspace_id from pg_temp.staged_reasoning_traces as s
    union
    select s.workspace_id from pg_temp.staged_memory_items as s
  ) as w
  order by w.workspace_id
  on conflict (id) do nothing;

  return (
    private.merge_staged_reasoning_traces(run_id) || private.merge_staged_memory_items(run_id)
  )::text;
end;
$$;
comment on function private.merge_migration_staging(uuid) is
  'Merges one staged batch. Returns JSON text: [{"kind", "workspace_id", "id"}, ...] of the rows that were left alone '
  'because they changed since the caller looked.';
revoke execute on function private.merge_migration_staging(uuid) from public;
grant execute on function private.merge_migration_staging(uuid) to service_role;

create function public.write_migration_batch(run_id uuid, batch text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant jsonb := batch::jsonb;
begin
  perform private.create_migration_staging();

  insert into pg_temp.staged_reasoning_traces (
    workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model,
    source_embedding, trajectory, outcome, metadata, created_at, source_created_at, extras,
    notes, migrated_digest, links, expected_version
  )
  select
    r.workspace_id, r.id, r.source_id, r.task, r.task_embedding, r.embedding_status,
    r.embedding_model, r.source_embedding, r.trajectory, r.outcome, r.metadata, r.created_at,
    r.source_created_at, r.extras, r.notes, r.migrated_digest, r.links, r.expected_version
  from pg_catalog.jsonb_populate_recordset(
    null::pg_temp.staged_reasoning_traces, content -> 'traces'
  ) as r;

  insert into pg_temp.staged_memory_items (
    workspace_id, id, source_id, trace_id, ordinal, title, description, content,
    content_embedding, embedding_status, embedding_model, source_embedding, error_context,
    pattern_tags, difficulty_level, domain_category, evolution_stage, created_at,
    source_created_at, extras, notes, migrated_digest, links, expected_version
  )
  select
    r.workspace_id, r.id, r.source_id, r.trace_id, r.ordinal, r.title, r.description,
    r.content, r.content_embedding, r.embedding_status, r.embedding_model, r.source_embedding,
    r.error_context, r.pattern_tags, r.difficulty_level, r.domain_category, r.evolution_stage,
    r.created_at, r.source_created_at, r.extras, r.notes, r.migrated_digest, r.links,
    r.expected_version
  from pg_catalog.jsonb_populate_recordset(
    null::pg_temp.staged_memory_items, content -> 'memory_items'
  ) as r;

  return private.merge_migration_staging(run_id);
end;
$$;
comment on function public.write_migration_batch(uuid, text) is
  'One batch of a migration over the API, in one transaction. The batch is JSON sent as text, so that '
  'its numbers keep all their digits on the way.';
revoke execute on function public.write_migration_batch(uuid, text) from public, anon, authenticated;
grant execute on function public.write_migration_batch(uuid, text) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090600', 'create_migration_write_functions');

-- 20261123090700_create_migration_read_functions.sql

-- The read path of a migration's verification: it shares nothing with the write path.

create function public.read_migrated_reasoning_traces(keys text)
returns text
language sql
stable
set search_path = ''
as $$
  select '[' || coalesce(pg_catalog.string_agg(
    pg_catalog.json_build_object(
      'workspace_id', t.workspace_id,
      'id', t.id,
      'source_id', t.source_id,
      'task', t.task,
      'task_embedding', t.task_embedding::text,
      'embedding_status', t.embedding_status,
      'embedding_model', t.embedding_model,
      'source_embedding', pg_catalog.encode(t.source_embedding, 'hex'),
      'trajectory', t.trajectory,
      'outcome', t.outcome,
      'metadata', t.metadata,
      'created_at', pg_catalog.to_char(
        t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
      ),
      'source_created_at', t.source_created_at,
      'extras', t.extras,
      'notes', t.notes,
      'migrated_digest', pg_catalog.encode(t.migrated_digest, 'hex'),
      'links', (
        select coalesce(
          pg_catalog.json_agg(
            pg_catalog.json_build_object(
              'relation', l.relation,
              'ordinal', l.ordinal,
              'target_kind', l.target_kind,
              'target_id', l.target_id,
              'source_reference', l.source_reference
            )
            order by l.relation, l.ordinal
          ),
          '[]'
        )
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'trace', t.id)
      ),
      'migration_run_id', t.migration_run_id,
      'version', t.xmin::text
    )::text,
    ','
  ), '') || ']'
  from pg_catalog.jsonb_to_recordset(keys::jsonb) as k (workspace_id text, id uuid)
  join public.reasoning_traces as t on (t.workspace_id, t.id) = (k.workspace_id, k.id)
$$;
comment on function public.read_migrated_reasoning_traces(text) is
  'Rows of reasoning_traces under the given keys ([{"workspace_id", "id"}, ...]) as a JSON array with every digit, in '
  'any order: what a verification compares with the source. One text, so that no row cap can cut it.';
revoke execute on function public.read_migrated_reasoning_traces(text) from public, anon, authenticated;
grant execute on function public.read_migrated_reasoning_traces(text) to service_role;

create function public.read_migrated_memory_items(keys text)
returns text
language sql
stable
set search_path = ''
as $$
  select '[' || coalesce(pg_catalog.string_agg(
    pg_catalog.json_build_object(
      'workspace_id', t.workspace_id,
      'id', t.id,
      'source_id', t.source_id,
      'trace_id', t.trace_id,
      'ordinal', t.ordinal,
      'title', t.title,
      'description', t.description,
      'content', t.content,
      'content_embedding', t.content_embedding::text,
      'embedding_status', t.embedding_status,
      'embedding_model', t.embedding_model,
      'source_embedding', pg_catalog.encode(t.source_embedding, 'hex'),
      'error_context', t.error_context,
      'pattern_tags', t.pattern_tags,
      'difficulty_level', t.difficulty_level,
      'domain_category', t.domain_category,
      'evolution_stage', t.evolution_stage,
      'created_at', pg_catalog.to_char(
        t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
      ),
      'source_created_at', t.source_created_at,
      'extras', t.extras,
      'notes', t.notes,
      'migrated_digest', pg_catalog.encode(t.migrated_digest, 'hex'),
      'links', (
        select coalesce(
          pg_catalog.json_agg(
            pg_catalog.json_build_object(
              'relation', l.relation,
              'ordinal', l.ordinal,
              'target_kind', l.target_kind,
              'target_id', l.target_id,
              'source_reference', l.source_reference
            )
            order by l.relation, l.ordinal
          ),
          '[]'
        )
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'memory_item', t.id)
      ),
      'migration_run_id', t.migration_run_id,
      'version', t.xmin::text
    )::text,
    ','
  ), '') || ']'
  from pg_catalog.jsonb_to_recordset(keys::jsonb) as k (workspace_id text, id uuid)
  join public.memory_items as t on (t.workspace_id, t.id) = (k.workspace_id, k.id)
$$;
comment on function public.read_migrated_memory_items(text) is
  'Rows of memory_items under the given keys ([{"workspace_id", "id"}, ...]) as a JSON array with every digit, in '
  'any order: what a verification compares with the source. One text, so that no row cap can cut it.';
revoke execute on function public.read_migrated_memory_items(text) from public, anon, authenticated;
grant execute on function public.read_migrated_memory_items(text) to service_role;

create function public.count_migrated_rows(run_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'workspace_id', c.workspace_id, 'traces', c.traces, 'memory_items', c.memory_items
      )
      order by c.workspace_id
    ),
    '[]'
  )::text
  from (
    select
      r.workspace_id,
      pg_catalog.count(*) filter (where r.kind = 'trace') as traces,
      pg_catalog.count(*) filter (where r.kind = 'memory_item') as memory_items
    from (
      select t.workspace_id, 'trace' as kind
      from public.reasoning_traces as t where t.migration_run_id = run_id
      union all
      select m.workspace_id, 'memory_item'
      from public.memory_items as m where m.migration_run_id = run_id
    ) as r
    group by r.workspace_id
  ) as c
$$;
comment on function public.count_migrated_rows(uuid) is
  'Rows that carry this run as JSON text: [{"workspace_id", "traces", "memory_items"}, ...].';
revoke execute on function public.count_migrated_rows(uuid) from public, anon, authenticated;
grant execute on function public.count_migrated_rows(uuid) to service_role;

create function private.applied_migrations()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(pg_catalog.array_agg(m.version order by m.version), '{}')
  from supabase_migrations.schema_migrations as m
$$;
comment on function private.applied_migrations() is
  'Versions recorded by the tool that applied them. Security definer: the service role can not read that record.';
revoke execute on function private.applied_migrations() from public;
grant execute on function private.applied_migrations() to service_role;

create function public.describe_migration_target()
returns text
language sql
stable
set search_path = ''
as $$
  select pg_catalog.jsonb_build_object(
    'server_version', pg_catalog.current_setting('server_version'),
    'pgvector_version', (select e.extversion from pg_catalog.pg_extension as e where e.extname = 'vector'),
    'database_bytes', pg_catalog.pg_database_size(pg_catalog.current_database()),
    'schema_versions', private.applied_migrations(),
    'rows_are_hidden', pg_catalog.row_security_active('public.memory_items')
  )::text
$$;
comment on function public.describe_migration_target() is
  'What a migration checks before it writes, as JSON text. rows_are_hidden: the caller is subject to row level security.';
revoke execute on function public.describe_migration_target() from public, anon, authenticated;
grant execute on function public.describe_migration_target() to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261123090700', 'create_migration_read_functions');

commit;
