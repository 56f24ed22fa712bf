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

-- 20261125090000_create_membership_rules.sql

-- Who may do what. A caller's workspaces come from the table, never from the token: whoever is removed is out at once.
-- What runs with every call is plpgsql, which keeps its plans: before PostgreSQL 18 sql functions are planned at each call.

create function private.caller_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    nullif(pg_catalog.current_setting('request.jwt.claim.sub', true), ''),
    nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::pg_catalog.jsonb ->> 'sub'
  )::pg_catalog.uuid;
end;
$$;
comment on function private.caller_id() is
  'As auth.uid(), for functions with their owner''s rights: that one names its types without their schema, so in such a '
  'function a type of the caller''s own pg_temp would take their place and run his code.';
revoke execute on function private.caller_id() from public, anon;
grant execute on function private.caller_id() to authenticated, service_role;

create function private.caller_is_anonymous()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::pg_catalog.jsonb ->> 'is_anonymous')::boolean,
    false
  );
end;
$$;
comment on function private.caller_is_anonymous() is
  'Whether the caller signed in without an account; such users have the role authenticated too.';
revoke execute on function private.caller_is_anonymous() from public, anon;
grant execute on function private.caller_is_anonymous() to authenticated, service_role;

create function private.my_workspaces_as(minimum_role text)
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(
    (
      select pg_catalog.array_agg(m.workspace_id)
      from public.workspace_members as m
      where m.user_id = (select private.caller_id())
        and m.role = any (
          case minimum_role
            when 'viewer' then array['viewer', 'editor', 'owner']
            when 'editor' then array['editor', 'owner']
            when 'owner' then array['owner']
          end
        )
        and not (select private.caller_is_anonymous())
    ),
    '{}'
  );
end;
$$;
comment on function private.my_workspaces_as(text) is
  'Workspaces in which the caller is at least viewer, editor or owner; none for an anonymous sign-in. Security definer: '
  'the policies of workspace_members call it, and reading that table under its own policies would recurse.';
revoke execute on function private.my_workspaces_as(text) from public, anon;
grant execute on function private.my_workspaces_as(text) to authenticated, service_role;

create or replace function private.my_workspaces()
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.my_workspaces_as('viewer');
end;
$$;
comment on function private.my_workspaces() is
  'Workspaces the caller belongs to. Security definer: the policies of workspace_members call it, '
  'and reading that table under its own policies would recurse.';

create function private.caller_is_trusted()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select r.rolsuper or r.rolbypassrls
    from pg_catalog.pg_roles as r
    where r.rolname = case pg_catalog.current_setting('role')
      when 'none' then session_user
      else pg_catalog.current_setting('role')
    end
  );
end;
$$;
comment on function private.caller_is_trusted() is
  'Whether the caller stands above row level security: the service role, or an administrator. The setting "role" is what '
  'the API sets for each request; unlike current_user it stays the same inside a security definer function.';
revoke execute on function private.caller_is_trusted() from public, anon;
grant execute on function private.caller_is_trusted() to authenticated, service_role;

create function private.require_role(workspace_id text, minimum_role text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if (
    private.caller_is_trusted()
    or require_role.workspace_id = any (private.my_workspaces_as(minimum_role))
  ) is not true then
    raise exception 'You need to be % of workspace "%"', minimum_role, require_role.workspace_id
      using errcode = '42501', hint = 'Ask an owner of the workspace to invite you or to change your role.';
  end if;
end;
$$;
comment on function private.require_role(text, text) is
  'Raises 42501 unless the caller is trusted or has at least this role; the same for a workspace that does not exist.';
revoke execute on function private.require_role(text, text) from public, anon;
grant execute on function private.require_role(text, text) to authenticated, service_role;

create policy "Owners rename their workspaces"
  on public.workspaces for update to authenticated
  using (id = any ((select private.my_workspaces_as('owner'))::text[]))
  with check (id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners change the roles in their workspaces"
  on public.workspace_members for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners remove members and members leave"
  on public.workspace_members for delete to authenticated
  using (
    workspace_id = any ((select private.my_workspaces_as('owner'))::text[])
    or (
      user_id = (select auth.uid())
      and workspace_id = any ((select private.my_workspaces())::text[])
    )
  );

grant update (name) on public.workspaces to authenticated;
grant update (role), delete on public.workspace_members to authenticated;

create function private.keep_an_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  ownerless pg_catalog.text;
begin
  -- Two owners who leave at the same moment wait for each other here.
  perform
  from public.workspaces as w
  where w.id in (select f.workspace_id from former as f where f.role = 'owner')
  order by w.id
  for no key update;

  select w.id into ownerless
  from former as f
  join public.workspaces as w on w.id = f.workspace_id
  where f.role = 'owner'
    and exists (select from auth.users as u where u.id = f.user_id)
    and not exists (
      select from public.workspace_members as m where m.workspace_id = f.workspace_id and m.role = 'owner'
    )
  limit 1;
  if ownerless is not null then
    raise exception 'Workspace "%" would be left without an owner', ownerless
      using errcode = 'PT409', hint = 'Make another member an owner first, or delete the workspace.';
  end if;
  return null;
end;
$$;
comment on function private.keep_an_owner() is
  'A workspace that has an owner keeps one, unless the workspace itself or the owner''s account goes. Security definer: '
  'it counts owners that the caller may no longer see, and reads auth.users.';
revoke execute on function private.keep_an_owner() from public, anon;

create trigger workspace_members_keep_an_owner_on_update
  after update on public.workspace_members
  referencing old table as former
  for each statement execute function private.keep_an_owner();

create trigger workspace_members_keep_an_owner_on_delete
  after delete on public.workspace_members
  referencing old table as former
  for each statement execute function private.keep_an_owner();

create function private.create_workspace(name text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  creator constant pg_catalog.uuid := private.caller_id();
  new_id constant pg_catalog.text := pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '');
begin
  if creator is null or private.caller_is_anonymous() then
    raise exception 'Only a signed-in user with an account can create a workspace'
      using errcode = '42501', hint = 'Sign up or sign in first.';
  end if;
  if pg_catalog.btrim(create_workspace.name) = '' or create_workspace.name is null
    or pg_catalog.char_length(create_workspace.name) > 200 then
    raise exception 'A workspace needs a name of 1 to 200 characters'
      using errcode = '22023', hint = 'Give a name, such as that of the project.';
  end if;
  insert into public.workspaces (id, name) values (new_id, pg_catalog.btrim(create_workspace.name));
  insert into public.workspace_members (workspace_id, user_id, role) values (new_id, creator, 'owner');
  return new_id;
end;
$$;
comment on function private.create_workspace(text) is
  'Makes a workspace owned by the caller and returns its id, which is always new: with an id of his choice a user '
  'could take the one that a migration is about to fill. Security definer: nobody is a member of a workspace yet to be made.';
revoke execute on function private.create_workspace(text) from public, anon;
grant execute on function private.create_workspace(text) to authenticated;

create function public.create_workspace(name text)
returns text
language sql
set search_path = ''
as $$
  select private.create_workspace(create_workspace.name)
$$;
comment on function public.create_workspace(text) is
  'Makes a workspace owned by the caller and returns its id.';
revoke execute on function public.create_workspace(text) from public, anon, service_role;
grant execute on function public.create_workspace(text) to authenticated;

create function private.delete_workspace(workspace_id text, confirm_name text)
returns table (deleted_traces bigint, deleted_memory_items bigint)
language plpgsql
security definer
set search_path = ''
as $$
declare
  actual_name pg_catalog.text;
begin
  perform private.require_role(delete_workspace.workspace_id, 'owner');
  select w.name into actual_name
  from public.workspaces as w where w.id = delete_workspace.workspace_id
  for update;
  if not found then
    raise exception 'There is no workspace "%"', delete_workspace.workspace_id
      using errcode = 'PT404', hint = 'Check the id.';
  end if;
  if confirm_name is distinct from actual_name then
    raise exception 'The name given is not that of workspace "%"', delete_workspace.workspace_id
      using errcode = '22023', hint = 'Type the name of the workspace exactly: deleting it can not be undone.';
  end if;
  select pg_catalog.count(*) into deleted_traces
  from public.reasoning_traces as t where t.workspace_id = delete_workspace.workspace_id;
  select pg_catalog.count(*) into deleted_memory_items
  from public.memory_items as m where m.workspace_id = delete_workspace.workspace_id;
  delete from public.workspaces as w where w.id = delete_workspace.workspace_id;
  return next;
end;
$$;
comment on function private.delete_workspace(text, text) is
  'Deletes a workspace and everything in it. Security definer: nobody may delete the row without typing its name.';
revoke execute on function private.delete_workspace(text, text) from public, anon;
grant execute on function private.delete_workspace(text, text) to authenticated, service_role;

create function public.delete_workspace(workspace_id text, confirm_name text)
returns table (deleted_traces bigint, deleted_memory_items bigint)
language sql
set search_path = ''
as $$
  select d.deleted_traces, d.deleted_memory_items
  from private.delete_workspace(delete_workspace.workspace_id, delete_workspace.confirm_name) as d
$$;
comment on function public.delete_workspace(text, text) is
  'Deletes a workspace with all its traces and memory items, for an owner who types its name.';
revoke execute on function public.delete_workspace(text, text) from public, anon;
grant execute on function public.delete_workspace(text, text) to authenticated, service_role;

create function private.list_workspace_members(workspace_id text)
returns table (user_id uuid, email text, role text, created_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(list_workspace_members.workspace_id, 'viewer');
  return query
  select m.user_id, u.email::pg_catalog.text, m.role, m.created_at
  from public.workspace_members as m
  join auth.users as u on u.id = m.user_id
  where m.workspace_id = list_workspace_members.workspace_id
  order by m.created_at, m.user_id;
end;
$$;
comment on function private.list_workspace_members(text) is
  'Security definer: addresses are in auth.users, which users can not read. Only members of the workspace get an answer.';
revoke execute on function private.list_workspace_members(text) from public, anon;
grant execute on function private.list_workspace_members(text) to authenticated, service_role;

create function public.list_workspace_members(workspace_id text)
returns table (user_id uuid, email text, role text, created_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select m.user_id, m.email, m.role, m.created_at
  from private.list_workspace_members(list_workspace_members.workspace_id) as m
$$;
comment on function public.list_workspace_members(text) is
  'Members of a workspace with their addresses and roles, the oldest first, for its members.';
revoke execute on function public.list_workspace_members(text) from public, anon;
grant execute on function public.list_workspace_members(text) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090000', 'create_membership_rules');

-- 20261125090100_create_workspace_invitations.sql

create table public.workspace_invitations (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  workspace_id text not null references public.workspaces (id) on delete cascade,
  email text not null check (email = pg_catalog.lower(email) and email like '_%@_%'),
  role text not null check (role in ('owner', 'editor', 'viewer')),
  token_hash bytea not null unique check (pg_catalog.octet_length(token_hash) = 32),
  invited_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default pg_catalog.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz
);
comment on table public.workspace_invitations is
  'A place in a workspace, offered to one address. The token itself is known only to whom it was given.';
comment on column public.workspace_invitations.token_hash is 'SHA-256 of the token.';
comment on column public.workspace_invitations.invited_by is 'Null when the service role granted it, or the account is gone.';

create unique index workspace_invitations_pending_index
  on public.workspace_invitations (workspace_id, email) where accepted_at is null;
create index workspace_invitations_workspace_index on public.workspace_invitations (workspace_id);
create index workspace_invitations_invited_by_index on public.workspace_invitations (invited_by);

alter table public.workspace_invitations enable row level security;

create policy "Owners see the invitations to their workspaces"
  on public.workspace_invitations for select to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners withdraw invitations to their workspaces"
  on public.workspace_invitations for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

revoke all on public.workspace_invitations from anon, authenticated, service_role;
grant select (id, workspace_id, email, role, invited_by, created_at, expires_at, accepted_at)
  on public.workspace_invitations to authenticated;
grant delete on public.workspace_invitations to authenticated;
grant select, insert, update, delete on public.workspace_invitations to service_role;

create function private.role_rank(role text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select pg_catalog.array_position(array['viewer', 'editor', 'owner'], role_rank.role)
$$;
comment on function private.role_rank(text) is '1 for viewer, 2 for editor, 3 for owner.';
revoke execute on function private.role_rank(text) from public, anon;

create function private.add_invitation(
  workspace_id text, email text, role text, expires_in interval, invited_by uuid
)
returns table (id uuid, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  address constant pg_catalog.text := pg_catalog.lower(pg_catalog.btrim(add_invitation.email));
  new_token constant pg_catalog.text := 'invitation_'
    || pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text || pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '');
begin
  if (address like '_%@_%' and address !~ '\s' and pg_catalog.char_length(address) <= 320) is not true then
    raise exception '"%" is not an e-mail address', add_invitation.email
      using errcode = '22023', hint = 'Give an address such as name@example.com.';
  end if;
  if private.role_rank(add_invitation.role) is null then
    raise exception '"%" is not a role', add_invitation.role
      using errcode = '22023', hint = 'Give owner, editor or viewer.';
  end if;
  if (add_invitation.expires_in between interval '1 minute' and interval '30 days') is not true then
    raise exception 'An invitation can not expire in %', add_invitation.expires_in
      using errcode = '22023', hint = 'Give between 1 minute and 30 days.';
  end if;

  return query
  insert into public.workspace_invitations as i (workspace_id, email, role, token_hash, invited_by, expires_at)
  values (
    add_invitation.workspace_id,
    address,
    add_invitation.role,
    pg_catalog.sha256(pg_catalog.convert_to(new_token, 'UTF8')),
    add_invitation.invited_by,
    pg_catalog.now() + add_invitation.expires_in
  )
  on conflict (workspace_id, email) where accepted_at is null
  do update set
    role = excluded.role,
    token_hash = excluded.token_hash,
    invited_by = excluded.invited_by,
    created_at = pg_catalog.now(),
    expires_at = excluded.expires_at
  returning i.id, new_token, i.expires_at;
end;
$$;
comment on function private.add_invitation(text, text, text, interval, uuid) is
  'Offers a place to an address and returns the token, which is stored only as its hash: 244 random bits. A second '
  'invitation takes the place of the first, whose link stops working. Security definer: called by the functions below, '
  'after they made sure who asks; nobody else may execute it.';
revoke execute on function private.add_invitation(text, text, text, interval, uuid) from public, anon;

create function private.confirmed_account(email text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select u.id
  from auth.users as u
  where pg_catalog.lower(u.email) = pg_catalog.lower(pg_catalog.btrim(confirmed_account.email))
    and u.email_confirmed_at is not null
  order by u.created_at, u.id
  limit 1
$$;
comment on function private.confirmed_account(text) is
  'The user who proved to own an address, null when nobody did. Security definer: reads auth.users; nobody may execute it '
  'but the functions below.';
revoke execute on function private.confirmed_account(text) from public, anon;

create function private.invite_to_workspace(workspace_id text, email text, role text, expires_in interval)
returns table (id uuid, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(invite_to_workspace.workspace_id, 'owner');
  if exists (
    select
    from public.workspace_members as m
    where m.workspace_id = invite_to_workspace.workspace_id
      and m.user_id = private.confirmed_account(invite_to_workspace.email)
  ) then
    raise exception '% is a member of this workspace already', invite_to_workspace.email
      using errcode = 'PT409', hint = 'Change the role of the member instead.';
  end if;
  return query
  select i.id, i.token, i.expires_at
  from private.add_invitation(
    invite_to_workspace.workspace_id, invite_to_workspace.email, invite_to_workspace.role,
    invite_to_workspace.expires_in, private.caller_id()
  ) as i;
end;
$$;
comment on function private.invite_to_workspace(text, text, text, interval) is
  'Security definer: only here does a token come into being, and the table takes no row from a user.';
revoke execute on function private.invite_to_workspace(text, text, text, interval) from public, anon;
grant execute on function private.invite_to_workspace(text, text, text, interval) to authenticated;

create function public.invite_to_workspace(
  workspace_id text, email text, role text default 'viewer', expires_in interval default '7 days'
)
returns table (id uuid, token text, expires_at timestamptz)
language sql
set search_path = ''
as $$
  select i.id, i.token, i.expires_at
  from private.invite_to_workspace(
    invite_to_workspace.workspace_id, invite_to_workspace.email, invite_to_workspace.role,
    invite_to_workspace.expires_in
  ) as i
$$;
comment on function public.invite_to_workspace(text, text, text, interval) is
  'Invites an address to a workspace, for its owners. The token is shown this once.';
revoke execute on function public.invite_to_workspace(text, text, text, interval) from public, anon, service_role;
grant execute on function public.invite_to_workspace(text, text, text, interval) to authenticated;

create function private.add_member(workspace_id text, user_id uuid, role text)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into public.workspace_members as m (workspace_id, user_id, role)
  values (add_member.workspace_id, add_member.user_id, add_member.role)
  on conflict on constraint workspace_members_pkey do update set role = excluded.role
  where private.role_rank(m.role) < private.role_rank(excluded.role)
$$;
comment on function private.add_member(text, uuid, text) is
  'Makes a user a member; who is one already keeps the higher role. Security definer: called by the functions below only; '
  'nobody else may execute it.';
revoke execute on function private.add_member(text, uuid, text) from public, anon;

create function private.accept_invitation(token text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation public.workspace_invitations;
begin
  if private.caller_id() is null or private.caller_is_anonymous() then
    raise exception 'Only a signed-in user with an account can accept an invitation'
      using errcode = '42501', hint = 'Sign up or sign in with the address that was invited.';
  end if;
  update public.workspace_invitations as i
  set accepted_at = pg_catalog.now()
  from auth.users as u
  where u.id = private.caller_id()
    and u.email_confirmed_at is not null
    and i.email = pg_catalog.lower(u.email)
    and i.token_hash = pg_catalog.sha256(pg_catalog.convert_to(accept_invitation.token, 'UTF8'))
    and i.accepted_at is null
    and i.expires_at > pg_catalog.now()
  returning i.* into invitation;
  if not found then
    raise exception 'This invitation is not open to you: it may be used, expired, withdrawn, or meant for another address'
      using errcode = 'PT404', hint = 'Sign in with the address that was invited, or ask for a new invitation.';
  end if;
  perform private.add_member(invitation.workspace_id, private.caller_id(), invitation.role);
  return invitation.workspace_id;
end;
$$;
comment on function private.accept_invitation(text) is
  'Security definer: the invited one is no member yet, and the address that counts is the confirmed one of auth.users, not '
  'that of the token.';
revoke execute on function private.accept_invitation(text) from public, anon;
grant execute on function private.accept_invitation(text) to authenticated;

create function public.accept_invitation(token text)
returns text
language sql
set search_path = ''
as $$
  select private.accept_invitation(accept_invitation.token)
$$;
comment on function public.accept_invitation(text) is
  'Takes up an invitation that was made to the caller''s confirmed address and returns the workspace''s id.';
revoke execute on function public.accept_invitation(text) from public, anon, service_role;
grant execute on function public.accept_invitation(text) to authenticated;

create function private.grant_workspaces(email text, workspace_ids text[], role text, expires_in interval)
returns table (workspace_id text, status text, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  account constant pg_catalog.uuid := private.confirmed_account(grant_workspaces.email);
  unknown pg_catalog.text;
  wanted pg_catalog.text;
begin
  if private.role_rank(grant_workspaces.role) is null then
    raise exception '"%" is not a role', grant_workspaces.role
      using errcode = '22023', hint = 'Give owner, editor or viewer.';
  end if;
  select pg_catalog.string_agg(pg_catalog.quote_ident(g.id), ', ' order by g.id) into unknown
  from pg_catalog.unnest(grant_workspaces.workspace_ids) as g (id)
  where not exists (select from public.workspaces as w where w.id = g.id);
  if unknown is not null then
    raise exception 'There is no workspace %', unknown
      using errcode = 'PT404', hint = 'Nothing was granted. Check the ids.';
  end if;

  for wanted in
    select distinct w.id
    from public.workspaces as w
    where grant_workspaces.workspace_ids is null or w.id = any (grant_workspaces.workspace_ids)
    order by w.id
  loop
    if account is null then
      return query
      select wanted, 'invited', i.token, i.expires_at
      from private.add_invitation(
        wanted, grant_workspaces.email, grant_workspaces.role, grant_workspaces.expires_in, null
      ) as i;
    else
      perform private.add_member(wanted, account, grant_workspaces.role);
      return query select wanted, 'granted', null::pg_catalog.text, null::pg_catalog.timestamptz;
    end if;
  end loop;
end;
$$;
comment on function private.grant_workspaces(text, text[], text, interval) is
  'Security definer: reads auth.users, which the service role can not.';
revoke execute on function private.grant_workspaces(text, text[], text, interval) from public, anon;
grant execute on function private.grant_workspaces(text, text[], text, interval) to service_role;

create function public.grant_workspaces(
  email text, workspace_ids text[] default null, role text default 'owner', expires_in interval default '7 days'
)
returns table (workspace_id text, status text, token text, expires_at timestamptz)
language sql
set search_path = ''
as $$
  select g.workspace_id, g.status, g.token, g.expires_at
  from private.grant_workspaces(
    grant_workspaces.email, grant_workspaces.workspace_ids, grant_workspaces.role, grant_workspaces.expires_in
  ) as g
$$;
comment on function public.grant_workspaces(text, text[], text, interval) is
  'Gives an address a role in workspaces (null: in every one), in all or none of them, for the service role: "granted" when a confirmed account '
  'has the address, else "invited" with a token to hand over.';
revoke execute on function public.grant_workspaces(text, text[], text, interval) from public, anon, authenticated;
grant execute on function public.grant_workspaces(text, text[], text, interval) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090100', 'create_workspace_invitations');

-- 20261125090200_create_editing_rules.sql

-- Editors write what they own up to: content and curation. Provenance (ids, times, models, migration runs) is set once.

alter table public.reasoning_traces
  alter column id set default pg_catalog.gen_random_uuid(),
  alter column embedding_status set default 'missing',
  add constraint reasoning_traces_embedding_names_its_model
    check (task_embedding is null or embedding_model is not null) not valid;

alter table public.memory_items
  alter column id set default pg_catalog.gen_random_uuid(),
  alter column embedding_status set default 'missing',
  add column embedding_is_stale boolean not null default false,
  add constraint memory_items_embedding_names_its_model
    check (content_embedding is null or embedding_model is not null) not valid;
comment on column public.memory_items.embedding_is_stale is
  'The text was edited after the vector was made; it still finds the item by its former text until it is embedded again.';

create function private.mark_stale_embedding()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.content_embedding is null or old.content_embedding is null
    or new.content_embedding operator(extensions.<>) old.content_embedding then
    new.embedding_is_stale := false;
  elsif (new.title, new.description, new.content) is distinct from (old.title, old.description, old.content) then
    new.embedding_is_stale := true;
  end if;
  return new;
end;
$$;
comment on function private.mark_stale_embedding() is 'Keeps embedding_is_stale true to its word.';
revoke execute on function private.mark_stale_embedding() from public, anon;

create trigger memory_items_mark_stale_embedding
  before update of title, description, content, content_embedding on public.memory_items
  for each row execute function private.mark_stale_embedding();

create policy "Editors add traces to their workspaces"
  on public.reasoning_traces for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors correct the traces of their workspaces"
  on public.reasoning_traces for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete traces of their workspaces"
  on public.reasoning_traces for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors add memory items to their workspaces"
  on public.memory_items for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors correct the memory items of their workspaces"
  on public.memory_items for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete memory items of their workspaces"
  on public.memory_items for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors add lineage to their workspaces"
  on public.lineage_links for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete lineage of their workspaces"
  on public.lineage_links for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

grant insert (
  workspace_id, id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata,
  created_at, extras
) on public.reasoning_traces to authenticated;
grant update (outcome, metadata) on public.reasoning_traces to authenticated;
grant delete on public.reasoning_traces to authenticated;

grant insert (
  workspace_id, id, trace_id, ordinal, title, description, content, content_embedding, embedding_status,
  embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at, extras
) on public.memory_items to authenticated;
grant update (title, description, content, error_context, pattern_tags, difficulty_level, domain_category)
  on public.memory_items to authenticated;
grant delete on public.memory_items to authenticated;

grant insert, delete on public.lineage_links to authenticated;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090200', 'create_editing_rules');

-- 20261125090300_create_statistics.sql

-- Counts are kept while rows are written, so that a dashboard never counts rows. A statement's changes go straight into
-- the counts of a workspace when nobody else is at them, else into a list that the next writer folds in: no writer
-- waits for another, and none can deadlock with another. What is read is always the counts plus the list.

create table private.statistics_counts (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  subject text not null check (subject in ('reasoning_trace', 'memory_item')),
  facet text not null check (
    facet in ('total', 'day', 'outcome', 'domain', 'difficulty', 'evolution_stage', 'tag', 'embedding_model')
  ),
  value text,
  day date,
  row_count bigint not null,
  embedded_count bigint not null,
  error_count bigint not null,
  orphan_count bigint not null,
  stage_sum bigint not null,
  byte_count bigint not null,
  constraint statistics_counts_key unique nulls not distinct (workspace_id, subject, facet, value, day)
)
-- Room on each page for the next version of its counts.
with (fillfactor = 60);
comment on table private.statistics_counts is
  'How many rows of a workspace have one value of one facet. A trace''s day is split by its outcome.';
comment on column private.statistics_counts.value is 'Null where rows have no value.';
comment on column private.statistics_counts.day is 'Day of created_at in UTC; null where rows have no time.';
comment on column private.statistics_counts.embedded_count is 'Rows with a searchable vector.';
comment on column private.statistics_counts.error_count is 'Memory items with an error context.';
comment on column private.statistics_counts.orphan_count is 'Memory items without a trace.';
comment on column private.statistics_counts.byte_count is 'Bytes of texts, JSON and vectors, before compression and without indexes.';

create table private.statistics_changes (
  id bigint generated always as identity primary key,
  workspace_id text not null,
  subject text not null,
  facet text not null,
  value text,
  day date,
  row_count bigint not null,
  embedded_count bigint not null,
  error_count bigint not null,
  orphan_count bigint not null,
  stage_sum bigint not null,
  byte_count bigint not null
);
comment on table private.statistics_changes is
  'What is still to be added to statistics_counts. No foreign key: it would make writers of one workspace wait.';

create index statistics_changes_workspace_index on private.statistics_changes (workspace_id);

alter table private.statistics_counts enable row level security;
alter table private.statistics_changes enable row level security;

create policy "Members read the counts of their workspaces"
  on private.statistics_counts for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members read the open changes of their workspaces' counts"
  on private.statistics_changes for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on private.statistics_counts, private.statistics_changes from public, anon, authenticated, service_role;
grant select on private.statistics_counts, private.statistics_changes to authenticated, service_role;

create view private.current_counts with (security_invoker = true) as
select
  s.workspace_id, s.subject, s.facet, s.value, s.day,
  s.row_count, s.embedded_count, s.error_count, s.orphan_count, s.stage_sum, s.byte_count
from private.statistics_counts as s
union all
select
  l.workspace_id, l.subject, l.facet, l.value, l.day,
  l.row_count, l.embedded_count, l.error_count, l.orphan_count, l.stage_sum, l.byte_count
from private.statistics_changes as l;
comment on view private.current_counts is
  'The counts plus what is still listed: several rows may belong to one count, which is their sum.';
revoke all on private.current_counts from public, anon, authenticated, service_role;
grant select on private.current_counts to authenticated, service_role;

create type private.statistics_change as (
  workspace_id text,
  subject text,
  facet text,
  value text,
  day date,
  row_count bigint,
  embedded_count bigint,
  error_count bigint,
  orphan_count bigint,
  stage_sum bigint,
  byte_count bigint
);

-- What one row adds to the counts (sign 1) or takes from them (sign -1).
create type private.counted_trace as (
  workspace_id text,
  outcome text,
  day date,
  embedding_model text,
  bytes bigint,
  sign integer
);

create type private.counted_memory_item as (
  workspace_id text,
  domain text,
  difficulty text,
  evolution_stage integer,
  tags text[],
  day date,
  embedding_model text,
  has_error boolean,
  is_orphan boolean,
  bytes bigint,
  sign integer
);

create function private.is_error(error_context jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return error_context is not null and error_context not in ('{}', 'null', '""');
end;
$$;
comment on function private.is_error(jsonb) is 'Whether an item was learned from a mistake: its error context says something.';
revoke execute on function private.is_error(jsonb) from public, anon;
grant execute on function private.is_error(jsonb) to authenticated, service_role;

create function private.count_trace(trace public.reasoning_traces, sign integer)
returns private.counted_trace
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    trace.workspace_id,
    trace.outcome,
    (trace.created_at at time zone 'UTC')::pg_catalog.date,
    case when trace.task_embedding is not null then trace.embedding_model end,
    pg_catalog.octet_length(trace.task)
      + coalesce(pg_catalog.octet_length(trace.trajectory::pg_catalog.text), 0)
      + pg_catalog.octet_length(trace.metadata::pg_catalog.text)
      + pg_catalog.octet_length(trace.extras::pg_catalog.text)
      + coalesce(4 * extensions.vector_dims(trace.task_embedding), 0)
      + coalesce(pg_catalog.octet_length(trace.source_embedding), 0),
    sign
  )::private.counted_trace;
end;
$$;
comment on function private.count_trace(public.reasoning_traces, integer) is 'What the statistics have to know of one trace.';
revoke execute on function private.count_trace(public.reasoning_traces, integer) from public, anon;

create function private.count_memory_item(item public.memory_items, sign integer)
returns private.counted_memory_item
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    item.workspace_id,
    item.domain_category,
    item.difficulty_level,
    item.evolution_stage,
    item.pattern_tags,
    (item.created_at at time zone 'UTC')::pg_catalog.date,
    case when item.content_embedding is not null then item.embedding_model end,
    private.is_error(item.error_context),
    item.trace_id is null,
    pg_catalog.octet_length(item.title)
      + coalesce(pg_catalog.octet_length(item.description), 0)
      + pg_catalog.octet_length(item.content)
      + coalesce(pg_catalog.octet_length(item.error_context::pg_catalog.text), 0)
      + pg_catalog.octet_length(item.extras::pg_catalog.text)
      + coalesce(4 * extensions.vector_dims(item.content_embedding), 0)
      + coalesce(pg_catalog.octet_length(item.source_embedding), 0),
    sign
  )::private.counted_memory_item;
end;
$$;
comment on function private.count_memory_item(public.memory_items, integer) is
  'What the statistics have to know of one memory item.';
revoke execute on function private.count_memory_item(public.memory_items, integer) from public, anon;

create function private.trace_changes(counted private.counted_trace[])
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    c.workspace_id,
    'reasoning_trace',
    case
      when grouping(c.day) = 0 then 'day'
      when grouping(c.outcome) = 0 then 'outcome'
      when grouping(c.embedding_model) = 0 then 'embedding_model'
      else 'total'
    end,
    case when grouping(c.embedding_model) = 0 then c.embedding_model else c.outcome end,
    c.day,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    0,
    0,
    0,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  group by grouping sets (
    (c.workspace_id), (c.workspace_id, c.outcome), (c.workspace_id, c.outcome, c.day), (c.workspace_id, c.embedding_model)
  )
$$;
comment on function private.trace_changes(private.counted_trace[]) is 'The counts that these traces change, and by how much.';
revoke execute on function private.trace_changes(private.counted_trace[]) from public, anon;

create function private.memory_item_changes(counted private.counted_memory_item[])
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    c.workspace_id,
    'memory_item',
    case
      when grouping(c.day) = 0 then 'day'
      when grouping(c.domain) = 0 then 'domain'
      when grouping(c.difficulty) = 0 then 'difficulty'
      when grouping(c.evolution_stage) = 0 then 'evolution_stage'
      when grouping(c.embedding_model) = 0 then 'embedding_model'
      else 'total'
    end,
    coalesce(c.domain, c.difficulty, c.evolution_stage::pg_catalog.text, c.embedding_model),
    c.day,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.has_error), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.is_orphan), 0),
    pg_catalog.sum(c.sign * c.evolution_stage)::bigint,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  group by grouping sets (
    (c.workspace_id), (c.workspace_id, c.day), (c.workspace_id, c.domain), (c.workspace_id, c.difficulty),
    (c.workspace_id, c.evolution_stage), (c.workspace_id, c.embedding_model)
  )
  union all
  select
    c.workspace_id,
    'memory_item',
    'tag',
    t.tag,
    null,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.has_error), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.is_orphan), 0),
    pg_catalog.sum(c.sign * c.evolution_stage)::bigint,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  cross join lateral (select distinct g.tag from pg_catalog.unnest(c.tags) as g (tag)) as t
  group by c.workspace_id, t.tag
$$;
comment on function private.memory_item_changes(private.counted_memory_item[]) is
  'The counts that these memory items change, and by how much. A tag given twice counts once.';
revoke execute on function private.memory_item_changes(private.counted_memory_item[]) from public, anon;

create function private.apply_statistics_changes(changes private.statistics_change[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- A workspace that is being deleted takes its counts with it.
  with change as materialized (
    select c.*
    from pg_catalog.unnest(changes) as c
    where (c.row_count, c.embedded_count, c.error_count, c.orphan_count, c.stage_sum, c.byte_count)
      <> (0, 0, 0, 0, 0, 0)
      and exists (select from public.workspaces as w where w.id = c.workspace_id)
  ),
  mine as materialized (
    select w.workspace_id
    from (
      select distinct c.workspace_id from change as c order by c.workspace_id limit 64
    ) as w
    where pg_catalog.current_setting('transaction_isolation') = 'read committed'
      and pg_catalog.pg_try_advisory_xact_lock(
        pg_catalog.hashtextextended('private.statistics_counts ' || w.workspace_id, 0)
      )
  ),
  listed as (
    insert into private.statistics_changes (
      workspace_id, subject, facet, value, day,
      row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
    )
    select
      c.workspace_id, c.subject, c.facet, c.value, c.day,
      c.row_count, c.embedded_count, c.error_count, c.orphan_count, c.stage_sum, c.byte_count
    from change as c
    where c.workspace_id not in (select m.workspace_id from mine as m)
  ),
  folded as (
    delete from private.statistics_changes as l
    using mine as m
    where l.workspace_id = m.workspace_id
    returning
      l.workspace_id, l.subject, l.facet, l.value, l.day,
      l.row_count, l.embedded_count, l.error_count, l.orphan_count, l.stage_sum, l.byte_count
  )
  insert into private.statistics_counts as s (
    workspace_id, subject, facet, value, day,
    row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
  )
  select
    a.workspace_id, a.subject, a.facet, a.value, a.day,
    pg_catalog.sum(a.row_count), pg_catalog.sum(a.embedded_count), pg_catalog.sum(a.error_count),
    pg_catalog.sum(a.orphan_count), pg_catalog.sum(a.stage_sum), pg_catalog.sum(a.byte_count)
  from (
    select c.* from change as c join mine as m on m.workspace_id = c.workspace_id
    union all
    select f.* from folded as f
  ) as a
  group by a.workspace_id, a.subject, a.facet, a.value, a.day
  on conflict on constraint statistics_counts_key do update set
    row_count = s.row_count + excluded.row_count,
    embedded_count = s.embedded_count + excluded.embedded_count,
    error_count = s.error_count + excluded.error_count,
    orphan_count = s.orphan_count + excluded.orphan_count,
    stage_sum = s.stage_sum + excluded.stage_sum,
    byte_count = s.byte_count + excluded.byte_count;
end;
$$;
comment on function private.apply_statistics_changes(private.statistics_change[]) is
  'Adds changes to the counts of the workspaces it gets for itself, lists those of the others. A lock is only tried, '
  'never waited for, and held to the end of the transaction. Security definer: nobody writes counts but the triggers.';
revoke execute on function private.apply_statistics_changes(private.statistics_change[]) from public, anon;

create function private.count_changed_traces()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  counted private.counted_trace[];
begin
  case tg_op
    when 'INSERT' then
      counted := array(select private.count_trace(a, 1) from added as a);
    when 'DELETE' then
      counted := array(select private.count_trace(r, -1) from removed as r);
    else
      counted := array(
        select private.count_trace(a, 1) from added as a
        union all
        select private.count_trace(r, -1) from removed as r
      );
  end case;
  if pg_catalog.cardinality(counted) > 0 then
    perform private.apply_statistics_changes(
      array(select c from private.trace_changes(counted) as c)
    );
  end if;
  return null;
end;
$$;
comment on function private.count_changed_traces() is
  'Keeps the counts of reasoning_traces. Security definer: it calls what nobody else may execute.';
revoke execute on function private.count_changed_traces() from public, anon;

create function private.count_changed_memory_items()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  counted private.counted_memory_item[];
begin
  case tg_op
    when 'INSERT' then
      counted := array(select private.count_memory_item(a, 1) from added as a);
    when 'DELETE' then
      counted := array(select private.count_memory_item(r, -1) from removed as r);
    else
      counted := array(
        select private.count_memory_item(a, 1) from added as a
        union all
        select private.count_memory_item(r, -1) from removed as r
      );
  end case;
  if pg_catalog.cardinality(counted) > 0 then
    perform private.apply_statistics_changes(
      array(select c from private.memory_item_changes(counted) as c)
    );
  end if;
  return null;
end;
$$;
comment on function private.count_changed_memory_items() is
  'Keeps the counts of memory_items. Security definer: it calls what nobody else may execute.';
revoke execute on function private.count_changed_memory_items() from public, anon;

create trigger reasoning_traces_count_inserted
  after insert on public.reasoning_traces
  referencing new table as added
  for each statement execute function private.count_changed_traces();
create trigger reasoning_traces_count_updated
  after update on public.reasoning_traces
  referencing new table as added old table as removed
  for each statement execute function private.count_changed_traces();
create trigger reasoning_traces_count_deleted
  after delete on public.reasoning_traces
  referencing old table as removed
  for each statement execute function private.count_changed_traces();

create trigger memory_items_count_inserted
  after insert on public.memory_items
  referencing new table as added
  for each statement execute function private.count_changed_memory_items();
create trigger memory_items_count_updated
  after update on public.memory_items
  referencing new table as added old table as removed
  for each statement execute function private.count_changed_memory_items();
create trigger memory_items_count_deleted
  after delete on public.memory_items
  referencing old table as removed
  for each statement execute function private.count_changed_memory_items();

create function private.statistics_corrections(workspace_id text)
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    d.workspace_id, d.subject, d.facet, d.value, d.day,
    pg_catalog.sum(d.row_count)::bigint, pg_catalog.sum(d.embedded_count)::bigint,
    pg_catalog.sum(d.error_count)::bigint, pg_catalog.sum(d.orphan_count)::bigint,
    pg_catalog.sum(d.stage_sum)::bigint, pg_catalog.sum(d.byte_count)::bigint
  from (
    select r.*
    from private.trace_changes(array(
      select private.count_trace(t, 1)
      from public.reasoning_traces as t where t.workspace_id = statistics_corrections.workspace_id
    )) as r
    union all
    select r.*
    from private.memory_item_changes(array(
      select private.count_memory_item(m, 1)
      from public.memory_items as m where m.workspace_id = statistics_corrections.workspace_id
    )) as r
    union all
    select
      k.workspace_id, k.subject, k.facet, k.value, k.day,
      -k.row_count, -k.embedded_count, -k.error_count, -k.orphan_count, -k.stage_sum, -k.byte_count
    from private.current_counts as k
    where k.workspace_id = statistics_corrections.workspace_id
  ) as d
  group by d.workspace_id, d.subject, d.facet, d.value, d.day
  having (
    pg_catalog.sum(d.row_count), pg_catalog.sum(d.embedded_count), pg_catalog.sum(d.error_count),
    pg_catalog.sum(d.orphan_count), pg_catalog.sum(d.stage_sum), pg_catalog.sum(d.byte_count)
  ) <> (0, 0, 0, 0, 0, 0)
$$;
comment on function private.statistics_corrections(text) is
  'What would have to be added to the counts of a workspace to make them those of its rows; no rows when they are right.';
revoke execute on function private.statistics_corrections(text) from public, anon;
grant execute on function private.statistics_corrections(text) to service_role;

create function private.rebuild_statistics(workspace_filter text[])
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  wanted pg_catalog.text;
  corrections private.statistics_change[];
  total bigint := 0;
begin
  for wanted in
    select w.id
    from public.workspaces as w
    where workspace_filter is null or w.id = any (workspace_filter)
    order by w.id
  loop
    -- Rows and counts of one snapshot: what is written meanwhile comes with changes of its own.
    corrections := array(select c from private.statistics_corrections(wanted) as c);
    perform private.apply_statistics_changes(corrections);
    total := total + pg_catalog.cardinality(corrections);
  end loop;
  return total;
end;
$$;
comment on function private.rebuild_statistics(text[]) is 'Security definer: nobody writes counts but this and the triggers.';
revoke execute on function private.rebuild_statistics(text[]) from public, anon;
grant execute on function private.rebuild_statistics(text[]) to service_role;

create function public.rebuild_statistics(workspace_filter text[] default null)
returns bigint
language sql
set search_path = ''
as $$
  select private.rebuild_statistics(workspace_filter)
$$;
comment on function public.rebuild_statistics(text[]) is
  'Makes the counts of these workspaces (null: of all) those of their rows and returns how many were wrong: 0 unless '
  'rows were written with the triggers off. Writers need not stop.';
revoke execute on function public.rebuild_statistics(text[]) from public, anon, authenticated;
grant execute on function public.rebuild_statistics(text[]) to service_role;

create function private.rebuild_after_truncate()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Of workspaces that were truncated too: their counts went with them.
  delete from private.statistics_changes as l
  where not exists (select from public.workspaces as w where w.id = l.workspace_id);
  perform private.rebuild_statistics(null);
  return null;
end;
$$;
comment on function private.rebuild_after_truncate() is
  'Truncate fires no delete trigger. Security definer: it calls what only the service role may execute.';
revoke execute on function private.rebuild_after_truncate() from public, anon;

-- reasoning_traces can not be truncated without memory_items, which refer to it.
create trigger memory_items_rebuild_after_truncate
  after truncate on public.memory_items
  for each statement execute function private.rebuild_after_truncate();

create function private.forget_statistics()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.statistics_changes as l
  using removed as r
  where l.workspace_id = r.id;
  return null;
end;
$$;
comment on function private.forget_statistics() is
  'A later workspace may have the same id. Security definer: nobody writes counts but the triggers.';
revoke execute on function private.forget_statistics() from public, anon;

create trigger workspaces_forget_statistics
  after delete on public.workspaces
  referencing old table as removed
  for each statement execute function private.forget_statistics();

-- Rows that were there before the triggers.
select private.rebuild_statistics(null);

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090300', 'create_statistics');

-- 20261125090400_create_statistics_functions.sql

create function private.search_scope(workspace_filter text[], all_workspaces boolean)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  mine pg_catalog.text[];
begin
  if not private.caller_is_trusted() then
    mine := private.my_workspaces();
    if workspace_filter is null then
      return mine;
    end if;
    return array(
      select w.id from pg_catalog.unnest(mine) as w (id) where w.id = any (workspace_filter) order by w.id
    );
  end if;
  if workspace_filter is not null then
    return array(select distinct w.id from pg_catalog.unnest(workspace_filter) as w (id) order by w.id);
  end if;
  if all_workspaces is true then
    return array(select w.id from public.workspaces as w order by w.id);
  end if;
  raise exception 'No workspace was named'
    using errcode = '22023',
      hint = 'Give workspace_filter, or all_workspaces => true to mean every workspace of this database.';
end;
$$;
comment on function private.search_scope(text[], boolean) is
  'The workspaces a call is about: for a user his own, narrowed by the filter; the service role, who sees everything, has to '
  'name them or to ask for all. Raises 22023.';
revoke execute on function private.search_scope(text[], boolean) from public, anon;
grant execute on function private.search_scope(text[], boolean) to authenticated, service_role;

create function private.distribution(scope text[], subject text, facet text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(pg_catalog.jsonb_object_agg(r.value, r.row_count), '{}')
    from (
      select c.value, pg_catalog.sum(c.row_count)::bigint as row_count
      from private.current_counts as c
      where c.workspace_id = any (scope) and c.subject = distribution.subject and c.facet = distribution.facet
        and c.value is not null
      group by c.value
      having pg_catalog.sum(c.row_count) > 0
    ) as r
  );
end;
$$;
comment on function private.distribution(text[], text, text) is 'Rows by value of one facet: {"value": rows}.';
revoke execute on function private.distribution(text[], text, text) from public, anon;
grant execute on function private.distribution(text[], text, text) to authenticated, service_role;

create function public.get_statistics(workspace_filter text[] default null, all_workspaces boolean default false)
returns table (
  total_traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  other_outcome_traces bigint,
  success_rate double precision,
  failure_rate double precision,
  partial_rate double precision,
  total_memories bigint,
  memories_with_errors bigint,
  memories_without_trace bigint,
  avg_evolution_stage double precision,
  embedded_traces bigint,
  embedded_memories bigint,
  trace_embedding_coverage double precision,
  embedding_coverage double precision,
  difficulty_distribution jsonb,
  domain_distribution jsonb,
  evolution_stage_distribution jsonb,
  pattern_tag_frequency jsonb,
  embedding_models jsonb,
  first_trace_at timestamptz,
  last_trace_at timestamptz,
  content_bytes bigint
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  stages bigint;
begin
  select
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'total' and g.subject = 'reasoning_trace'), 0),
    coalesce(pg_catalog.sum(g.embedded_count) filter (where g.facet = 'total' and g.subject = 'reasoning_trace'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'success'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'failure'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'partial'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.embedded_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.error_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.orphan_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.stage_sum) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.byte_count) filter (where g.facet = 'total'), 0),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'difficulty'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'domain'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'evolution_stage'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'tag'), '{}'),
    coalesce(
      pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (
        where g.is_listed and g.facet = 'embedding_model' and g.subject = 'memory_item'
      ), '{}'
    )
  into
    total_traces, embedded_traces, success_traces, failure_traces, partial_traces, total_memories, embedded_memories,
    memories_with_errors, memories_without_trace, stages, content_bytes, difficulty_distribution, domain_distribution,
    evolution_stage_distribution, pattern_tag_frequency, embedding_models
  from (
    select
      c.subject, c.facet, c.value,
      pg_catalog.sum(c.row_count)::bigint as row_count, pg_catalog.sum(c.embedded_count) as embedded_count,
      pg_catalog.sum(c.error_count) as error_count, pg_catalog.sum(c.orphan_count) as orphan_count,
      pg_catalog.sum(c.stage_sum) as stage_sum, pg_catalog.sum(c.byte_count) as byte_count,
      c.value is not null and pg_catalog.sum(c.row_count) > 0 as is_listed
    from private.current_counts as c
    where c.workspace_id = any (scope)
      and c.subject = any (array['reasoning_trace', 'memory_item'])
      and c.facet = any (array['total', 'outcome', 'difficulty', 'domain', 'evolution_stage', 'tag', 'embedding_model'])
    group by c.subject, c.facet, c.value
  ) as g;
  other_outcome_traces := total_traces - success_traces - failure_traces - partial_traces;
  success_rate := 100.0 * success_traces / nullif(total_traces, 0);
  failure_rate := 100.0 * failure_traces / nullif(total_traces, 0);
  partial_rate := 100.0 * partial_traces / nullif(total_traces, 0);
  avg_evolution_stage := stages::double precision / nullif(total_memories, 0);
  trace_embedding_coverage := 100.0 * embedded_traces / nullif(total_traces, 0);
  embedding_coverage := 100.0 * embedded_memories / nullif(total_memories, 0);

  select pg_catalog.min(t.first_at), pg_catalog.max(t.last_at)
  into first_trace_at, last_trace_at
  from pg_catalog.unnest(scope) as s (workspace_id)
  cross join lateral (
    select pg_catalog.min(r.created_at) as first_at, pg_catalog.max(r.created_at) as last_at
    from public.reasoning_traces as r where r.workspace_id = s.workspace_id
  ) as t;
  return next;
end;
$$;
comment on function public.get_statistics(text[], boolean) is
  'One row about all of these workspaces together. Rates and coverages are percentages, null where there is nothing to '
  'divide by; distributions are {"value": rows}; content_bytes counts texts, JSON and vectors.';
revoke execute on function public.get_statistics(text[], boolean) from public, anon;
grant execute on function public.get_statistics(text[], boolean) to authenticated, service_role;

create function public.list_workspace_statistics(workspace_filter text[] default null, all_workspaces boolean default false)
returns table (
  workspace_id text,
  name text,
  total_traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  success_rate double precision,
  total_memories bigint,
  memories_with_errors bigint,
  avg_evolution_stage double precision,
  embedding_coverage double precision,
  first_trace_at timestamptz,
  last_trace_at timestamptz,
  top_domains text[],
  content_bytes bigint
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return query
  select
    w.id,
    w.name,
    s.total_traces,
    s.success_traces,
    s.failure_traces,
    s.partial_traces,
    s.success_rate,
    s.total_memories,
    s.memories_with_errors,
    s.avg_evolution_stage,
    s.embedding_coverage,
    s.first_trace_at,
    s.last_trace_at,
    array(
      select d.key
      from pg_catalog.jsonb_each(s.domain_distribution) as d
      order by d.value::bigint desc, d.key
      limit 3
    ),
    s.content_bytes
  from pg_catalog.unnest(
    private.search_scope(list_workspace_statistics.workspace_filter, list_workspace_statistics.all_workspaces)
  ) as c (id)
  join public.workspaces as w on w.id = c.id
  cross join lateral public.get_statistics(array[w.id]) as s
  order by w.name, w.id;
end;
$$;
comment on function public.list_workspace_statistics(text[], boolean) is 'One row for each of these workspaces, by name.';
revoke execute on function public.list_workspace_statistics(text[], boolean) from public, anon;
grant execute on function public.list_workspace_statistics(text[], boolean) to authenticated, service_role;

create function public.get_daily_growth(
  workspace_filter text[] default null,
  from_day date default null,
  to_day date default null,
  all_workspaces boolean default false
)
returns table (
  day date,
  traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  memories bigint,
  memories_with_errors bigint,
  content_bytes bigint
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  return query
  select
    c.day,
    coalesce(pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace'), 0)::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'success'), 0
    )::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'failure'), 0
    )::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'partial'), 0
    )::bigint,
    coalesce(pg_catalog.sum(c.row_count) filter (where c.subject = 'memory_item'), 0)::bigint,
    coalesce(pg_catalog.sum(c.error_count) filter (where c.subject = 'memory_item'), 0)::bigint,
    coalesce(pg_catalog.sum(c.byte_count), 0)::bigint
  from private.current_counts as c
  where c.workspace_id = any (scope)
    and c.subject = any (array['reasoning_trace', 'memory_item'])
    and c.facet = 'day'
    and (get_daily_growth.from_day is null or c.day >= get_daily_growth.from_day)
    and (get_daily_growth.to_day is null or c.day <= get_daily_growth.to_day)
  group by c.day
  having pg_catalog.sum(c.row_count) > 0
  order by c.day;
end;
$$;
comment on function public.get_daily_growth(text[], date, date, boolean) is
  'Rows by day of their created_at in UTC, days without any left out, both ends included; rows without a time come under '
  'a null day, the last, unless a range is given.';
revoke execute on function public.get_daily_growth(text[], date, date, boolean) from public, anon;
grant execute on function public.get_daily_growth(text[], date, date, boolean) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090400', 'create_statistics_functions');

-- 20261125090500_create_search_indexes.sql

-- Partial, so that vectors of two models never share a graph; vectors of other models are compared exactly.
create index memory_items_embedding_index
  on public.memory_items using hnsw (content_embedding extensions.vector_cosine_ops)
  where embedding_model = 'all-MiniLM-L6-v2';
create index reasoning_traces_embedding_index
  on public.reasoning_traces using hnsw (task_embedding extensions.vector_cosine_ops)
  where embedding_model = 'all-MiniLM-L6-v2';

create index memory_items_domain_index on public.memory_items (workspace_id, domain_category);
create index memory_items_difficulty_index on public.memory_items (workspace_id, difficulty_level);

create function private.search_document(title text, description text, content text, pattern_tags text[])
returns tsvector
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', pg_catalog.left(title, 5000)), 'A')
    || pg_catalog.setweight(
      pg_catalog.to_tsvector(
        'pg_catalog.english',
        pg_catalog.concat_ws(
          ' ',
          pg_catalog.left(description, 20000),
          pg_catalog.left(pg_catalog.array_to_string(pattern_tags, ' '), 5000)
        )
      ),
      'B'
    )
    || pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', pg_catalog.left(content, 50000)), 'C')
    || pg_catalog.strip(
      pg_catalog.to_tsvector(
        'pg_catalog.simple',
        pg_catalog.concat_ws(
          ' ',
          pg_catalog.left(title, 5000),
          pg_catalog.left(description, 20000),
          pg_catalog.left(pg_catalog.array_to_string(pattern_tags, ' '), 5000),
          pg_catalog.left(content, 50000)
        )
      )
    )
$$;
comment on function private.search_document(text, text, text, text[]) is
  'What keyword search looks at: stems by where they stand, and the unstemmed words for prefixes. Only the beginning of '
  'very long texts, because a tsvector ends at 1 MB. Immutable in spite of array_to_string, which is stable only for '
  'elements whose text form depends on settings.';
revoke execute on function private.search_document(text, text, text, text[]) from public, anon;
grant execute on function private.search_document(text, text, text, text[]) to authenticated, service_role;

alter table public.memory_items
  add column search_document tsvector
  -- A rewrite once is the price of a column that can not fall behind its row.
  -- squawk-ignore adding-field-with-default
  generated always as (private.search_document(title, description, content, pattern_tags)) stored;
comment on column public.memory_items.search_document is 'Made from title, description, tags and content for keyword search.';

create index memory_items_search_document_index on public.memory_items using gin (search_document);

-- Typos are forgiven where the server has pg_trgm, as every Supabase project does.
do $$
begin
  if not exists (select from pg_catalog.pg_available_extensions as a where a.name = 'pg_trgm') then
    return;
  end if;
  if not exists (select from pg_catalog.pg_extension as e where e.extname = 'pg_trgm') then
    create extension pg_trgm with schema extensions;
  end if;
  if pg_catalog.to_regproc('extensions.word_similarity') is not null then
    create index memory_items_title_index on public.memory_items using gin (title extensions.gin_trgm_ops);
  end if;
end;
$$;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090500', 'create_search_indexes');

-- 20261125090600_create_search_functions.sql

-- Searches return the k best rows the caller may see, or all there are. An approximate index knows nothing of who may see
-- what: it is asked for the nearest of all tenants, and only where many rows qualify. When too few of them are the caller's,
-- every row of his is compared. An iterative scan would go on until there are k, but from a far cluster it brings any k.

-- pgvector's settings are unknown to a session until its library is loaded, and nearest_rows names them.
do $$ begin perform '[1]'::extensions.vector; end; $$;

create type private.search_filter as (
  domains text[],
  tags text[],
  difficulties text[],
  outcomes text[],
  include_errors boolean,
  only_errors boolean,
  min_evolution_stage integer,
  max_evolution_stage integer,
  created_from timestamptz,
  created_to timestamptz,
  excluded_id uuid
);

create function private.search_condition(subject text, filter private.search_filter)
returns text
language sql
immutable
set search_path = ''
as $$
  select case subject
    when 'memory_item' then pg_catalog.concat_ws(
      ' and ',
      'true',
      case when filter.domains is not null then 'r.domain_category = any (($1).domains)' end,
      case when filter.tags is not null then 'r.pattern_tags operator(pg_catalog.&&) ($1).tags' end,
      case when filter.difficulties is not null then 'r.difficulty_level = any (($1).difficulties)' end,
      case when filter.outcomes is not null then
        'exists (select from public.reasoning_traces as o where o.workspace_id = r.workspace_id '
          'and o.id = r.trace_id and o.outcome = any (($1).outcomes))'
      end,
      -- What private.is_error says, written out because it is asked of every row compared.
      case when filter.include_errors is false then
        '(r.error_context is null or r.error_context in (''{}'', ''null'', ''""''))'
      end,
      case when filter.only_errors then 'r.error_context not in (''{}'', ''null'', ''""'')' end,
      case when filter.min_evolution_stage is not null then 'r.evolution_stage >= ($1).min_evolution_stage' end,
      case when filter.max_evolution_stage is not null then 'r.evolution_stage <= ($1).max_evolution_stage' end,
      case when filter.created_from is not null then 'r.created_at >= ($1).created_from' end,
      case when filter.created_to is not null then 'r.created_at < ($1).created_to' end,
      case when filter.excluded_id is not null then 'r.id <> ($1).excluded_id' end
    )
    when 'reasoning_trace' then pg_catalog.concat_ws(
      ' and ',
      'true',
      case when filter.domains is not null then
        'exists (select from public.memory_items as i where i.workspace_id = r.workspace_id '
          'and i.trace_id = r.id and i.domain_category = any (($1).domains))'
      end,
      case when filter.outcomes is not null then 'r.outcome = any (($1).outcomes)' end,
      case when filter.created_from is not null then 'r.created_at >= ($1).created_from' end,
      case when filter.created_to is not null then 'r.created_at < ($1).created_to' end
    )
  end
$$;
comment on function private.search_condition(text, private.search_filter) is
  'The where clause of a filter over rows r of a table, with the filter itself as $1. It is put together from the constants '
  'above only, so no value ever becomes part of a statement.';
revoke execute on function private.search_condition(text, private.search_filter) from public, anon;
grant execute on function private.search_condition(text, private.search_filter) to authenticated, service_role;

create function private.check_match_count(match_count integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (match_count between 1 and 1000) is not true then
    raise exception 'match_count is %, expected 1 to 1000', coalesce(match_count::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'Ask for fewer results, or read the table page by page.';
  end if;
end;
$$;
comment on function private.check_match_count(integer) is 'Raises 22023 unless this many results can be asked for.';
revoke execute on function private.check_match_count(integer) from public, anon;
grant execute on function private.check_match_count(integer) to authenticated, service_role;

create function private.check_query_embedding(
  query_embedding extensions.vector, query_model text, scope text[], subject text
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  stored pg_catalog.jsonb;
begin
  if query_embedding is null or extensions.vector_dims(query_embedding) <> 384 then
    raise exception 'query_embedding has % dimensions, expected 384',
      coalesce(extensions.vector_dims(query_embedding)::pg_catalog.text, 'no')
      using errcode = '22023', hint = 'Embed the query with the model of the stored vectors, all-MiniLM-L6-v2.';
  end if;
  if extensions.vector_norm(query_embedding) = 0 then
    raise exception 'query_embedding is the zero vector, which has no direction'
      using errcode = '22023', hint = 'Embed a text that is not empty.';
  end if;
  stored := private.distribution(scope, check_query_embedding.subject, 'embedding_model');
  if stored <> '{}' and not stored ? coalesce(query_model, '') then
    raise exception 'The query was embedded by "%", the stored vectors by %', query_model,
      (select pg_catalog.string_agg(pg_catalog.quote_ident(k), ', ' order by k)
       from pg_catalog.jsonb_object_keys(stored) as k)
      using errcode = '22023', detail = 'embedding_mismatch',
        hint = 'Vectors of two models can not be compared: embed the query with the same model.';
  end if;
end;
$$;
comment on function private.check_query_embedding(extensions.vector, text, text[], text) is
  'Raises 22023 for a vector that can not be compared with the stored ones.';
revoke execute on function private.check_query_embedding(extensions.vector, text, text[], text) from public, anon;
grant execute on function private.check_query_embedding(extensions.vector, text, text[], text)
  to authenticated, service_role;

create function private.count_embedded(scope text[], subject text, facet text, wanted text[])
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(pg_catalog.sum(c.embedded_count), 0)
    from private.current_counts as c
    where c.workspace_id = any (scope) and c.subject = count_embedded.subject and c.facet = count_embedded.facet
      and c.value = any (wanted)
  );
end;
$$;
comment on function private.count_embedded(text[], text, text, text[]) is
  'Rows with a vector that have one of these values, from the counts alone; of tags, which a row has several of, at most.';
revoke execute on function private.count_embedded(text[], text, text, text[]) from public, anon;
grant execute on function private.count_embedded(text[], text, text, text[]) to authenticated, service_role;

create function private.count_candidates(scope text[], subject text, query_model text, filter private.search_filter)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  fewest bigint := private.count_embedded(scope, subject, 'embedding_model', array[query_model]);
begin
  if subject = 'reasoning_trace' then
    if filter.outcomes is not null then
      fewest := least(fewest, private.count_embedded(scope, subject, 'outcome', filter.outcomes));
    end if;
    return fewest;
  end if;
  if filter.domains is not null then
    fewest := least(fewest, private.count_embedded(scope, subject, 'domain', filter.domains));
  end if;
  if filter.tags is not null then
    fewest := least(fewest, private.count_embedded(scope, subject, 'tag', filter.tags));
  end if;
  if filter.difficulties is not null then
    fewest := least(fewest, private.count_embedded(scope, subject, 'difficulty', filter.difficulties));
  end if;
  if filter.only_errors then
    fewest := least(fewest, (
      select coalesce(pg_catalog.sum(c.error_count), 0)
      from private.current_counts as c
      where c.workspace_id = any (scope) and c.subject = 'memory_item' and c.facet = 'total'
    ));
  end if;
  return fewest;
end;
$$;
comment on function private.count_candidates(text[], text, text, private.search_filter) is
  'At most how many rows a search can find, from the counts alone.';
revoke execute on function private.count_candidates(text[], text, text, private.search_filter) from public, anon;
grant execute on function private.count_candidates(text[], text, text, private.search_filter)
  to authenticated, service_role;

create type private.neighbour as (distance double precision, workspace_id text, id uuid);

create function private.nearest_rows(
  subject text,
  scope text[],
  query_embedding extensions.vector,
  query_model text,
  match_count integer,
  filter private.search_filter
)
returns setof private.neighbour
language plpgsql
stable
set search_path = ''
set jit = off
set enable_sort = on
set hnsw.iterative_scan = off
set hnsw.ef_search = 400
as $$
declare
  -- Up to here comparing every row costs no more than the index: see benchmarks/README.md.
  exact_limit constant bigint := 4000;
  indexed_model constant pg_catalog.text := 'all-MiniLM-L6-v2';
  candidates constant bigint := private.count_candidates(scope, subject, query_model, filter);
  relation constant pg_catalog.text := case subject
    when 'memory_item' then 'public.memory_items' when 'reasoning_trace' then 'public.reasoning_traces' end;
  embedding constant pg_catalog.text := case subject
    when 'memory_item' then 'r.content_embedding' when 'reasoning_trace' then 'r.task_embedding' end;
  condition constant pg_catalog.text := private.search_condition(subject, filter);
  breadth integer;
  nearest private.neighbour[];
begin
  if candidates = 0 then
    return;
  end if;
  foreach breadth in array array[400, 1000] loop
    exit when query_model <> indexed_model or candidates <= exact_limit * breadth / 400
      or 2 * match_count > breadth;
    perform
      pg_catalog.set_config('enable_sort', 'off', true),
      pg_catalog.set_config('hnsw.ef_search', breadth::pg_catalog.text, true);
    execute pg_catalog.format(
      $statement$
        select pg_catalog.array_agg(n order by n.distance, n.workspace_id, n.id)
        from (
          select %1$s operator(extensions.<=>) $2 as distance, r.workspace_id, r.id
          from %2$s as r
          where r.embedding_model = %3$L and r.workspace_id = any ($3) and %4$s
          order by %1$s operator(extensions.<=>) $2
          limit %5$s
        ) as n
      $statement$,
      embedding, relation, indexed_model, condition, breadth
    ) into nearest using filter, query_embedding, scope;
    perform pg_catalog.set_config('enable_sort', 'on', true);
    -- Only where twice as many are among the nearest of all tenants are the best of them surely the best there are.
    if pg_catalog.cardinality(nearest) >= 2 * match_count then
      return query
      select n.distance, n.workspace_id, n.id from pg_catalog.unnest(nearest[:match_count]) as n;
      return;
    end if;
  end loop;
  -- "+ 0" keeps the planner away from the index.
  return query execute pg_catalog.format(
    $statement$
      select (%1$s operator(extensions.<=>) $2) + 0 as distance, r.workspace_id, r.id
      from %2$s as r
      where r.embedding_model = $4 and %1$s is not null and r.workspace_id = any ($3) and %3$s
      order by distance, r.workspace_id, r.id
      limit $5
    $statement$,
    embedding, relation, condition
  ) using filter, query_embedding, scope, query_model, match_count;
end;
$$;
comment on function private.nearest_rows(text, text[], extensions.vector, text, integer, private.search_filter) is
  'The nearest rows by cosine distance, the nearest first, ties by id. Runs as the caller: row level security guards it, '
  'whatever the scope says. The settings end with the call.';
revoke execute on function private.nearest_rows(text, text[], extensions.vector, text, integer, private.search_filter)
  from public, anon;
grant execute on function private.nearest_rows(text, text[], extensions.vector, text, integer, private.search_filter)
  to authenticated, service_role;

create function private.check_similarity(min_similarity double precision)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if min_similarity is not null and not min_similarity between -1 and 1 then
    raise exception 'min_similarity is %, expected -1 to 1', min_similarity
      using errcode = '22023', hint = 'Similarity is a cosine; leave it out to get the best whatever they are.';
  end if;
end;
$$;
comment on function private.check_similarity(double precision) is 'Raises 22023 unless it is a cosine or null.';
revoke execute on function private.check_similarity(double precision) from public, anon;
grant execute on function private.check_similarity(double precision) to authenticated, service_role;

create type private.score_weights as (
  similarity double precision,
  recency double precision,
  error double precision,
  recency_days double precision
);

create function private.check_score_weights(weights private.score_weights, rank_by text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (rank_by in ('similarity', 'score')) is not true then
    raise exception 'rank_by is "%", expected similarity or score', coalesce(rank_by, 'null') using errcode = '22023';
  end if;
  if (
    weights.similarity between 0 and 1e6 and weights.recency between 0 and 1e6 and weights.error between 0 and 1e6
    and weights.similarity + weights.recency + weights.error > 0 and weights.recency_days between 1e-3 and 1e6
  ) is not true then
    raise exception 'The weights of the score are %, expected three that are not negative, one of them positive, and a positive number of days',
      weights
      using errcode = '22023', hint = 'The defaults are 0.6, 0.3, 0.1 and 30.';
  end if;
end;
$$;
comment on function private.check_score_weights(private.score_weights, text) is 'Raises 22023 for weights that make no mean.';
revoke execute on function private.check_score_weights(private.score_weights, text) from public, anon;
grant execute on function private.check_score_weights(private.score_weights, text) to authenticated, service_role;

create type public.found_memory_item as (
  workspace_id text,
  id uuid,
  trace_id uuid,
  title text,
  description text,
  content text,
  error_context jsonb,
  pattern_tags text[],
  difficulty_level text,
  domain_category text,
  evolution_stage integer,
  created_at timestamptz,
  updated_at timestamptz,
  source_id text,
  ordinal integer,
  embedding_status text,
  embedding_model text,
  embedding_is_stale boolean,
  extras jsonb,
  notes jsonb,
  links jsonb,
  trace_task text,
  trace_outcome text,
  trace_created_at timestamptz,
  similarity double precision,
  recency double precision,
  error double precision,
  score double precision,
  semantic_rank integer,
  keyword_rank integer,
  keyword_score double precision,
  fused_score double precision
);
comment on type public.found_memory_item is
  'A memory item with its trace and why it was found. similarity is the cosine, -1 to 1; recency is exp(-age / recency_days), '
  'the age that of the item or else of its trace; error is 1 for one learned from a mistake; score is their weighted mean, '
  'where an unknown part and a negative similarity count 0. Ranks count from 1; what a search did not look at is null.';

create type private.match as (
  workspace_id text,
  id uuid,
  similarity double precision,
  semantic_rank integer,
  keyword_rank integer,
  keyword_score double precision,
  fused_score double precision
);

create function private.links_of(workspace_id text, child_kind text, child_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
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
  where (l.workspace_id, l.child_kind, l.child_id) = (links_of.workspace_id, links_of.child_kind, links_of.child_id)
$$;
comment on function private.links_of(text, text, uuid) is 'Where one row came from, as JSON.';
revoke execute on function private.links_of(text, text, uuid) from public, anon;
grant execute on function private.links_of(text, text, uuid) to authenticated, service_role;

create function private.describe_matches(matches private.match[], weights private.score_weights)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return query
  select
    m.workspace_id, m.id, m.trace_id, m.title, m.description, m.content, m.error_context, m.pattern_tags,
    m.difficulty_level, m.domain_category, m.evolution_stage, m.created_at, m.updated_at, m.source_id, m.ordinal,
    m.embedding_status, m.embedding_model, m.embedding_is_stale, m.extras, m.notes,
    private.links_of(m.workspace_id, 'memory_item', m.id),
    t.task, t.outcome, t.created_at,
    f.similarity, p.recency, p.error,
    (
      weights.similarity * greatest(coalesce(f.similarity, 0), 0)
      + weights.recency * coalesce(p.recency, 0)
      + weights.error * p.error
    ) / (weights.similarity + weights.recency + weights.error),
    f.semantic_rank, f.keyword_rank, f.keyword_score, f.fused_score
  from pg_catalog.unnest(matches) as f
  join public.memory_items as m on (m.workspace_id, m.id) = (f.workspace_id, f.id)
  left join public.reasoning_traces as t on (t.workspace_id, t.id) = (m.workspace_id, m.trace_id)
  cross join lateral (
    select
      pg_catalog.exp(
        greatest(pg_catalog.extract('epoch', pg_catalog.now() - coalesce(m.created_at, t.created_at)), 0)::double precision
          / -86400 / weights.recency_days
      ) as recency,
      private.is_error(m.error_context)::integer::double precision as error
  ) as p;
end;
$$;
comment on function private.describe_matches(private.match[], private.score_weights) is
  'The rows of what was found, in any order, with their scores.';
revoke execute on function private.describe_matches(private.match[], private.score_weights) from public, anon;
grant execute on function private.describe_matches(private.match[], private.score_weights) to authenticated, service_role;

create function public.search_similar_memories(
  query_embedding extensions.vector,
  match_count integer default 10,
  workspace_filter text[] default null,
  domain_filter text[] default null,
  tag_filter text[] default null,
  difficulty_filter text[] default null,
  include_errors boolean default true,
  min_similarity double precision default null,
  outcome_filter text[] default null,
  only_errors boolean default false,
  min_evolution_stage integer default null,
  max_evolution_stage integer default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  query_model text default 'all-MiniLM-L6-v2',
  rank_by text default 'similarity',
  similarity_weight double precision default 0.6,
  recency_weight double precision default 0.3,
  error_weight double precision default 0.1,
  recency_days double precision default 30,
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  weights constant private.score_weights := row(similarity_weight, recency_weight, error_weight, recency_days);
  filter constant private.search_filter := row(
    domain_filter, tag_filter, difficulty_filter, outcome_filter, include_errors, only_errors, min_evolution_stage,
    max_evolution_stage, created_from, created_to, null
  );
begin
  perform private.check_match_count(match_count);
  perform private.check_similarity(min_similarity);
  perform private.check_score_weights(weights, rank_by);
  perform private.check_query_embedding(query_embedding, query_model, scope, 'memory_item');
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(
        n.workspace_id, n.id, 1 - n.distance, pg_catalog.row_number() over (order by n.distance, n.workspace_id, n.id),
        null, null, null
      )::private.match
      from private.nearest_rows(
        'memory_item', scope, query_embedding, query_model,
        case rank_by when 'score' then greatest(4 * match_count, 50) else match_count end,
        filter
      ) as n
      where min_similarity is null or 1 - n.distance >= min_similarity
    ),
    weights
  ) as f
  order by case rank_by when 'score' then f.score end desc, f.semantic_rank
  limit match_count;
end;
$$;
comment on function public.search_similar_memories(
  extensions.vector, integer, text[], text[], text[], text[], boolean, double precision, text[], boolean, integer, integer,
  timestamptz, timestamptz, text, text, double precision, double precision, double precision, double precision, boolean
) is
  'The memory items nearest to a vector among all that the caller may see and the filters let through, the nearest first; '
  'match_count of them if there are as many. A filter lets through what has any of its values. With rank_by "score" the '
  'max(4 * match_count, 50) nearest are ranked by their score. Raises 22023.';
revoke execute on function public.search_similar_memories(
  extensions.vector, integer, text[], text[], text[], text[], boolean, double precision, text[], boolean, integer, integer,
  timestamptz, timestamptz, text, text, double precision, double precision, double precision, double precision, boolean
) from public, anon;
grant execute on function public.search_similar_memories(
  extensions.vector, integer, text[], text[], text[], text[], boolean, double precision, text[], boolean, integer, integer,
  timestamptz, timestamptz, text, text, double precision, double precision, double precision, double precision, boolean
) to authenticated, service_role;

create function public.find_similar_memories(
  workspace_id text,
  memory_item_id uuid,
  match_count integer default 10,
  workspace_filter text[] default null,
  min_similarity double precision default null,
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  weights constant private.score_weights := row(0.6, 0.3, 0.1, 30);
  item record;
begin
  perform private.check_match_count(match_count);
  perform private.check_similarity(min_similarity);
  select m.content_embedding, m.embedding_model into item
  from public.memory_items as m
  where m.workspace_id = find_similar_memories.workspace_id and m.id = memory_item_id;
  if not found then
    raise exception 'There is no memory item % in workspace "%"', memory_item_id, find_similar_memories.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  if item.content_embedding is null then
    raise exception 'Memory item % has no vector to compare', memory_item_id
      using errcode = '22023', hint = 'Embed it first.';
  end if;
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(
        n.workspace_id, n.id, 1 - n.distance, pg_catalog.row_number() over (order by n.distance, n.workspace_id, n.id),
        null, null, null
      )::private.match
      from private.nearest_rows(
        'memory_item', scope, item.content_embedding, item.embedding_model, match_count,
        row(null, null, null, null, null, null, null, null, null, null, memory_item_id)
      ) as n
      where min_similarity is null or 1 - n.distance >= min_similarity
    ),
    weights
  ) as f
  order by f.semantic_rank;
end;
$$;
comment on function public.find_similar_memories(text, uuid, integer, text[], double precision, boolean) is
  'The memory items nearest to this one, by the vectors that are stored: no model is needed. Raises 22023 and PT404.';
revoke execute on function public.find_similar_memories(text, uuid, integer, text[], double precision, boolean)
  from public, anon;
grant execute on function public.find_similar_memories(text, uuid, integer, text[], double precision, boolean)
  to authenticated, service_role;

create type public.found_trace as (
  workspace_id text,
  id uuid,
  task text,
  outcome text,
  metadata jsonb,
  created_at timestamptz,
  memory_items bigint,
  similarity double precision,
  recency double precision,
  semantic_rank integer
);
comment on type public.found_trace is
  'A reasoning trace and why it was found: similarity is the cosine of the tasks, recency exp(-age / 30 days).';

create function public.search_similar_traces(
  query_embedding extensions.vector,
  match_count integer default 10,
  workspace_filter text[] default null,
  outcome_filter text[] default null,
  domain_filter text[] default null,
  min_similarity double precision default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  query_model text default 'all-MiniLM-L6-v2',
  all_workspaces boolean default false
)
returns setof public.found_trace
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  filter constant private.search_filter := row(
    domain_filter, null, null, outcome_filter, null, null, null, null, created_from, created_to, null
  );
begin
  perform private.check_match_count(match_count);
  perform private.check_similarity(min_similarity);
  perform private.check_query_embedding(query_embedding, query_model, scope, 'reasoning_trace');
  return query
  select
    t.workspace_id, t.id, t.task, t.outcome, t.metadata, t.created_at,
    (
      select pg_catalog.count(*)
      from public.memory_items as m where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
    ),
    1 - n.distance,
    pg_catalog.exp(
      greatest(pg_catalog.extract('epoch', pg_catalog.now() - t.created_at), 0)::double precision / -86400 / 30
    ),
    n.semantic_rank::integer
  from (
    select r.*, pg_catalog.row_number() over (order by r.distance, r.workspace_id, r.id) as semantic_rank
    from private.nearest_rows('reasoning_trace', scope, query_embedding, query_model, match_count, filter) as r
  ) as n
  join public.reasoning_traces as t on (t.workspace_id, t.id) = (n.workspace_id, n.id)
  where min_similarity is null or 1 - n.distance >= min_similarity
  order by n.semantic_rank;
end;
$$;
comment on function public.search_similar_traces(
  extensions.vector, integer, text[], text[], text[], double precision, timestamptz, timestamptz, text, boolean
) is
  'The traces whose tasks are nearest to a vector among all that the caller may see and the filters let through, the nearest '
  'first. A domain lets through the traces that taught something in it. Raises 22023.';
revoke execute on function public.search_similar_traces(
  extensions.vector, integer, text[], text[], text[], double precision, timestamptz, timestamptz, text, boolean
) from public, anon;
grant execute on function public.search_similar_traces(
  extensions.vector, integer, text[], text[], text[], double precision, timestamptz, timestamptz, text, boolean
) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090600', 'create_search_functions');

-- 20261125090700_create_keyword_search.sql

create function private.keyword_query(query_text text)
returns tsquery
language plpgsql
immutable
set search_path = ''
set client_min_messages = warning
as $$
declare
  whole constant pg_catalog.tsquery := pg_catalog.websearch_to_tsquery('pg_catalog.english', query_text);
  -- The word that is still being typed; not inside of quotes.
  last_word constant pg_catalog.text := (pg_catalog.regexp_match(query_text, '(?:^|\s)(\w+)$'))[1];
  before constant pg_catalog.tsquery := pg_catalog.websearch_to_tsquery(
    'pg_catalog.english',
    pg_catalog.left(query_text, pg_catalog.length(query_text) - coalesce(pg_catalog.length(last_word), 0))
  );
  prefix pg_catalog.tsquery;
begin
  if last_word is null or pg_catalog.length(pg_catalog.regexp_replace(query_text, '[^"]', '', 'g')) % 2 = 1 then
    return whole;
  end if;
  prefix := pg_catalog.to_tsquery('pg_catalog.simple', pg_catalog.quote_literal(last_word) || ':*');
  if pg_catalog.numnode(before) > 0 then
    prefix := before operator(pg_catalog.&&) prefix;
  end if;
  return case when pg_catalog.numnode(whole) = 0 then prefix else whole operator(pg_catalog.||) prefix end;
end;
$$;
comment on function private.keyword_query(text) is
  'Words, "phrases", or, and -exclusions as web search engines have them; the last word may be unfinished.';
revoke execute on function private.keyword_query(text) from public, anon;
grant execute on function private.keyword_query(text) to authenticated, service_role;

create type private.keyword_match as (
  workspace_id text, id uuid, keyword_score double precision, keyword_rank integer
);

create function private.match_keywords(
  scope text[], query_text text, match_count integer, filter private.search_filter
)
returns setof private.keyword_match
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  allowed constant pg_catalog.text[] := case
    when private.caller_is_trusted() then scope
    else array(
      select w.id from pg_catalog.unnest(scope) as w (id) where w.id = any (private.my_workspaces())
    )
  end;
  condition constant pg_catalog.text := private.search_condition('memory_item', filter);
  query constant pg_catalog.tsquery := private.keyword_query(query_text);
  found bigint;
begin
  return query execute pg_catalog.format(
    $statement$
      select f.workspace_id, f.id, f.keyword_score, (pg_catalog.row_number() over (
        order by f.keyword_score desc, f.workspace_id, f.id
      ))::integer
      from (
        select
          r.workspace_id, r.id, pg_catalog.ts_rank(r.search_document, $4, 1)::double precision as keyword_score
        from public.memory_items as r
        where r.workspace_id = any ($2) and r.search_document operator(pg_catalog.@@) $4 and %1$s
        order by keyword_score desc, r.workspace_id, r.id
        limit $3
      ) as f
      order by 4
    $statement$,
    condition
  ) using filter, allowed, match_count, query;
  get diagnostics found = row_count;
  -- What is similar could not be held against an exclusion.
  if found >= match_count or query::pg_catalog.text like '%!%'
    or pg_catalog.to_regproc('extensions.word_similarity') is null then
    return;
  end if;
  return query execute pg_catalog.format(
    $statement$
      select f.workspace_id, f.id, f.keyword_score, ($6 + pg_catalog.row_number() over (
        order by f.keyword_score desc, f.workspace_id, f.id
      ))::integer
      from (
        select
          r.workspace_id, r.id, extensions.word_similarity($5, r.title)::double precision as keyword_score
        from public.memory_items as r
        where r.workspace_id = any ($2) and $5 operator(extensions.<%%) r.title
          and not r.search_document operator(pg_catalog.@@) $4 and %1$s
        order by keyword_score desc, r.workspace_id, r.id
        limit $3 - $6
      ) as f
      order by 4
    $statement$,
    condition
  ) using filter, allowed, match_count, query, query_text, found;
end;
$$;
comment on function private.match_keywords(text[], text, integer, private.search_filter) is
  'Memory items that hold the words, the best first; if these are too few, those with similar words in the title after them, '
  'where the server has pg_trgm. Security definer: text operators may not use an index under row level security, so the workspaces of the caller '
  'are looked up here and are the first condition of every read.';
revoke execute on function private.match_keywords(text[], text, integer, private.search_filter) from public, anon;
grant execute on function private.match_keywords(text[], text, integer, private.search_filter)
  to authenticated, service_role;

create function private.check_query_text(query_text text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (pg_catalog.btrim(query_text) <> '' and pg_catalog.char_length(query_text) <= 10000) is not true then
    raise exception 'query_text has % characters, expected 1 to 10000', coalesce(pg_catalog.char_length(query_text), 0)
      using errcode = '22023', hint = 'Give the words to look for.';
  end if;
end;
$$;
comment on function private.check_query_text(text) is 'Raises 22023 unless there is something to look for.';
revoke execute on function private.check_query_text(text) from public, anon;
grant execute on function private.check_query_text(text) to authenticated, service_role;

create function public.search_memories_by_keyword(
  query_text text,
  match_count integer default 10,
  workspace_filter text[] default null,
  domain_filter text[] default null,
  tag_filter text[] default null,
  difficulty_filter text[] default null,
  include_errors boolean default true,
  outcome_filter text[] default null,
  only_errors boolean default false,
  min_evolution_stage integer default null,
  max_evolution_stage integer default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  perform private.check_query_text(query_text);
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(k.workspace_id, k.id, null, null, k.keyword_rank, k.keyword_score, null)::private.match
      from private.match_keywords(
        scope, query_text, match_count,
        row(
          domain_filter, tag_filter, difficulty_filter, outcome_filter, include_errors, only_errors, min_evolution_stage,
          max_evolution_stage, created_from, created_to, null
        )
      ) as k
    ),
    row(0.6, 0.3, 0.1, 30)
  ) as f
  order by f.keyword_rank;
end;
$$;
comment on function public.search_memories_by_keyword(
  text, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, boolean
) is
  'The memory items that hold these words in title, description, tags or content, the best first: words, "phrases", or, '
  '-exclusions; the last word may be unfinished. Where the server has pg_trgm, titles with similar words come after them. '
  'Raises 22023.';
revoke execute on function public.search_memories_by_keyword(
  text, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, boolean
) from public, anon;
grant execute on function public.search_memories_by_keyword(
  text, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, boolean
) to authenticated, service_role;

create function public.search_memories(
  query_text text,
  query_embedding extensions.vector,
  match_count integer default 10,
  workspace_filter text[] default null,
  domain_filter text[] default null,
  tag_filter text[] default null,
  difficulty_filter text[] default null,
  include_errors boolean default true,
  outcome_filter text[] default null,
  only_errors boolean default false,
  min_evolution_stage integer default null,
  max_evolution_stage integer default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  query_model text default 'all-MiniLM-L6-v2',
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  depth constant integer := least(1000, greatest(50, 4 * match_count));
  filter constant private.search_filter := row(
    domain_filter, tag_filter, difficulty_filter, outcome_filter, include_errors, only_errors, min_evolution_stage,
    max_evolution_stage, created_from, created_to, null
  );
begin
  perform private.check_match_count(match_count);
  perform private.check_query_text(query_text);
  perform private.check_query_embedding(query_embedding, query_model, scope, 'memory_item');
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(
        workspace_id, id, s.similarity, s.semantic_rank, k.keyword_rank, k.keyword_score,
        coalesce(1.0 / (60 + s.semantic_rank), 0) + coalesce(1.0 / (60 + k.keyword_rank), 0)
      )::private.match
      from (
        select
          n.workspace_id, n.id, 1 - n.distance as similarity,
          pg_catalog.row_number() over (order by n.distance, n.workspace_id, n.id) as semantic_rank
        from private.nearest_rows('memory_item', scope, query_embedding, query_model, depth, filter) as n
      ) as s
      full join private.match_keywords(scope, query_text, depth, filter) as k using (workspace_id, id)
    ),
    row(0.6, 0.3, 0.1, 30)
  ) as f
  order by f.fused_score desc, f.semantic_rank, f.workspace_id, f.id
  limit match_count;
end;
$$;
comment on function public.search_memories(
  text, extensions.vector, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz,
  timestamptz, text, boolean
) is
  'Meaning and words together: the max(4 * match_count, 50) best of each are fused by reciprocal rank, 1 / (60 + rank) each '
  '(Cormack, Clarke and Buettcher, SIGIR 2009), the parts returned. Raises 22023.';
revoke execute on function public.search_memories(
  text, extensions.vector, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz,
  timestamptz, text, boolean
) from public, anon;
grant execute on function public.search_memories(
  text, extensions.vector, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz,
  timestamptz, text, boolean
) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090700', 'create_keyword_search');

-- 20261125090800_create_retrieval_events.sql

alter table public.workspaces add column records_query_text boolean not null default false;
comment on column public.workspaces.records_query_text is
  'Whether retrieval events keep what was asked; otherwise only its hash.';
grant update (records_query_text) on public.workspaces to authenticated;

create table public.retrieval_events (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null default pg_catalog.gen_random_uuid(),
  occurred_at timestamptz not null default pg_catalog.now(),
  user_id uuid references auth.users (id) on delete set null,
  backend text not null check (pg_catalog.char_length(backend) between 1 and 50),
  search_kind text not null
    check (search_kind in ('semantic', 'keyword', 'hybrid', 'similar_memories', 'similar_traces')),
  query_hash bytea check (pg_catalog.octet_length(query_hash) = 32),
  query_text text,
  match_count integer not null check (match_count between 1 and 1000),
  result_count integer not null check (result_count between 0 and 1000),
  embedding_ms double precision check (embedding_ms >= 0),
  database_ms double precision check (database_ms >= 0),
  total_ms double precision check (total_ms >= 0),
  error_code text check (pg_catalog.char_length(error_code) between 1 and 100),
  served_trace_id uuid,
  primary key (workspace_id, id)
);
comment on table public.retrieval_events is 'One search by a program or a person: what it cost, and what it was for.';
comment on column public.retrieval_events.user_id is 'Null for the service role.';
comment on column public.retrieval_events.query_hash is 'SHA-256 of the query text, null when there was none.';
comment on column public.retrieval_events.embedding_ms is 'Milliseconds for embedding the query; null when no model was used.';
comment on column public.retrieval_events.database_ms is 'Milliseconds from asking the database to its answer.';
comment on column public.retrieval_events.served_trace_id is
  'The trace for which memories were recalled, once it is stored. No foreign key: it comes later and may go earlier.';

create index retrieval_events_occurred_at_index on public.retrieval_events (workspace_id, occurred_at);
create index retrieval_events_user_index on public.retrieval_events (user_id);
create index retrieval_events_served_trace_index on public.retrieval_events (workspace_id, served_trace_id);

create table public.retrieval_results (
  workspace_id text not null,
  event_id uuid not null,
  rank integer not null check (rank between 1 and 1000),
  result_id uuid not null,
  score double precision,
  is_helpful boolean,
  primary key (workspace_id, event_id, rank),
  foreign key (workspace_id, event_id)
    references public.retrieval_events (workspace_id, id) on delete cascade
);
comment on table public.retrieval_results is 'One memory item, or trace, that a search returned.';
comment on column public.retrieval_results.rank is 'Place in the answer, from 1.';
comment on column public.retrieval_results.result_id is
  'Id of the memory item or, for similar_traces, of the trace. No foreign key: what was recalled may be deleted later.';
comment on column public.retrieval_results.is_helpful is 'What the caller said of it afterwards; null when nothing.';

create index retrieval_results_result_index on public.retrieval_results (workspace_id, result_id);

alter table public.retrieval_events enable row level security;
alter table public.retrieval_results enable row level security;

create policy "Members read the retrievals of their workspaces"
  on public.retrieval_events for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members read what was retrieved in their workspaces"
  on public.retrieval_results for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.retrieval_events, public.retrieval_results from anon, authenticated, service_role;
grant select on public.retrieval_events, public.retrieval_results to authenticated;
grant select, insert, update, delete on public.retrieval_events, public.retrieval_results to service_role;

create function private.record_retrieval(
  workspace_id text, backend text, search_kind text, match_count integer, result_ids uuid[],
  result_scores double precision[], query_text text, query_hash bytea, embedding_ms double precision,
  database_ms double precision, total_ms double precision, error_code text, served_trace_id uuid,
  event_id uuid, occurred_at timestamptz
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  new_id constant pg_catalog.uuid := coalesce(record_retrieval.event_id, pg_catalog.gen_random_uuid());
begin
  perform private.require_role(record_retrieval.workspace_id, 'viewer');
  if (record_retrieval.occurred_at <= pg_catalog.now() + interval '1 minute') is false then
    raise exception 'occurred_at lies in the future' using errcode = '22023', hint = 'Leave it out to mean now.';
  end if;
  if pg_catalog.cardinality(record_retrieval.result_scores) <> pg_catalog.cardinality(record_retrieval.result_ids) then
    raise exception 'There are % scores for % results', pg_catalog.cardinality(record_retrieval.result_scores),
      pg_catalog.cardinality(record_retrieval.result_ids)
      using errcode = '22023', hint = 'Give one score for each result, or none at all.';
  end if;
  insert into public.retrieval_events (
    workspace_id, id, occurred_at, user_id, backend, search_kind, query_hash, query_text, match_count, result_count,
    embedding_ms, database_ms, total_ms, error_code, served_trace_id
  )
  select
    w.id, new_id, coalesce(record_retrieval.occurred_at, pg_catalog.now()), private.caller_id(), record_retrieval.backend,
    record_retrieval.search_kind,
    coalesce(
      record_retrieval.query_hash,
      pg_catalog.sha256(pg_catalog.convert_to(record_retrieval.query_text, 'UTF8'))
    ),
    case when w.records_query_text then pg_catalog.left(record_retrieval.query_text, 10000) end,
    record_retrieval.match_count, coalesce(pg_catalog.cardinality(record_retrieval.result_ids), 0),
    record_retrieval.embedding_ms, record_retrieval.database_ms, record_retrieval.total_ms,
    record_retrieval.error_code, record_retrieval.served_trace_id
  from public.workspaces as w
  where w.id = record_retrieval.workspace_id
  on conflict (workspace_id, id) do nothing;
  if not found then
    return new_id;
  end if;
  insert into public.retrieval_results (workspace_id, event_id, rank, result_id, score)
  select record_retrieval.workspace_id, new_id, r.rank, r.result_id, r.score
  from rows from (
    pg_catalog.unnest(record_retrieval.result_ids), pg_catalog.unnest(record_retrieval.result_scores)
  ) with ordinality as r (result_id, score, rank);
  return new_id;
end;
$$;
comment on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) is
  'Security definer: viewers record too, and nobody may write events in another''s name or change them afterwards.';
revoke execute on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) from public, anon;
grant execute on function private.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) to authenticated, service_role;

create function public.record_retrieval(
  workspace_id text,
  backend text,
  search_kind text,
  match_count integer,
  result_ids uuid[] default '{}',
  result_scores double precision[] default null,
  query_text text default null,
  query_hash bytea default null,
  embedding_ms double precision default null,
  database_ms double precision default null,
  total_ms double precision default null,
  error_code text default null,
  served_trace_id uuid default null,
  event_id uuid default null,
  occurred_at timestamptz default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.record_retrieval(
    record_retrieval.workspace_id, record_retrieval.backend, record_retrieval.search_kind, record_retrieval.match_count,
    record_retrieval.result_ids, record_retrieval.result_scores, record_retrieval.query_text, record_retrieval.query_hash,
    record_retrieval.embedding_ms, record_retrieval.database_ms, record_retrieval.total_ms, record_retrieval.error_code,
    record_retrieval.served_trace_id, record_retrieval.event_id, record_retrieval.occurred_at
  )
$$;
comment on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) is
  'Records a search and returns the event''s id, for any member. result_ids and result_scores are in the order of the answer. '
  'A second call with the same event_id changes nothing. The text is kept only where the workspace allows it.';
revoke execute on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) from public, anon;
grant execute on function public.record_retrieval(
  text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision,
  double precision, text, uuid, uuid, timestamptz
) to authenticated, service_role;

create function private.mark_retrieval(
  workspace_id text, event_id uuid, helpful_ids uuid[], unhelpful_ids uuid[], served_trace_id uuid
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  marked integer;
begin
  perform private.require_role(mark_retrieval.workspace_id, 'viewer');
  update public.retrieval_events as e
  set served_trace_id = coalesce(mark_retrieval.served_trace_id, e.served_trace_id)
  where e.workspace_id = mark_retrieval.workspace_id
    and e.id = mark_retrieval.event_id
    and (private.caller_is_trusted() or e.user_id = private.caller_id());
  if not found then
    raise exception 'There is no retrieval % of yours in workspace "%"', mark_retrieval.event_id,
      mark_retrieval.workspace_id
      using errcode = 'PT404', hint = 'Only who recorded a retrieval can say whether it helped.';
  end if;
  update public.retrieval_results as r
  set is_helpful = r.result_id = any (mark_retrieval.helpful_ids)
  where r.workspace_id = mark_retrieval.workspace_id
    and r.event_id = mark_retrieval.event_id
    and r.result_id = any (mark_retrieval.helpful_ids || mark_retrieval.unhelpful_ids);
  get diagnostics marked = row_count;
  return marked;
end;
$$;
comment on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) is
  'Security definer: there is no direct update of events.';
revoke execute on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) from public, anon;
grant execute on function private.mark_retrieval(text, uuid, uuid[], uuid[], uuid) to authenticated, service_role;

create function public.mark_retrieval(
  workspace_id text,
  event_id uuid,
  helpful_ids uuid[] default '{}',
  unhelpful_ids uuid[] default '{}',
  served_trace_id uuid default null
)
returns integer
language sql
set search_path = ''
as $$
  select private.mark_retrieval(
    mark_retrieval.workspace_id, mark_retrieval.event_id, mark_retrieval.helpful_ids, mark_retrieval.unhelpful_ids,
    mark_retrieval.served_trace_id
  )
$$;
comment on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) is
  'Says which results of one''s own retrieval helped and which trace it served; returns how many results were marked.';
revoke execute on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) from public, anon;
grant execute on function public.mark_retrieval(text, uuid, uuid[], uuid[], uuid) to authenticated, service_role;

create function private.check_retention_days(retention_days integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (retention_days between 1 and 36500) is not true then
    raise exception 'retention_days is %, expected 1 to 36500', coalesce(retention_days::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'Give the number of days whose rows are kept.';
  end if;
end;
$$;
comment on function private.check_retention_days(integer) is 'Raises 22023 for a retention that would delete everything.';
revoke execute on function private.check_retention_days(integer) from public, anon;
grant execute on function private.check_retention_days(integer) to authenticated, service_role;

create function private.delete_old_retrievals(workspace_id text, retention_days integer, dry_run boolean)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  deleted bigint;
begin
  perform private.require_role(delete_old_retrievals.workspace_id, 'editor');
  perform private.check_retention_days(retention_days);
  if dry_run is not false then
    select pg_catalog.count(*) into deleted
    from public.retrieval_events as e
    where e.workspace_id = delete_old_retrievals.workspace_id
      and e.occurred_at < pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
    return deleted;
  end if;
  delete from public.retrieval_events as e
  where e.workspace_id = delete_old_retrievals.workspace_id
    and e.occurred_at < pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
  get diagnostics deleted = row_count;
  return deleted;
end;
$$;
comment on function private.delete_old_retrievals(text, integer, boolean) is
  'Security definer: there is no direct delete of events.';
revoke execute on function private.delete_old_retrievals(text, integer, boolean) from public, anon;
grant execute on function private.delete_old_retrievals(text, integer, boolean) to authenticated, service_role;

create function public.delete_old_retrievals(workspace_id text, retention_days integer, dry_run boolean default true)
returns bigint
language sql
set search_path = ''
as $$
  select private.delete_old_retrievals(
    delete_old_retrievals.workspace_id, delete_old_retrievals.retention_days, delete_old_retrievals.dry_run
  )
$$;
comment on function public.delete_old_retrievals(text, integer, boolean) is
  'Deletes the retrieval events of a workspace that are older than so many days, for its editors, and returns how many; by '
  'default it only counts them.';
revoke execute on function public.delete_old_retrievals(text, integer, boolean) from public, anon;
grant execute on function public.delete_old_retrievals(text, integer, boolean) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090800', 'create_retrieval_events');

-- 20261125090900_create_retrieval_statistics.sql

create function public.get_retrieval_latency(
  bucket interval default '1 hour',
  workspace_filter text[] default null,
  from_time timestamptz default null,
  to_time timestamptz default null,
  backend_filter text[] default null,
  all_workspaces boolean default false
)
returns table (
  bucket_start timestamptz,
  backend text,
  searches bigint,
  errors bigint,
  embedded_searches bigint,
  embedding_p50_ms double precision,
  embedding_p95_ms double precision,
  embedding_p99_ms double precision,
  database_p50_ms double precision,
  database_p95_ms double precision,
  database_p99_ms double precision,
  total_p50_ms double precision,
  total_p95_ms double precision,
  total_p99_ms double precision
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  places constant double precision[] := array[0.5, 0.95, 0.99];
begin
  if (get_retrieval_latency.bucket >= interval '1 second'
    and get_retrieval_latency.bucket < interval '1 month') is not true then
    raise exception 'bucket is %, expected 1 second to 29 days', coalesce(get_retrieval_latency.bucket::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'Give a length such as 1 hour or 1 day.';
  end if;
  return query
  select
    b.bucket_start, b.backend, b.searches, b.errors, b.embedded_searches,
    b.embedding[1], b.embedding[2], b.embedding[3],
    b.database[1], b.database[2], b.database[3],
    b.total[1], b.total[2], b.total[3]
  from (
    select
      pg_catalog.date_bin(get_retrieval_latency.bucket, e.occurred_at, '2000-01-03 00:00:00+00') as bucket_start,
      e.backend,
      pg_catalog.count(*) as searches,
      pg_catalog.count(e.error_code) as errors,
      pg_catalog.count(e.embedding_ms) as embedded_searches,
      pg_catalog.percentile_cont(places) within group (order by e.embedding_ms) as embedding,
      pg_catalog.percentile_cont(places) within group (order by e.database_ms) as database,
      pg_catalog.percentile_cont(places) within group (order by e.total_ms) as total
    from public.retrieval_events as e
    where e.workspace_id = any (scope)
      and (from_time is null or e.occurred_at >= from_time)
      and (to_time is null or e.occurred_at < to_time)
      and (backend_filter is null or e.backend = any (backend_filter))
    group by 1, 2
  ) as b
  order by b.bucket_start, b.backend;
end;
$$;
comment on function public.get_retrieval_latency(interval, text[], timestamptz, timestamptz, text[], boolean) is
  'Percentiles of the measured milliseconds by time and backend, buckets without a search left out; embedding percentiles '
  'are null where no model was used. Days and weeks begin in UTC, weeks on Monday. Raises 22023.';
revoke execute on function public.get_retrieval_latency(interval, text[], timestamptz, timestamptz, text[], boolean)
  from public, anon;
grant execute on function public.get_retrieval_latency(interval, text[], timestamptz, timestamptz, text[], boolean)
  to authenticated, service_role;

create function public.get_retrieval_statistics(
  workspace_filter text[] default null,
  from_time timestamptz default null,
  to_time timestamptz default null,
  backend_filter text[] default null,
  all_workspaces boolean default false
)
returns table (
  searches bigint,
  errors bigint,
  error_rate double precision,
  hits bigint,
  hit_rate double precision,
  results bigint,
  helpful_results bigint,
  unhelpful_results bigint,
  helpful_rate double precision,
  traces_with_memories bigint,
  success_rate_with_memories double precision,
  traces_without_memories bigint,
  success_rate_without_memories double precision
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  select pg_catalog.count(*), pg_catalog.count(e.error_code),
    pg_catalog.count(*) filter (where e.error_code is null and e.result_count > 0)
  into searches, errors, hits
  from public.retrieval_events as e
  where e.workspace_id = any (scope)
    and (from_time is null or e.occurred_at >= from_time)
    and (to_time is null or e.occurred_at < to_time)
    and (backend_filter is null or e.backend = any (backend_filter));
  error_rate := 100.0 * errors / nullif(searches, 0);
  hit_rate := 100.0 * hits / nullif(searches - errors, 0);

  select pg_catalog.count(*), pg_catalog.count(*) filter (where r.is_helpful),
    pg_catalog.count(*) filter (where not r.is_helpful)
  into results, helpful_results, unhelpful_results
  from public.retrieval_events as e
  join public.retrieval_results as r on (r.workspace_id, r.event_id) = (e.workspace_id, e.id)
  where e.workspace_id = any (scope)
    and (from_time is null or e.occurred_at >= from_time)
    and (to_time is null or e.occurred_at < to_time)
    and (backend_filter is null or e.backend = any (backend_filter));
  helpful_rate := 100.0 * helpful_results / nullif(helpful_results + unhelpful_results, 0);

  select
    pg_catalog.count(*) filter (where s.had_memories),
    100.0 * pg_catalog.count(*) filter (where s.had_memories and s.outcome = 'success')
      / nullif(pg_catalog.count(*) filter (where s.had_memories), 0),
    pg_catalog.count(*) filter (where not s.had_memories),
    100.0 * pg_catalog.count(*) filter (where not s.had_memories and s.outcome = 'success')
      / nullif(pg_catalog.count(*) filter (where not s.had_memories), 0)
  into traces_with_memories, success_rate_with_memories, traces_without_memories, success_rate_without_memories
  from (
    select t.outcome, pg_catalog.bool_or(e.result_count > 0) as had_memories
    from public.retrieval_events as e
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (e.workspace_id, e.served_trace_id)
    where e.workspace_id = any (scope)
      and e.search_kind <> 'similar_traces'
      and (from_time is null or e.occurred_at >= from_time)
      and (to_time is null or e.occurred_at < to_time)
      and (backend_filter is null or e.backend = any (backend_filter))
    group by t.workspace_id, t.id, t.outcome
  ) as s;
  return next;
end;
$$;
comment on function public.get_retrieval_statistics(text[], timestamptz, timestamptz, text[], boolean) is
  'One row about the recorded searches: a hit is one that returned something; rates are percentages, null where there is '
  'nothing to divide by. Success with and without memories compares the traces for which memories were asked: those that got '
  'some with those that got none.';
revoke execute on function public.get_retrieval_statistics(text[], timestamptz, timestamptz, text[], boolean)
  from public, anon;
grant execute on function public.get_retrieval_statistics(text[], timestamptz, timestamptz, text[], boolean)
  to authenticated, service_role;

create function public.list_recalled_memories(
  workspace_filter text[] default null,
  from_time timestamptz default null,
  to_time timestamptz default null,
  match_count integer default 10,
  all_workspaces boolean default false
)
returns table (
  workspace_id text,
  id uuid,
  title text,
  recalls bigint,
  helpful bigint,
  unhelpful bigint,
  average_rank double precision,
  last_recalled_at timestamptz
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  return query
  select
    m.workspace_id, m.id, m.title, r.recalls, r.helpful, r.unhelpful, r.average_rank, r.last_recalled_at
  from (
    select
      r.workspace_id,
      r.result_id,
      pg_catalog.count(*) as recalls,
      pg_catalog.count(*) filter (where r.is_helpful) as helpful,
      pg_catalog.count(*) filter (where not r.is_helpful) as unhelpful,
      pg_catalog.avg(r.rank)::double precision as average_rank,
      pg_catalog.max(e.occurred_at) as last_recalled_at
    from public.retrieval_events as e
    join public.retrieval_results as r on (r.workspace_id, r.event_id) = (e.workspace_id, e.id)
    where e.workspace_id = any (scope)
      and e.search_kind <> 'similar_traces'
      and (from_time is null or e.occurred_at >= from_time)
      and (to_time is null or e.occurred_at < to_time)
    group by r.workspace_id, r.result_id
  ) as r
  join public.memory_items as m on (m.workspace_id, m.id) = (r.workspace_id, r.result_id)
  order by r.recalls desc, r.last_recalled_at desc, m.workspace_id, m.id
  limit match_count;
end;
$$;
comment on function public.list_recalled_memories(text[], timestamptz, timestamptz, integer, boolean) is
  'The memory items that searches returned most often, deleted ones left out.';
revoke execute on function public.list_recalled_memories(text[], timestamptz, timestamptz, integer, boolean)
  from public, anon;
grant execute on function public.list_recalled_memories(text[], timestamptz, timestamptz, integer, boolean)
  to authenticated, service_role;

create function public.list_never_recalled_memories(
  workspace_filter text[] default null,
  match_count integer default 10,
  all_workspaces boolean default false
)
returns table (workspace_id text, id uuid, title text, created_at timestamptz)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  return query
  select p.workspace_id, p.id, p.title, p.created_at
  from pg_catalog.unnest(scope) as w (id)
  cross join lateral (
    select m.workspace_id, m.id, m.title, m.created_at
    from public.memory_items as m
    where m.workspace_id = w.id
      and not exists (
        select
        from public.retrieval_results as r
        where (r.workspace_id, r.result_id) = (m.workspace_id, m.id)
      )
    order by greatest(m.created_at, '-infinity'), m.id desc
    limit match_count
  ) as p
  order by p.created_at nulls first, p.workspace_id, p.id desc
  limit match_count;
end;
$$;
comment on function public.list_never_recalled_memories(text[], integer, boolean) is
  'Memory items that no recorded search ever returned, the oldest first.';
revoke execute on function public.list_never_recalled_memories(text[], integer, boolean) from public, anon;
grant execute on function public.list_never_recalled_memories(text[], integer, boolean) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125090900', 'create_retrieval_statistics');

-- 20261125091000_create_archived_traces.sql

create table public.archived_traces (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null,
  archived_at timestamptz not null default pg_catalog.now(),
  archived_by uuid references auth.users (id) on delete set null,
  trace jsonb not null,
  memory_items jsonb not null,
  lineage_links jsonb not null,
  primary key (workspace_id, id)
);
comment on table public.archived_traces is
  'A trace that was put away with its memory items and links, as their rows were. Searches and statistics do not see it.';

create index archived_traces_archived_by_index on public.archived_traces (archived_by);

alter table public.archived_traces enable row level security;

create policy "Members read the archives of their workspaces"
  on public.archived_traces for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.archived_traces from anon, authenticated, service_role;
grant select on public.archived_traces to authenticated;
grant select, insert, update, delete on public.archived_traces to service_role;

create function private.delete_old_traces(
  workspace_id text, retention_days integer, dry_run boolean, archive boolean
)
returns table (
  deleted_traces bigint, deleted_memory_items bigint, kept_without_time bigint, retention_cutoff timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  old_ids pg_catalog.uuid[];
begin
  perform private.require_role(delete_old_traces.workspace_id, 'editor');
  perform private.check_retention_days(retention_days);
  retention_cutoff := pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
  old_ids := array(
    select t.id
    from public.reasoning_traces as t
    where t.workspace_id = delete_old_traces.workspace_id and t.created_at < retention_cutoff
    order by t.id
  );
  deleted_traces := pg_catalog.cardinality(old_ids);
  select pg_catalog.count(*) into deleted_memory_items
  from public.memory_items as m
  where m.workspace_id = delete_old_traces.workspace_id and m.trace_id = any (old_ids);
  select pg_catalog.count(*) into kept_without_time
  from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.created_at is null;
  if dry_run is not false then
    return next;
    return;
  end if;

  -- New memory items of these traces wait, and then find them gone.
  perform
  from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids)
  order by t.id
  for update;

  if archive is true then
    insert into public.archived_traces as a (workspace_id, id, archived_by, trace, memory_items, lineage_links)
    select
      t.workspace_id,
      t.id,
      private.caller_id(),
      pg_catalog.to_jsonb(t),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(m) - 'search_document' order by m.ordinal, m.id), '[]')
        from public.memory_items as m
        where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
      ),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l) order by l.child_kind, l.child_id, l.relation, l.ordinal), '[]')
        from public.lineage_links as l
        where l.workspace_id = t.workspace_id
          and (
            (l.child_kind = 'trace' and l.child_id = t.id)
            or (
              l.child_kind = 'memory_item'
              and l.child_id in (
                select m.id from public.memory_items as m where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
              )
            )
          )
      )
    from public.reasoning_traces as t
    where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids)
    on conflict (workspace_id, id) do update set
      archived_at = pg_catalog.now(),
      archived_by = excluded.archived_by,
      trace = excluded.trace,
      memory_items = excluded.memory_items,
      lineage_links = excluded.lineage_links;
  end if;
  delete from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids);
  return next;
end;
$$;
comment on function private.delete_old_traces(text, integer, boolean, boolean) is
  'Security definer: nobody but this may write the archive.';
revoke execute on function private.delete_old_traces(text, integer, boolean, boolean) from public, anon;
grant execute on function private.delete_old_traces(text, integer, boolean, boolean) to authenticated, service_role;

create function public.delete_old_traces(
  workspace_id text, retention_days integer, dry_run boolean default true, archive boolean default false
)
returns table (
  deleted_traces bigint, deleted_memory_items bigint, kept_without_time bigint, retention_cutoff timestamptz
)
language sql
set search_path = ''
as $$
  select d.deleted_traces, d.deleted_memory_items, d.kept_without_time, d.retention_cutoff
  from private.delete_old_traces(
    delete_old_traces.workspace_id, delete_old_traces.retention_days, delete_old_traces.dry_run,
    delete_old_traces.archive
  ) as d
$$;
comment on function public.delete_old_traces(text, integer, boolean, boolean) is
  'Deletes, or archives, the traces of a workspace that are older than so many days, each with all its memory items, for '
  'editors. By default it only counts them. Traces without a time stay; links of younger rows to what is gone stay too.';
revoke execute on function public.delete_old_traces(text, integer, boolean, boolean) from public, anon;
grant execute on function public.delete_old_traces(text, integer, boolean, boolean) to authenticated, service_role;

create function private.insert_json_rows(relation regclass, json_rows jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  columns constant pg_catalog.text := (
    select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum)
    from pg_catalog.pg_attribute as a
    where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  );
begin
  execute pg_catalog.format(
    'insert into %1$s (%2$s) select %2$s from pg_catalog.jsonb_populate_recordset(null::%1$s, $1)', relation, columns
  ) using json_rows;
end;
$$;
comment on function private.insert_json_rows(regclass, jsonb) is 'Puts rows back as to_jsonb made them.';
revoke execute on function private.insert_json_rows(regclass, jsonb) from public, anon;

create function private.restore_archived_trace(workspace_id text, trace_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  archived public.archived_traces;
begin
  perform private.require_role(restore_archived_trace.workspace_id, 'editor');
  delete from public.archived_traces as a
  where a.workspace_id = restore_archived_trace.workspace_id and a.id = restore_archived_trace.trace_id
  returning a.* into archived;
  if not found then
    raise exception 'There is no archived trace % in workspace "%"', restore_archived_trace.trace_id,
      restore_archived_trace.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  perform
    private.insert_json_rows('public.reasoning_traces', pg_catalog.jsonb_build_array(archived.trace)),
    private.insert_json_rows('public.memory_items', archived.memory_items),
    private.insert_json_rows('public.lineage_links', archived.lineage_links);
  return pg_catalog.jsonb_array_length(archived.memory_items);
end;
$$;
comment on function private.restore_archived_trace(text, uuid) is
  'Security definer: nobody but this may take from the archive or write the columns that users may not.';
revoke execute on function private.restore_archived_trace(text, uuid) from public, anon;
grant execute on function private.restore_archived_trace(text, uuid) to authenticated, service_role;

create function public.restore_archived_trace(workspace_id text, trace_id uuid)
returns bigint
language sql
set search_path = ''
as $$
  select private.restore_archived_trace(restore_archived_trace.workspace_id, restore_archived_trace.trace_id)
$$;
comment on function public.restore_archived_trace(text, uuid) is
  'Puts an archived trace back as it was, for editors, and returns how many memory items came with it. Raises PT404, and '
  '23505 when its id was given to another trace meanwhile.';
revoke execute on function public.restore_archived_trace(text, uuid) from public, anon;
grant execute on function public.restore_archived_trace(text, uuid) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125091000', 'create_archived_traces');

-- 20261125091100_create_genealogy.sql

create type private.kin as (
  direction text,
  depth integer,
  relation text,
  kind text,
  workspace_id text,
  id uuid,
  linked_id uuid
);

create function private.is_there(kind text, workspace_id text, id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case is_there.kind
    when 'memory_item' then exists (
      select from public.memory_items as m where (m.workspace_id, m.id) = (is_there.workspace_id, is_there.id)
    )
    when 'trace' then exists (
      select from public.reasoning_traces as t where (t.workspace_id, t.id) = (is_there.workspace_id, is_there.id)
    )
  end
$$;
comment on function private.is_there(text, text, uuid) is 'Whether the caller may see such a row.';
revoke execute on function private.is_there(text, text, uuid) from public, anon;
grant execute on function private.is_there(text, text, uuid) to authenticated, service_role;

create function private.parents_of(children private.kin[], scope text[])
returns setof private.kin
language sql
stable
set search_path = ''
as $$
  select
    'ancestor', c.depth + 1, l.relation, l.target_kind,
    case
      when private.is_there(l.target_kind, l.workspace_id, l.target_id) then l.workspace_id
      else (
        select w.id
        from pg_catalog.unnest(scope) as w (id)
        where private.is_there(l.target_kind, w.id, l.target_id)
        order by w.id
        limit 1
      )
    end,
    l.target_id, c.id
  from pg_catalog.unnest(children) as c
  join public.lineage_links as l
    on (l.workspace_id, l.child_kind, l.child_id) = (c.workspace_id, c.kind, c.id)
  where l.relation <> 'related'
$$;
comment on function private.parents_of(private.kin[], text[]) is
  'Where these rows came from: in their own workspace, else in another that the caller may see, else with a null workspace.';
revoke execute on function private.parents_of(private.kin[], text[]) from public, anon;
grant execute on function private.parents_of(private.kin[], text[]) to authenticated, service_role;

create function private.children_of(parents private.kin[], scope text[])
returns setof private.kin
language sql
stable
set search_path = ''
as $$
  select 'descendant', p.depth + 1, l.relation, l.child_kind, l.workspace_id, l.child_id, p.id
  from pg_catalog.unnest(parents) as p
  join public.lineage_links as l
    on l.workspace_id = any (scope) and (l.target_kind, l.target_id) = (p.kind, p.id)
  where l.relation <> 'related'
    and (l.workspace_id = p.workspace_id or not private.is_there(l.target_kind, l.workspace_id, l.target_id))
$$;
comment on function private.children_of(private.kin[], text[]) is
  'What came from these rows. A row of the same id in the child''s own workspace is the nearer parent.';
revoke execute on function private.children_of(private.kin[], text[]) from public, anon;
grant execute on function private.children_of(private.kin[], text[]) to authenticated, service_role;

create function private.find_kin(origin private.kin, scope text[], max_depth integer)
returns private.kin[]
language plpgsql
stable
set search_path = ''
as $$
declare
  found private.kin[] := array[origin];
  generation private.kin[];
  side pg_catalog.text;
begin
  foreach side in array array['ancestor', 'descendant'] loop
    generation := array[origin];
    for level in 1..max_depth loop
      -- Each row once, where it is nearest: that ends cycles too.
      generation := array(
        select k
        from (
          select distinct on (n.kind, n.workspace_id, n.id) n.*
          from (
            select a.* from private.parents_of(generation, scope) as a where side = 'ancestor'
            union all
            select d.* from private.children_of(generation, scope) as d where side = 'descendant'
          ) as n
          order by n.kind, n.workspace_id, n.id, n.relation, n.linked_id
        ) as k
        where not exists (
          select
          from pg_catalog.unnest(found) as f
          where (f.kind, f.id) = (k.kind, k.id)
            and f.workspace_id is not distinct from k.workspace_id
            and f.direction in ('self', side)
        )
      );
      exit when pg_catalog.cardinality(generation) = 0;
      found := found || generation;
    end loop;
  end loop;
  return found;
end;
$$;
comment on function private.find_kin(private.kin, text[], integer) is
  'A row with its ancestors and descendants, generation by generation.';
revoke execute on function private.find_kin(private.kin, text[], integer) from public, anon;
grant execute on function private.find_kin(private.kin, text[], integer) to authenticated, service_role;

create type public.genealogy_row as (
  direction text,
  depth integer,
  relation text,
  kind text,
  workspace_id text,
  id uuid,
  linked_id uuid,
  state text,
  title text,
  evolution_stage integer,
  outcome text,
  created_at timestamptz
);
comment on type public.genealogy_row is
  'One relative. direction is self, ancestor or descendant; linked_id is the row one step nearer to self; state is visible, '
  'redacted (gone, or in a workspace the caller is no member of: which of both is not told) or missing (for the service role, '
  'who sees every workspace).';

create function public.get_genealogy(
  workspace_id text, id uuid, kind text default 'memory_item', max_depth integer default 50
)
returns setof public.genealogy_row
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  is_trusted constant boolean := private.caller_is_trusted();
  scope constant pg_catalog.text[] := private.search_scope(null, true);
begin
  if (get_genealogy.kind in ('memory_item', 'trace')) is not true then
    raise exception 'kind is "%", expected memory_item or trace', coalesce(get_genealogy.kind, 'null')
      using errcode = '22023';
  end if;
  if (get_genealogy.max_depth between 1 and 1000) is not true then
    raise exception 'max_depth is %, expected 1 to 1000', coalesce(get_genealogy.max_depth::pg_catalog.text, 'null')
      using errcode = '22023';
  end if;
  if not private.is_there(get_genealogy.kind, get_genealogy.workspace_id, get_genealogy.id) then
    raise exception 'There is no % % in workspace "%"', get_genealogy.kind, get_genealogy.id, get_genealogy.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  return query
  select
    k.direction, k.depth, k.relation, k.kind, k.workspace_id, k.id, k.linked_id,
    case when k.workspace_id is not null then 'visible' when is_trusted then 'missing' else 'redacted' end,
    coalesce(m.title, t.task), m.evolution_stage, t.outcome, coalesce(m.created_at, t.created_at)
  from pg_catalog.unnest(
    private.find_kin(
      row('self', 0, null, get_genealogy.kind, get_genealogy.workspace_id, get_genealogy.id, null)::private.kin,
      scope,
      get_genealogy.max_depth
    )
  ) as k
  left join public.memory_items as m
    on k.kind = 'memory_item' and (m.workspace_id, m.id) = (k.workspace_id, k.id)
  left join public.reasoning_traces as t
    on k.kind = 'trace' and (t.workspace_id, t.id) = (k.workspace_id, k.id)
  order by
    pg_catalog.array_position(array['self', 'ancestor', 'descendant'], k.direction), k.depth, k.kind, k.workspace_id, k.id;
end;
$$;
comment on function public.get_genealogy(text, uuid, text, integer) is
  'A memory item or trace with all its ancestors and descendants, each once and where it is nearest, cycles cut. Follows '
  'parent and derived_from. Raises PT404 and 22023.';
revoke execute on function public.get_genealogy(text, uuid, text, integer) from public, anon;
grant execute on function public.get_genealogy(text, uuid, text, integer) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125091100', 'create_genealogy');

-- 20261125091200_create_write_functions.sql

alter table public.reasoning_traces add column content_digest bytea;
alter table public.reasoning_traces
  add constraint reasoning_traces_content_digest_is_sha256
    check (pg_catalog.octet_length(content_digest) = 32) not valid;
comment on column public.reasoning_traces.content_digest is
  'SHA-256 of what add_trace was given, vectors left out: the same again changes nothing.';

grant insert (source_id, source_created_at, notes, content_digest) on public.reasoning_traces to authenticated;
grant insert (source_id, source_created_at, notes) on public.memory_items to authenticated;
grant update (evolution_stage) on public.memory_items to authenticated;

create function private.embedding_status(embedding extensions.vector)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when embedding is null then 'missing' else 'present' end
$$;
comment on function private.embedding_status(extensions.vector) is 'The status of a row that was written here.';
revoke execute on function private.embedding_status(extensions.vector) from public, anon;
grant execute on function private.embedding_status(extensions.vector) to authenticated, service_role;

create function private.json_object(document text, expected text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := document::pg_catalog.jsonb;
begin
  if pg_catalog.jsonb_typeof(content) is distinct from 'object' then
    raise exception 'Expected %, got JSON of type %', expected, coalesce(pg_catalog.jsonb_typeof(content), 'null')
      using errcode = '22023', hint = 'Give a JSON object as text.';
  end if;
  return content;
end;
$$;
comment on function private.json_object(text, text) is 'Raises 22023 for JSON that is no object, 22P02 for text that is no JSON.';
revoke execute on function private.json_object(text, text) from public, anon;
grant execute on function private.json_object(text, text) to authenticated, service_role;

create function private.add_links(workspace_id text, child_kind text, child_id uuid, links jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into public.lineage_links (
    workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id, source_reference
  )
  select
    add_links.workspace_id, add_links.child_kind, add_links.child_id, l.relation, l.ordinal, l.target_kind, l.target_id,
    l.source_reference
  from pg_catalog.jsonb_to_recordset(coalesce(links, '[]')) as l (
    relation pg_catalog.text, ordinal integer, target_kind pg_catalog.text, target_id pg_catalog.uuid, source_reference pg_catalog.text
  )
$$;
comment on function private.add_links(text, text, uuid, jsonb) is
  'Links of one row: [{"relation", "ordinal", "target_kind", "target_id", "source_reference"}, ...].';
revoke execute on function private.add_links(text, text, uuid, jsonb) from public, anon;
grant execute on function private.add_links(text, text, uuid, jsonb) to authenticated, service_role;

create function private.check_embedding_model(workspace_id text, subject text, model text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  stored constant pg_catalog.jsonb := private.distribution(
    array[check_embedding_model.workspace_id], check_embedding_model.subject, 'embedding_model'
  );
begin
  if stored <> '{}' and not stored ? model then
    raise exception 'The vectors given are of "%", those in workspace "%" of %', model,
      check_embedding_model.workspace_id,
      (select pg_catalog.string_agg(pg_catalog.quote_ident(k), ', ' order by k) from pg_catalog.jsonb_object_keys(stored) as k)
      using errcode = '22023', detail = 'embedding_mismatch',
        hint = 'Vectors of two models can not be compared: embed with the same model.';
  end if;
end;
$$;
comment on function private.check_embedding_model(text, text, text) is
  'Raises 22023 where vectors of a second model would come into a workspace.';
revoke execute on function private.check_embedding_model(text, text, text) from public, anon;
grant execute on function private.check_embedding_model(text, text, text) to authenticated, service_role;

create function private.content_of(document jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select (document - array['task_embedding', 'memory_items', 'content_digest']) || pg_catalog.jsonb_build_object(
    'memory_items',
    (
      select coalesce(pg_catalog.jsonb_agg(i.item - 'content_embedding' order by i.place), '[]')
      from pg_catalog.jsonb_array_elements(coalesce(nullif(document -> 'memory_items', 'null'), '[]')) with ordinality as i (item, place)
    )
  )
$$;
comment on function private.content_of(jsonb) is
  'A document without its vectors: the same text embedded twice may differ in a last bit.';
revoke execute on function private.content_of(jsonb) from public, anon;
grant execute on function private.content_of(jsonb) to authenticated, service_role;

create function private.add_memory_items(trace public.reasoning_traces, items jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.memory_items (
    workspace_id, id, source_id, trace_id, ordinal, title, description, content, content_embedding, embedding_status,
    embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at,
    source_created_at, extras, notes
  )
  select
    trace.workspace_id, m.id, m.source_id, trace.id, i.place - 1, m.title, m.description, m.content,
    m.content_embedding, private.embedding_status(m.content_embedding),
    case when m.content_embedding is not null then m.embedding_model end, nullif(m.error_context, 'null'),
    m.pattern_tags, m.difficulty_level, m.domain_category, coalesce(m.evolution_stage, 0),
    coalesce(m.created_at, trace.created_at), m.source_created_at, coalesce(m.extras, '{}'), coalesce(m.notes, '[]')
  from pg_catalog.jsonb_array_elements(items) with ordinality as i (item, place)
  cross join lateral pg_catalog.jsonb_populate_record(null::public.memory_items, i.item) as m;
exception when unique_violation then
  raise exception 'Workspace "%" has another memory item under an id of trace %', trace.workspace_id, trace.id
    using errcode = 'PT409', detail = 'memory_item_conflict', hint = 'Give each memory item a new id.';
end;
$$;
comment on function private.add_memory_items(public.reasoning_traces, jsonb) is
  'The memory items of a trace that was just added, in their order. Raises PT409 for an id that is taken.';
revoke execute on function private.add_memory_items(public.reasoning_traces, jsonb) from public, anon;
grant execute on function private.add_memory_items(public.reasoning_traces, jsonb) to authenticated, service_role;

create function public.add_trace(document text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := private.json_object(document, 'a reasoning trace');
  items constant pg_catalog.jsonb := coalesce(nullif(content -> 'memory_items', 'null'), '[]');
  given public.reasoning_traces := pg_catalog.jsonb_populate_record(null::public.reasoning_traces, content);
  known pg_catalog.bytea;
begin
  if given.workspace_id is null or given.id is null or given.task is null then
    raise exception 'The document lacks workspace_id, id or task'
      using errcode = '22023', hint = 'Give the trace as JSON with these three.';
  end if;
  if pg_catalog.jsonb_typeof(items) <> 'array'
    or pg_catalog.jsonb_path_exists(items, '$[*] ? (@.type() != "object" || !exists(@.id) || @.id == null)') then
    raise exception 'memory_items of trace % is no list of objects with an id', given.id
      using errcode = '22023', hint = 'Give each memory item as an object with an id, a title and a content.';
  end if;
  given.created_at := coalesce(given.created_at, pg_catalog.now());
  given.content_digest := coalesce(
    given.content_digest, pg_catalog.sha256(pg_catalog.convert_to(private.content_of(content)::pg_catalog.text, 'UTF8'))
  );
  if private.caller_is_trusted() then
    insert into public.workspaces (id, name) values (given.workspace_id, given.workspace_id)
    on conflict (id) do nothing;
  end if;
  if given.task_embedding is not null then
    perform private.check_embedding_model(given.workspace_id, 'reasoning_trace', given.embedding_model);
  end if;
  perform private.check_embedding_model(given.workspace_id, 'memory_item', m.embedding_model)
  from (
    select distinct i.item ->> 'embedding_model' as embedding_model
    from pg_catalog.jsonb_array_elements(items) as i (item)
    where i.item ->> 'content_embedding' is not null
  ) as m;

  insert into public.reasoning_traces (
    workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata,
    created_at, source_created_at, extras, notes, content_digest
  )
  values (
    given.workspace_id, given.id, given.source_id, given.task, given.task_embedding,
    private.embedding_status(given.task_embedding),
    case when given.task_embedding is not null then given.embedding_model end, nullif(given.trajectory, 'null'),
    given.outcome, coalesce(given.metadata, '{}'), given.created_at, given.source_created_at,
    coalesce(given.extras, '{}'), coalesce(given.notes, '[]'), given.content_digest
  )
  on conflict (workspace_id, id) do nothing;
  if not found then
    select t.content_digest into known
    from public.reasoning_traces as t where (t.workspace_id, t.id) = (given.workspace_id, given.id);
    if known = given.content_digest then
      return 'unchanged';
    end if;
    raise exception 'Workspace "%" has another trace under the id %', given.workspace_id, given.id
      using errcode = 'PT409', detail = 'trace_conflict', hint = 'Give the trace a new id.';
  end if;

  perform private.add_memory_items(given, items);
  perform private.add_links(given.workspace_id, 'trace', given.id, content -> 'links');
  perform private.add_links(given.workspace_id, 'memory_item', (i.item ->> 'id')::pg_catalog.uuid, i.item -> 'links')
  from pg_catalog.jsonb_array_elements(items) as i (item);
  return 'added';
end;
$$;
comment on function public.add_trace(text) is
  'Stores a trace with its memory items and links, all or nothing, for editors. The document is JSON sent as text, so that its '
  'numbers keep all their digits: the columns of reasoning_traces, "memory_items" with those of memory_items in their order, and '
  '"links" on each. Returns added, or unchanged when content_digest (by default the SHA-256 of the document without vectors) '
  'is that of the stored trace. Raises PT409 for other content under a known id, 22023 for vectors of a second model.';
revoke execute on function public.add_trace(text) from public, anon;
grant execute on function public.add_trace(text) to authenticated, service_role;

create function private.set_memory_embedding(
  workspace_id text, memory_item_id uuid, embedding extensions.vector, model text
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(set_memory_embedding.workspace_id, 'editor');
  if set_memory_embedding.embedding is not null then
    perform private.check_embedding_model(
      set_memory_embedding.workspace_id, 'memory_item', set_memory_embedding.model
    );
  end if;
  update public.memory_items as m
  set
    content_embedding = set_memory_embedding.embedding,
    embedding_model = case when set_memory_embedding.embedding is not null then set_memory_embedding.model end,
    embedding_status = private.embedding_status(set_memory_embedding.embedding)
  where m.workspace_id = set_memory_embedding.workspace_id and m.id = memory_item_id;
end;
$$;
comment on function private.set_memory_embedding(text, uuid, extensions.vector, text) is
  'Security definer: a vector and the name of its model change together or not at all, so users may set neither column.';
revoke execute on function private.set_memory_embedding(text, uuid, extensions.vector, text) from public, anon;
grant execute on function private.set_memory_embedding(text, uuid, extensions.vector, text)
  to authenticated, service_role;

create function public.update_memory_item(
  workspace_id text,
  memory_item_id uuid,
  changes text,
  embedding extensions.vector default null,
  embedding_model text default null,
  expected_updated_at timestamptz default null
)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := private.json_object(changes, 'the columns to change');
  given constant public.memory_items := pg_catalog.jsonb_populate_record(null::public.memory_items, wanted);
  unknown pg_catalog.text;
  changed_at pg_catalog.timestamptz;
begin
  select pg_catalog.string_agg(k, ', ' order by k) into unknown
  from pg_catalog.jsonb_object_keys(wanted) as k
  where k <> all (array[
    'title', 'description', 'content', 'error_context', 'pattern_tags', 'difficulty_level', 'domain_category',
    'evolution_stage'
  ]);
  if unknown is not null then
    raise exception 'These can not be changed: %', unknown
      using errcode = '22023',
        hint = 'Change title, description, content, error_context, pattern_tags, difficulty_level, domain_category or evolution_stage.';
  end if;
  update public.memory_items as m
  set
    title = case when wanted ? 'title' then given.title else m.title end,
    description = case when wanted ? 'description' then given.description else m.description end,
    content = case when wanted ? 'content' then given.content else m.content end,
    error_context = case when wanted ? 'error_context' then nullif(given.error_context, 'null') else m.error_context end,
    pattern_tags = case when wanted ? 'pattern_tags' then given.pattern_tags else m.pattern_tags end,
    difficulty_level = case when wanted ? 'difficulty_level' then given.difficulty_level else m.difficulty_level end,
    domain_category = case when wanted ? 'domain_category' then given.domain_category else m.domain_category end,
    evolution_stage = case when wanted ? 'evolution_stage' then given.evolution_stage else m.evolution_stage end
  where m.workspace_id = update_memory_item.workspace_id
    and m.id = memory_item_id
    and (expected_updated_at is null or m.updated_at = expected_updated_at);
  if not found then
    if private.is_there('memory_item', update_memory_item.workspace_id, memory_item_id) then
      perform private.require_role(update_memory_item.workspace_id, 'editor');
      raise exception 'Memory item % was changed by somebody else meanwhile', memory_item_id
        using errcode = 'PT409', hint = 'Read it again and repeat the change.';
    end if;
    raise exception 'There is no memory item % in workspace "%"', memory_item_id, update_memory_item.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  if embedding is not null then
    perform private.set_memory_embedding(
      update_memory_item.workspace_id, memory_item_id, embedding, update_memory_item.embedding_model
    );
  end if;
  select m.updated_at into changed_at
  from public.memory_items as m
  where m.workspace_id = update_memory_item.workspace_id and m.id = memory_item_id;
  return changed_at;
end;
$$;
comment on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz) is
  'Changes the named columns of a memory item (a JSON object sent as text) and, if given, its vector with the name of its '
  'model, for editors; returns the new updated_at. Without a vector for a new text the old one is marked stale. Raises PT404, '
  '22023, and PT409 when the row is not as old as expected.';
revoke execute on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz)
  from public, anon;
grant execute on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz)
  to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125091200', 'create_write_functions');

-- 20261125091300_create_list_functions.sql

-- Lists run newest first, rows without a time last. "greatest" and not "coalesce": row level security would keep that out of
-- the index, for want of knowing that it is leakproof.
create index memory_items_newest_index
  on public.memory_items (workspace_id, (greatest(created_at, '-infinity'::timestamptz)) desc, id);
create index reasoning_traces_newest_index
  on public.reasoning_traces (workspace_id, (greatest(created_at, '-infinity'::timestamptz)) desc, id);

create function public.list_memories(
  workspace_filter text[] default null,
  domain_filter text[] default null,
  tag_filter text[] default null,
  difficulty_filter text[] default null,
  include_errors boolean default true,
  outcome_filter text[] default null,
  only_errors boolean default false,
  min_evolution_stage integer default null,
  max_evolution_stage integer default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  after_created_at timestamptz default null,
  after_workspace_id text default null,
  after_id uuid default null,
  match_count integer default 50,
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  filter constant private.search_filter := row(
    domain_filter, tag_filter, difficulty_filter, outcome_filter, include_errors, only_errors, min_evolution_stage,
    max_evolution_stage, created_from, created_to, null
  );
  matches private.match[];
begin
  perform private.check_match_count(match_count);
  execute pg_catalog.format(
    $statement$
      select array(
        select row(p.workspace_id, p.id, null, null, null, null, null)::private.match
        from pg_catalog.unnest($2) as w (id)
        cross join lateral (
          select r.workspace_id, r.id, greatest(r.created_at, '-infinity') as created_at
          from public.memory_items as r
          where r.workspace_id = w.id and %s
            and greatest(r.created_at, '-infinity') <= $3
            and (greatest(r.created_at, '-infinity') < $3 or $5 is null or (r.workspace_id, r.id) > ($4, $5))
          order by greatest(r.created_at, '-infinity') desc, r.id
          limit $6
        ) as p
        order by p.created_at desc, p.workspace_id, p.id
        limit $6
      )
    $statement$,
    private.search_condition('memory_item', filter)
  ) into matches using
    filter, scope, case when after_id is null then 'infinity' else coalesce(after_created_at, '-infinity') end,
    coalesce(after_workspace_id, ''), after_id, match_count;
  return query
  select f.*
  from private.describe_matches(matches, row(0.6, 0.3, 0.1, 30)) as f
  order by f.created_at desc nulls last, f.workspace_id, f.id;
end;
$$;
comment on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) is
  'Memory items, the newest first, those without a time last. The next page begins after the created_at, workspace_id and id of '
  'the last row of this one.';
revoke execute on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) from public, anon;
grant execute on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) to authenticated, service_role;

create type public.listed_trace as (
  workspace_id text,
  id uuid,
  source_id text,
  task text,
  outcome text,
  metadata jsonb,
  extras jsonb,
  notes jsonb,
  embedding_status text,
  embedding_model text,
  created_at timestamptz,
  updated_at timestamptz,
  links jsonb,
  memory_items bigint
);
comment on type public.listed_trace is 'A reasoning trace without its trajectory, and how many memory items it taught.';

create function public.list_traces(
  workspace_filter text[] default null,
  outcome_filter text[] default null,
  domain_filter text[] default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  after_created_at timestamptz default null,
  after_workspace_id text default null,
  after_id uuid default null,
  match_count integer default 50,
  all_workspaces boolean default false
)
returns setof public.listed_trace
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  filter constant private.search_filter := row(
    domain_filter, null, null, outcome_filter, null, null, null, null, created_from, created_to, null
  );
begin
  perform private.check_match_count(match_count);
  return query execute pg_catalog.format(
    $statement$
      select
        p.workspace_id, p.id, p.source_id, p.task, p.outcome, p.metadata, p.extras, p.notes, p.embedding_status,
        p.embedding_model, p.created_at, p.updated_at, private.links_of(p.workspace_id, 'trace', p.id),
        (
          select pg_catalog.count(*)
          from public.memory_items as m where (m.workspace_id, m.trace_id) = (p.workspace_id, p.id)
        )
      from (
        select r.*
        from pg_catalog.unnest($2) as w (id)
        cross join lateral (
          select r.*
          from public.reasoning_traces as r
          where r.workspace_id = w.id and %s
            and greatest(r.created_at, '-infinity') <= $3
            and (greatest(r.created_at, '-infinity') < $3 or $5 is null or (r.workspace_id, r.id) > ($4, $5))
          order by greatest(r.created_at, '-infinity') desc, r.id
          limit $6
        ) as r
        order by greatest(r.created_at, '-infinity') desc, r.workspace_id, r.id
        limit $6
      ) as p
      order by p.created_at desc nulls last, p.workspace_id, p.id
    $statement$,
    private.search_condition('reasoning_trace', filter)
  ) using
    filter, scope, case when after_id is null then 'infinity' else coalesce(after_created_at, '-infinity') end,
    coalesce(after_workspace_id, ''), after_id, match_count;
end;
$$;
comment on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) is
  'Reasoning traces, the newest first, those without a time last. The next page begins after the created_at, workspace_id and '
  'id of the last row of this one.';
revoke execute on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) from public, anon;
grant execute on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) to authenticated, service_role;

create function public.get_trace(workspace_id text, id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select (
    pg_catalog.to_jsonb(t) - array['task_embedding', 'source_embedding', 'migrated_digest', 'content_digest']
    || pg_catalog.jsonb_build_object(
      'links', private.links_of(t.workspace_id, 'trace', t.id),
      'memory_items', (
        select coalesce(
          pg_catalog.jsonb_agg(
            pg_catalog.to_jsonb(m)
              - array['content_embedding', 'source_embedding', 'migrated_digest', 'search_document']
              || pg_catalog.jsonb_build_object('links', private.links_of(m.workspace_id, 'memory_item', m.id))
            order by m.ordinal, m.id
          ),
          '[]'
        )
        from public.memory_items as m where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
      )
    )
  )::pg_catalog.text
  from public.reasoning_traces as t
  where (t.workspace_id, t.id) = (get_trace.workspace_id, get_trace.id)
$$;
comment on function public.get_trace(text, uuid) is
  'A trace with trajectory, links and memory items as JSON text, so that its numbers keep all their digits; null when the '
  'caller sees none.';
revoke execute on function public.get_trace(text, uuid) from public, anon;
grant execute on function public.get_trace(text, uuid) to authenticated, service_role;

create function private.newest_migration()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select pg_catalog.max(m.version) from supabase_migrations.schema_migrations as m
$$;
comment on function private.newest_migration() is 'Security definer: users may not read the list of migrations.';
revoke execute on function private.newest_migration() from public, anon;
grant execute on function private.newest_migration() to authenticated, service_role;

create function public.get_health()
returns table (role text, schema_version text, workspaces bigint)
language sql
stable
set search_path = ''
as $$
  select
    pg_catalog.current_setting('role'), private.newest_migration(),
    (select pg_catalog.count(*) from public.workspaces)
$$;
comment on function public.get_health() is 'Who the caller is to the database, its newest migration, and how many workspaces he sees.';
revoke execute on function public.get_health() from public, anon;
grant execute on function public.get_health() to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125091300', 'create_list_functions');

-- 20261125091400_validate_constraints.sql

-- In a transaction of its own: rows can be read and written while theirs are looked through.
alter table public.reasoning_traces validate constraint reasoning_traces_embedding_names_its_model;
alter table public.memory_items validate constraint memory_items_embedding_names_its_model;
alter table public.reasoning_traces validate constraint reasoning_traces_content_digest_is_sha256;

insert into supabase_migrations.schema_migrations (version, name) values ('20261125091400', 'validate_constraints');

-- 20261126090000_keep_source_embeddings.sql

-- A vector that is made here for a migrated row does not make what its source had be forgotten: it is kept beside the new
-- one, so that a later migration still recognises the row.

alter table public.reasoning_traces add column source_embedding_model text;
alter table public.memory_items add column source_embedding_model text;
comment on column public.reasoning_traces.source_embedding is
  'Little-endian float32 of a source vector that the searchable column can not hold, or that a vector made here has '
  'replaced; empty where the source had none and one was made here.';
comment on column public.memory_items.source_embedding is
  'Little-endian float32 of a source vector that the searchable column can not hold, or that a vector made here has '
  'replaced; empty where the source had none and one was made here.';
comment on column public.reasoning_traces.source_embedding_model is
  'The model of source_embedding as the source has it, where a vector made here has replaced it.';
comment on column public.memory_items.source_embedding_model is
  'The model of source_embedding as the source has it, where a vector made here has replaced it.';

create function private.vector_bytes(embedding extensions.vector)
returns bytea
language sql
immutable
set search_path = ''
as $$
  select pg_catalog.string_agg(
    pg_catalog.substr(b.big_endian, 4, 1) || pg_catalog.substr(b.big_endian, 3, 1)
      || pg_catalog.substr(b.big_endian, 2, 1) || pg_catalog.substr(b.big_endian, 1, 1),
    ''
    order by f.place
  )
  from pg_catalog.unnest(embedding::pg_catalog.float4[]) with ordinality as f (value, place)
  cross join lateral (select pg_catalog.float4send(f.value) as big_endian) as b
$$;
comment on function private.vector_bytes(extensions.vector) is 'A vector as source_embedding keeps it; null for null.';
revoke execute on function private.vector_bytes(extensions.vector) from public, anon, authenticated;
grant execute on function private.vector_bytes(extensions.vector) to service_role;

create function private.kept_source_embedding(migrated_digest bytea, source_embedding bytea, embedding extensions.vector)
returns bytea
language sql
immutable
set search_path = ''
as $$
  select case
    when migrated_digest is null or source_embedding is not null then source_embedding
    else coalesce(private.vector_bytes(embedding), '')
  end
$$;
comment on function private.kept_source_embedding(bytea, bytea, extensions.vector) is
  'source_embedding of a row whose vector is about to change: that of the source, for a row that has one.';
revoke execute on function private.kept_source_embedding(bytea, bytea, extensions.vector)
  from public, anon, authenticated;
grant execute on function private.kept_source_embedding(bytea, bytea, extensions.vector) to service_role;

create function private.kept_source_embedding_model(
  migrated_digest bytea, source_embedding bytea, source_embedding_model text, embedding_status text, embedding_model text
)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when migrated_digest is null then null
    when source_embedding is null or embedding_status in ('other_dimension', 'not_finite') then embedding_model
    else source_embedding_model
  end
$$;
comment on function private.kept_source_embedding_model(bytea, bytea, text, text, text) is
  'source_embedding_model of a row whose vector is about to change.';
revoke execute on function private.kept_source_embedding_model(bytea, bytea, text, text, text)
  from public, anon, authenticated;
grant execute on function private.kept_source_embedding_model(bytea, bytea, text, text, text) to service_role;

create or replace function private.set_memory_embedding(
  workspace_id text, memory_item_id uuid, embedding extensions.vector, model text
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(set_memory_embedding.workspace_id, 'editor');
  if set_memory_embedding.embedding is not null then
    perform private.check_embedding_model(
      set_memory_embedding.workspace_id, 'memory_item', set_memory_embedding.model
    );
  end if;
  update public.memory_items as m
  set
    content_embedding = set_memory_embedding.embedding,
    embedding_model = case when set_memory_embedding.embedding is not null then set_memory_embedding.model end,
    embedding_status = private.embedding_status(set_memory_embedding.embedding),
    source_embedding = private.kept_source_embedding(m.migrated_digest, m.source_embedding, m.content_embedding),
    source_embedding_model = private.kept_source_embedding_model(
      m.migrated_digest, m.source_embedding, m.source_embedding_model, m.embedding_status, m.embedding_model
    )
  where m.workspace_id = set_memory_embedding.workspace_id and m.id = memory_item_id;
end;
$$;

-- Read back with the model the source named, so that a row can be compared as it was migrated.

create or replace function public.read_migrated_reasoning_traces(keys text)
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
      'task_embedding', t.task_embedding::pg_catalog.text,
      'embedding_status', t.embedding_status,
      'embedding_model', t.embedding_model,
      'source_embedding', pg_catalog.encode(t.source_embedding, 'hex'),
      'source_embedding_model', t.source_embedding_model,
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
      'version', t.xmin::pg_catalog.text
    )::pg_catalog.text,
    ','
  ), '') || ']'
  from pg_catalog.jsonb_to_recordset(keys::pg_catalog.jsonb) as k (workspace_id pg_catalog.text, id pg_catalog.uuid)
  join public.reasoning_traces as t on (t.workspace_id, t.id) = (k.workspace_id, k.id)
$$;

create or replace function public.read_migrated_memory_items(keys text)
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
      'content_embedding', t.content_embedding::pg_catalog.text,
      'embedding_status', t.embedding_status,
      'embedding_model', t.embedding_model,
      'source_embedding', pg_catalog.encode(t.source_embedding, 'hex'),
      'source_embedding_model', t.source_embedding_model,
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
      'version', t.xmin::pg_catalog.text
    )::pg_catalog.text,
    ','
  ), '') || ']'
  from pg_catalog.jsonb_to_recordset(keys::pg_catalog.jsonb) as k (workspace_id pg_catalog.text, id pg_catalog.uuid)
  join public.memory_items as t on (t.workspace_id, t.id) = (k.workspace_id, k.id)
$$;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126090000', 'keep_source_embeddings');

-- 20261126090100_create_embedding_functions.sql

-- What `pnpm migrate embed` does: vectors for rows without one, with an edited text, or with one of another model.

create index reasoning_traces_to_embed_index
  on public.reasoning_traces (workspace_id, id) where task_embedding is null;
create index memory_items_to_embed_index
  on public.memory_items (workspace_id, id) where content_embedding is null or embedding_is_stale;

create function public.count_rows_to_embed(model text, workspace_filter text default null)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'workspace_id', w.id,
        'kind', k.kind,
        'rows', coalesce(t.row_count, 0),
        'missing', coalesce(t.row_count - t.embedded_count, 0),
        'stale', case when k.kind = 'trace' then 0 else (
          select pg_catalog.count(*)
          from public.memory_items as m
          where m.workspace_id = w.id and m.embedding_is_stale and m.content_embedding is not null
            and m.embedding_model = count_rows_to_embed.model
        ) end,
        'models', private.distribution(array[w.id], k.subject, 'embedding_model')
      )
      order by w.id, k.kind desc
    ),
    '[]'
  )::pg_catalog.text
  from public.workspaces as w
  cross join (values ('trace', 'reasoning_trace'), ('memory_item', 'memory_item')) as k (kind, subject)
  left join lateral (
    select
      pg_catalog.sum(c.row_count)::bigint as row_count,
      pg_catalog.sum(c.embedded_count)::bigint as embedded_count
    from private.current_counts as c
    where c.workspace_id = w.id and c.subject = k.subject and c.facet = 'total'
  ) as t on true
  where workspace_filter is null or w.id = workspace_filter
$$;
comment on function public.count_rows_to_embed(text, text) is
  'JSON text: of each workspace and kind how many rows there are, have no vector (missing), have one of this model for a '
  'former text (stale), and the rows by the model of their vector.';
revoke execute on function public.count_rows_to_embed(text, text) from public, anon, authenticated;
grant execute on function public.count_rows_to_embed(text, text) to service_role;

create function public.read_traces_to_embed(
  page_size integer,
  page_bytes bigint,
  workspace_filter text default null,
  after_workspace_id text default null,
  after_id uuid default null
)
returns text
language sql
stable
set search_path = ''
as $$
  select '[' || coalesce(pg_catalog.string_agg(
    pg_catalog.json_build_object(
      'workspace_id', p.workspace_id, 'id', p.id, 'version', p.version, 'task', p.task
    )::pg_catalog.text,
    ',' order by p.place
  ), '') || ']'
  from (
    select
      r.workspace_id, r.id, r.version, r.task,
      pg_catalog.row_number() over keys as place,
      pg_catalog.sum(pg_catalog.octet_length(r.task)) over keys as bytes
    from (
      select t.workspace_id, t.id, t.xmin::pg_catalog.text as version, t.task
      from public.reasoning_traces as t
      where t.task_embedding is null
        and (workspace_filter is null or t.workspace_id = workspace_filter)
        and (after_id is null or (t.workspace_id, t.id) > (after_workspace_id, after_id))
      order by t.workspace_id, t.id
      limit page_size
    ) as r
    window keys as (order by r.workspace_id, r.id)
  ) as p
  where p.place = 1 or p.bytes <= page_bytes
$$;
comment on function public.read_traces_to_embed(integer, bigint, text, text, uuid) is
  'A page of the traces without a vector, in the order of their keys, as JSON text: their tasks, together at most so many '
  'bytes, and the version a vector is written for.';
revoke execute on function public.read_traces_to_embed(integer, bigint, text, text, uuid)
  from public, anon, authenticated;
grant execute on function public.read_traces_to_embed(integer, bigint, text, text, uuid) to service_role;

create function public.read_memory_items_to_embed(
  page_size integer,
  page_bytes bigint,
  workspace_filter text default null,
  after_workspace_id text default null,
  after_id uuid default null
)
returns text
language sql
stable
set search_path = ''
as $$
  select '[' || coalesce(pg_catalog.string_agg(
    pg_catalog.json_build_object(
      'workspace_id', p.workspace_id, 'id', p.id, 'version', p.version,
      'title', p.title, 'description', p.description, 'content', p.content
    )::pg_catalog.text,
    ',' order by p.place
  ), '') || ']'
  from (
    select
      r.workspace_id, r.id, r.version, r.title, r.description, r.content,
      pg_catalog.row_number() over keys as place,
      pg_catalog.sum(
        pg_catalog.octet_length(r.title) + coalesce(pg_catalog.octet_length(r.description), 0)
          + pg_catalog.octet_length(r.content)
      ) over keys as bytes
    from (
      select m.workspace_id, m.id, m.xmin::pg_catalog.text as version, m.title, m.description, m.content
      from public.memory_items as m
      where (m.content_embedding is null or m.embedding_is_stale)
        and (workspace_filter is null or m.workspace_id = workspace_filter)
        and (after_id is null or (m.workspace_id, m.id) > (after_workspace_id, after_id))
      order by m.workspace_id, m.id
      limit page_size
    ) as r
    window keys as (order by r.workspace_id, r.id)
  ) as p
  where p.place = 1 or p.bytes <= page_bytes
$$;
comment on function public.read_memory_items_to_embed(integer, bigint, text, text, uuid) is
  'A page of the memory items without a vector of their text, in the order of their keys, as JSON text: their texts, '
  'together at most so many bytes, and the version a vector is written for.';
revoke execute on function public.read_memory_items_to_embed(integer, bigint, text, text, uuid)
  from public, anon, authenticated;
grant execute on function public.read_memory_items_to_embed(integer, bigint, text, text, uuid) to service_role;

create type private.given_embedding as (
  kind text,
  workspace_id text,
  id uuid,
  version text,
  embedding extensions.vector
);

create function public.write_embeddings(model text, embeddings text)
returns text
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  given constant private.given_embedding[] := array(
    select e from pg_catalog.jsonb_populate_recordset(null::private.given_embedding, embeddings::pg_catalog.jsonb) as e
  );
begin
  perform private.check_embedding_model(
    e.workspace_id, case e.kind when 'trace' then 'reasoning_trace' else e.kind end, write_embeddings.model
  )
  from (select distinct g.workspace_id, g.kind from pg_catalog.unnest(given) as g) as e;

  -- In one order everywhere, so that two writers wait for each other and do not deadlock.
  perform 1
  from pg_catalog.unnest(given) as g
  join public.reasoning_traces as t on (t.workspace_id, t.id) = (g.workspace_id, g.id)
  where g.kind = 'trace'
  order by t.workspace_id, t.id
  for update of t;
  update public.reasoning_traces as t
  set
    task_embedding = g.embedding,
    embedding_model = write_embeddings.model,
    embedding_status = private.embedding_status(g.embedding),
    source_embedding = private.kept_source_embedding(t.migrated_digest, t.source_embedding, t.task_embedding),
    source_embedding_model = private.kept_source_embedding_model(
      t.migrated_digest, t.source_embedding, t.source_embedding_model, t.embedding_status, t.embedding_model
    )
  from pg_catalog.unnest(given) as g
  where g.kind = 'trace' and (t.workspace_id, t.id) = (g.workspace_id, g.id) and t.xmin::pg_catalog.text = g.version;

  perform 1
  from pg_catalog.unnest(given) as g
  join public.memory_items as m on (m.workspace_id, m.id) = (g.workspace_id, g.id)
  where g.kind = 'memory_item'
  order by m.workspace_id, m.id
  for update of m;
  update public.memory_items as m
  set
    content_embedding = g.embedding,
    embedding_is_stale = false,
    embedding_model = write_embeddings.model,
    embedding_status = private.embedding_status(g.embedding),
    source_embedding = private.kept_source_embedding(m.migrated_digest, m.source_embedding, m.content_embedding),
    source_embedding_model = private.kept_source_embedding_model(
      m.migrated_digest, m.source_embedding, m.source_embedding_model, m.embedding_status, m.embedding_model
    )
  from pg_catalog.unnest(given) as g
  where g.kind = 'memory_item' and (m.workspace_id, m.id) = (g.workspace_id, g.id)
    and m.xmin::pg_catalog.text = g.version;

  -- A row that has this very vector was written by the same call before, whose answer was lost.
  return (
    select coalesce(
      pg_catalog.jsonb_agg(
        pg_catalog.jsonb_build_object('kind', g.kind, 'workspace_id', g.workspace_id, 'id', g.id)
      ),
      '[]'
    )
    from pg_catalog.unnest(given) as g
    where not exists (
      select from public.reasoning_traces as t
      where g.kind = 'trace' and (t.workspace_id, t.id) = (g.workspace_id, g.id)
        and t.embedding_model = write_embeddings.model and t.task_embedding operator(extensions.=) g.embedding
    ) and not exists (
      select from public.memory_items as m
      where g.kind = 'memory_item' and (m.workspace_id, m.id) = (g.workspace_id, g.id)
        and m.embedding_model = write_embeddings.model and m.content_embedding operator(extensions.=) g.embedding
        and not m.embedding_is_stale
    )
  )::pg_catalog.text;
end;
$$;
comment on function public.write_embeddings(text, text) is
  'Vectors of one model, as JSON text [{"kind", "workspace_id", "id", "version", "embedding"}, ...], onto rows that are still '
  'at that version; returns [{"kind", "workspace_id", "id"}, ...] of the others, which are left alone. What a migrated row had '
  'from its source is kept in source_embedding. Raises 22023 where a workspace has vectors of other models only.';
revoke execute on function public.write_embeddings(text, text) from public, anon, authenticated;
grant execute on function public.write_embeddings(text, text) to service_role;

create function public.clear_trace_embeddings(
  other_than_model text,
  page_size integer,
  workspace_filter text default null,
  after_workspace_id text default null,
  after_id uuid default null
)
returns text
language sql
set search_path = ''
as $$
  with page as (
    select t.workspace_id, t.id
    from public.reasoning_traces as t
    where t.task_embedding is not null and t.embedding_model is distinct from other_than_model
      and (workspace_filter is null or t.workspace_id = workspace_filter)
      and (after_id is null or (t.workspace_id, t.id) > (after_workspace_id, after_id))
    order by t.workspace_id, t.id
    limit page_size
    for update
  ),
  cleared as (
    update public.reasoning_traces as t
    set
      task_embedding = null,
      embedding_model = null,
      embedding_status = 'missing',
      source_embedding = private.kept_source_embedding(t.migrated_digest, t.source_embedding, t.task_embedding),
      source_embedding_model = private.kept_source_embedding_model(
        t.migrated_digest, t.source_embedding, t.source_embedding_model, t.embedding_status, t.embedding_model
      )
    from page as p
    where (t.workspace_id, t.id) = (p.workspace_id, p.id)
    returning t.workspace_id, t.id
  )
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object('workspace_id', c.workspace_id, 'id', c.id) order by c.workspace_id, c.id
    ),
    '[]'
  )::pg_catalog.text
  from cleared as c
$$;
comment on function public.clear_trace_embeddings(text, integer, text, text, uuid) is
  'Takes the vectors of all other models from a page of traces, so that none of two models stand side by side while they are '
  'made anew; returns the keys in their order as JSON text. Vectors of the source are kept in source_embedding.';
revoke execute on function public.clear_trace_embeddings(text, integer, text, text, uuid)
  from public, anon, authenticated;
grant execute on function public.clear_trace_embeddings(text, integer, text, text, uuid) to service_role;

create function public.clear_memory_item_embeddings(
  other_than_model text,
  page_size integer,
  workspace_filter text default null,
  after_workspace_id text default null,
  after_id uuid default null
)
returns text
language sql
set search_path = ''
as $$
  with page as (
    select m.workspace_id, m.id
    from public.memory_items as m
    where m.content_embedding is not null and m.embedding_model is distinct from other_than_model
      and (workspace_filter is null or m.workspace_id = workspace_filter)
      and (after_id is null or (m.workspace_id, m.id) > (after_workspace_id, after_id))
    order by m.workspace_id, m.id
    limit page_size
    for update
  ),
  cleared as (
    update public.memory_items as m
    set
      content_embedding = null,
      embedding_model = null,
      embedding_status = 'missing',
      source_embedding = private.kept_source_embedding(m.migrated_digest, m.source_embedding, m.content_embedding),
      source_embedding_model = private.kept_source_embedding_model(
        m.migrated_digest, m.source_embedding, m.source_embedding_model, m.embedding_status, m.embedding_model
      )
    from page as p
    where (m.workspace_id, m.id) = (p.workspace_id, p.id)
    returning m.workspace_id, m.id
  )
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object('workspace_id', c.workspace_id, 'id', c.id) order by c.workspace_id, c.id
    ),
    '[]'
  )::pg_catalog.text
  from cleared as c
$$;
comment on function public.clear_memory_item_embeddings(text, integer, text, text, uuid) is
  'Takes the vectors of all other models from a page of memory items, as clear_trace_embeddings does from traces.';
revoke execute on function public.clear_memory_item_embeddings(text, integer, text, text, uuid)
  from public, anon, authenticated;
grant execute on function public.clear_memory_item_embeddings(text, integer, text, text, uuid) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126090100', 'create_embedding_functions');

-- 20261126100000_create_migration_journal.sql

-- The journal of a migration lies in the target, so that rows and the record of them are one transaction. A run may span
-- workspaces, so its tables are the service role's; who owns a workspace reads of a run what concerns that workspace.

alter table public.migration_runs
  add column phase text,
  add column progress jsonb,
  add column source_snapshot text,
  add column options_digest text,
  add column schema_version text,
  add column lease_token uuid,
  add column lease_holder jsonb,
  add column lease_expires_at timestamptz,
  add column interrupted_at timestamptz,
  add column rolled_back_at timestamptz,
  drop constraint migration_runs_status_check,
  add constraint migration_runs_status_is_known check (status in (
    'running', 'interrupted', 'failed', 'verified', 'verified_with_rejects', 'verified_with_conflicts',
    'verified_with_edits', 'differences', 'rolling_back', 'rolled_back'
  )) not valid,
  add constraint migration_runs_phase_is_known
    check (phase in ('census', 'copy', 'index', 'verify', 'rollback')) not valid;
comment on column public.migration_runs.phase is 'What it does, or was doing when it stopped.';
comment on column public.migration_runs.progress is
  '{"done", "total", "rows", "rows_per_second", "updated_at"} of the phase: records done, how many there are (null where '
  'not known), rows they became.';
comment on column public.migration_runs.source_snapshot is 'SHA-256 of how many records the source had where.';
comment on column public.migration_runs.options_digest is
  'SHA-256 of the options that decide what is written: only the same ones go on with a run that was cut short.';
comment on column public.migration_runs.schema_version is 'The newest migration of the schema when it began.';
comment on column public.migration_runs.lease_token is
  'Who may write in this run: every write names it, so that a process that was taken for dead can write no more.';
comment on column public.migration_runs.lease_holder is '{"host", "pid", "process_start"} of the process that has the lease.';
comment on column public.migration_runs.lease_expires_at is
  'By the clock of the database; renewed by whoever has the lease, null when nobody has it.';

create table public.migration_run_workspaces (
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  workspace_id text not null,
  is_new boolean not null default false,
  traces bigint not null default 0,
  memory_items bigint not null default 0,
  written bigint not null default 0,
  updated bigint not null default 0,
  conflicts bigint not null default 0,
  primary key (run_id, workspace_id)
);
comment on table public.migration_run_workspaces is
  'A workspace that a migration run moves rows to. No foreign key to the workspace, which may be deleted later. The '
  'counts are those of the last report.';
comment on column public.migration_run_workspaces.is_new is 'The run created it.';
comment on column public.migration_run_workspaces.traces is 'Traces of the source that belong there.';
comment on column public.migration_run_workspaces.memory_items is 'Memory items of the source that belong there.';
comment on column public.migration_run_workspaces.written is 'Rows the run inserted or updated.';
comment on column public.migration_run_workspaces.updated is 'Of these, rows that were there before.';
comment on column public.migration_run_workspaces.conflicts is 'Rows edited on both sides; the one of the target was kept.';

create index migration_run_workspaces_workspace_index on public.migration_run_workspaces (workspace_id, run_id);

create table public.migration_batches (
  id bigint generated always as identity primary key,
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  fingerprint bytea check (pg_catalog.octet_length(fingerprint) = 32),
  rows bigint not null,
  written bigint not null,
  committed_at timestamptz not null default pg_catalog.now()
);
comment on table public.migration_batches is
  'One transaction in which a migration run wrote rows. Their updated_at is its committed_at, unless they were changed since.';
comment on column public.migration_batches.fingerprint is
  'Digest of all rows of one batch of the source, whatever their order; null where only some of them were written.';
comment on column public.migration_batches.written is 'Rows of the batch that it inserted or updated.';

create index migration_batches_run_index on public.migration_batches (run_id, fingerprint);

create table public.migration_replaced_rows (
  run_id uuid not null references public.migration_runs (id) on delete cascade,
  kind text not null check (kind in ('trace', 'memory_item')),
  workspace_id text not null,
  id uuid not null,
  replaced_run_id uuid,
  replaced_row jsonb not null,
  replaced_links jsonb not null,
  primary key (run_id, kind, workspace_id, id)
);
comment on table public.migration_replaced_rows is
  'What a migration run updated, as it was before: a rollback puts it back. Taken the first time a run touches a row.';
comment on column public.migration_replaced_rows.replaced_run_id is 'The run that had written the row before, if one did.';
comment on column public.migration_replaced_rows.replaced_row is 'The whole row as to_jsonb makes it, vectors included.';

create index migration_replaced_rows_replaced_run_index on public.migration_replaced_rows (replaced_run_id);

alter table public.migration_run_workspaces enable row level security;
alter table public.migration_batches enable row level security;
alter table public.migration_replaced_rows enable row level security;

revoke all on public.migration_run_workspaces, public.migration_batches, public.migration_replaced_rows
  from public, anon, authenticated, service_role;
grant select, insert, update, delete
  on public.migration_run_workspaces, public.migration_batches, public.migration_replaced_rows to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126100000', 'create_migration_journal');

-- 20261126100100_read_migration_runs.sql

-- What the owners of workspaces and the operator see of migration runs.

alter table public.migration_runs validate constraint migration_runs_status_is_known;
alter table public.migration_runs validate constraint migration_runs_phase_is_known;

create type public.listed_migration_run as (
  id uuid,
  status text,
  phase text,
  is_live boolean,
  is_whole boolean,
  source_kind text,
  source_location text,
  started_at timestamptz,
  finished_at timestamptz,
  rolled_back_at timestamptz,
  fraction_done double precision,
  done bigint,
  total bigint,
  rows bigint,
  rows_per_second double precision,
  progress_at timestamptz,
  workspaces bigint,
  new_workspaces bigint,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  unchanged bigint,
  conflicts bigint,
  rejected bigint
);
comment on type public.listed_migration_run is
  'A migration run as its caller may see it. The counts are those of the workspaces the caller owns; is_whole says that '
  'these are all of the run''s, and only then are done, total, rows, rows_per_second and rejected told.';

create function private.list_migration_runs(
  run_filter uuid, after_started_at timestamptz, after_id uuid, match_count integer
)
returns setof public.listed_migration_run
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  sees_all constant pg_catalog.bool := private.caller_is_trusted() is true;
  owned constant pg_catalog.text[] := private.my_workspaces_as('owner');
begin
  return query
  select
    r.id,
    r.status,
    r.phase,
    r.lease_token is not null and r.lease_expires_at > pg_catalog.clock_timestamp(),
    s.is_whole,
    r.source_kind,
    case when sees_all then r.source_location else pg_catalog.regexp_replace(r.source_location, '^.*[/\\](?=.)', '') end,
    r.started_at,
    r.finished_at,
    r.rolled_back_at,
    case
      when (r.progress ->> 'total')::pg_catalog.float8 > 0
        then least((r.progress ->> 'done')::pg_catalog.float8 / (r.progress ->> 'total')::pg_catalog.float8, 1)
    end,
    case when s.is_whole then (r.progress ->> 'done')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'total')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'rows')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'rows_per_second')::pg_catalog.float8 end,
    (r.progress ->> 'updated_at')::pg_catalog.timestamptz,
    s.workspaces,
    s.new_workspaces,
    s.traces,
    s.memory_items,
    s.written,
    s.updated,
    case when r.report is not null then greatest(s.traces + s.memory_items - s.written - s.conflicts, 0) end,
    s.conflicts,
    case when s.is_whole then pg_catalog.jsonb_array_length(r.report -> 'rejects')::pg_catalog.int8 end
  from public.migration_runs as r
  cross join lateral (
    select
      sees_all or pg_catalog.bool_and(w.workspace_id = any (owned)) is true as is_whole,
      pg_catalog.count(*) filter (where sees_all or w.workspace_id = any (owned)) as workspaces,
      pg_catalog.count(*) filter (where (sees_all or w.workspace_id = any (owned)) and w.is_new) as new_workspaces,
      coalesce(pg_catalog.sum(w.traces) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as traces,
      coalesce(pg_catalog.sum(w.memory_items) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as memory_items,
      coalesce(pg_catalog.sum(w.written) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as written,
      coalesce(pg_catalog.sum(w.updated) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as updated,
      coalesce(pg_catalog.sum(w.conflicts) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as conflicts
    from public.migration_run_workspaces as w
    where w.run_id = r.id
  ) as s
  where (sees_all or s.workspaces > 0)
    and (run_filter is null or r.id = run_filter)
    and (
      after_started_at is null
      or (r.started_at, r.id) < (after_started_at, coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
    )
  order by r.started_at desc, r.id desc
  limit match_count;
end;
$$;
comment on function private.list_migration_runs(uuid, timestamptz, uuid, integer) is
  'Security definer: nobody but the service role reads the runs, because one may span workspaces. What is told is cut to '
  'the workspaces the caller owns.';
revoke execute on function private.list_migration_runs(uuid, timestamptz, uuid, integer) from public, anon;
grant execute on function private.list_migration_runs(uuid, timestamptz, uuid, integer) to authenticated, service_role;

create function public.list_migration_runs(
  match_count integer default 50, after_started_at timestamptz default null, after_id uuid default null
)
returns setof public.listed_migration_run
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.check_match_count(list_migration_runs.match_count);
  return query
  select r.*
  from private.list_migration_runs(
    null, list_migration_runs.after_started_at, list_migration_runs.after_id, list_migration_runs.match_count
  ) as r;
end;
$$;
comment on function public.list_migration_runs(integer, timestamptz, uuid) is
  'Migration runs, the newest first, that moved rows to a workspace the caller owns; all for the service role, with the '
  'whole source_location, of which others see the last part. The next page is what comes after the last row of this one.';
revoke execute on function public.list_migration_runs(integer, timestamptz, uuid) from public, anon;
grant execute on function public.list_migration_runs(integer, timestamptz, uuid) to authenticated, service_role;

create function private.get_migration_run(run_id uuid)
returns table (
  run public.listed_migration_run,
  source_timezone text,
  options jsonb,
  holder jsonb,
  workspace_counts jsonb,
  conflict_list jsonb,
  differences jsonb,
  rejects jsonb,
  warnings jsonb,
  verification jsonb,
  timings jsonb,
  error jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  sees_all constant pg_catalog.bool := private.caller_is_trusted() is true;
  owned constant pg_catalog.text[] := private.my_workspaces_as('owner');
  listed public.listed_migration_run;
  stored public.migration_runs;
begin
  select l.* into listed from private.list_migration_runs(get_migration_run.run_id, null, null, 1) as l;
  if listed.id is null then
    return;
  end if;
  select r.* into stored from public.migration_runs as r where r.id = listed.id;
  return query
  select
    listed,
    stored.source_timezone,
    stored.options,
    case when sees_all then stored.lease_holder end,
    (
      select coalesce(pg_catalog.jsonb_agg(
        pg_catalog.jsonb_build_object(
          'workspace_id', w.workspace_id, 'name', n.name, 'is_new', w.is_new, 'traces', w.traces,
          'memory_items', w.memory_items, 'written', w.written, 'updated', w.updated, 'conflicts', w.conflicts
        )
        order by w.workspace_id
      ), '[]')
      from public.migration_run_workspaces as w
      left join public.workspaces as n on n.id = w.workspace_id
      where w.run_id = listed.id and (sees_all or w.workspace_id = any (owned))
    ),
    private.entries_of_workspaces(stored.report -> 'conflicts', case when not sees_all then owned end),
    private.entries_of_workspaces(
      stored.report -> 'verification' -> 'differences', case when not sees_all then owned end
    ),
    case when listed.is_whole then stored.report -> 'rejects' end,
    case when listed.is_whole then stored.report -> 'warnings' end,
    -- Null in the report of a run that failed before it verified.
    case
      when listed.is_whole and pg_catalog.jsonb_typeof(stored.report -> 'verification') = 'object'
        then (stored.report -> 'verification') - 'differences'
    end,
    case when listed.is_whole then stored.report -> 'timings' end,
    case
      when listed.is_whole then stored.report -> 'error'
      else pg_catalog.jsonb_build_object('code', stored.report -> 'error' -> 'code', 'message', null, 'hint', null)
    end;
end;
$$;
comment on function private.get_migration_run(uuid) is
  'Security definer: nobody but the service role reads the runs, because one may span workspaces. What is told is cut to '
  'the workspaces the caller owns.';

create function private.entries_of_workspaces(entries jsonb, workspace_filter text[])
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(pg_catalog.jsonb_agg(e.entry order by e.place), '[]')
  from pg_catalog.jsonb_array_elements(
    case when pg_catalog.jsonb_typeof(entries) = 'array' then entries else '[]' end
  ) with ordinality as e (entry, place)
  where workspace_filter is null or e.entry ->> 'workspace_id' = any (workspace_filter)
$$;
comment on function private.entries_of_workspaces(jsonb, text[]) is
  'Those entries of a list in a report that name one of the workspaces; all for null.';
revoke execute on function private.entries_of_workspaces(jsonb, text[]) from public, anon, authenticated;

revoke execute on function private.get_migration_run(uuid) from public, anon;
grant execute on function private.get_migration_run(uuid) to authenticated, service_role;

create function public.get_migration_run(run_id uuid)
returns table (
  run public.listed_migration_run,
  source_timezone text,
  options jsonb,
  holder jsonb,
  workspace_counts jsonb,
  conflict_list jsonb,
  differences jsonb,
  rejects jsonb,
  warnings jsonb,
  verification jsonb,
  timings jsonb,
  error jsonb
)
language sql
stable
set search_path = ''
as $$
  select g.* from private.get_migration_run(get_migration_run.run_id) as g
$$;
comment on function public.get_migration_run(uuid) is
  'One migration run as list_migration_runs has it, with its workspaces, conflicts and differences cut to those of the '
  'caller; rejects, warnings, verification, timings and the words of an error only for who owns every workspace of it. No '
  'row for a run the caller may not see.';
revoke execute on function public.get_migration_run(uuid) from public, anon;
grant execute on function public.get_migration_run(uuid) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126100100', 'read_migration_runs');

-- 20261126100200_lease_migration_runs.sql

-- One process at a time moves a source. It holds a lease, by the clock of the database, and every write names the token of
-- the lease: a process whose lease was taken over, because it seemed dead, can write no more when it wakes.

create function private.hold_migration_lease(run_id uuid, lease_token uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  held public.migration_runs;
begin
  -- Several connections may write at once; whoever would take the lease over waits for what they write.
  select r.* into held from public.migration_runs as r where r.id = hold_migration_lease.run_id for share;
  if not found then
    raise exception 'There is no migration run %', hold_migration_lease.run_id
      using errcode = '55000', hint = 'Start the run before writing its rows.';
  end if;
  if held.lease_token is distinct from hold_migration_lease.lease_token then
    raise exception 'Another process has taken over migration run %', hold_migration_lease.run_id
      using errcode = '55L01', hint = 'What this one wrote before is kept; see: pnpm migrate runs.';
  end if;
end;
$$;
comment on function private.hold_migration_lease(uuid, uuid) is
  'Raises 55L01 unless the lease of the run still has this token, and keeps it so to the end of the transaction.';
revoke execute on function private.hold_migration_lease(uuid, uuid) from public, anon, authenticated;
grant execute on function private.hold_migration_lease(uuid, uuid) to service_role;

create function private.lease_of_source(source_identity text, lease_token uuid, taken_over uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  held public.migration_runs;
begin
  -- Whoever asks for the same source waits here for the answer of this transaction.
  perform pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtextextended('migration of ' || lease_of_source.source_identity, 0)
  );
  select r.* into held
  from public.migration_runs as r
  where r.source_identity = lease_of_source.source_identity
    and r.lease_token is not null
    and r.lease_token is distinct from lease_of_source.lease_token
    and r.lease_token is distinct from taken_over
    and r.lease_expires_at > pg_catalog.clock_timestamp()
  order by r.lease_expires_at desc
  limit 1;
  if found then
    return pg_catalog.jsonb_build_object(
      'outcome', 'held', 'run_id', held.id, 'token', held.lease_token, 'holder', held.lease_holder,
      'expires_at', held.lease_expires_at,
      'expires_in_ms', pg_catalog.ceil(
        1000 * extract(epoch from held.lease_expires_at - pg_catalog.clock_timestamp())
      )
    );
  end if;
  update public.migration_runs as r
  set
    lease_token = null,
    lease_expires_at = null,
    status = case r.status when 'running' then 'interrupted' else r.status end,
    interrupted_at = coalesce(r.interrupted_at, pg_catalog.now())
  where r.source_identity = lease_of_source.source_identity
    and r.lease_token is not null
    and r.lease_token is distinct from lease_of_source.lease_token;
  return null;
end;
$$;
comment on function private.lease_of_source(text, uuid, uuid) is
  'Null when the source is free for this token: leases that expired, and the one taken over, are ended. Else who has it.';
revoke execute on function private.lease_of_source(text, uuid, uuid) from public, anon, authenticated;
grant execute on function private.lease_of_source(text, uuid, uuid) to service_role;

create or replace function public.start_migration_run(run text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  request constant pg_catalog.jsonb := run::pg_catalog.jsonb;
  wanted constant public.migration_runs := pg_catalog.jsonb_populate_record(null::public.migration_runs, request);
  mine public.migration_runs;
  latest public.migration_runs;
  held pg_catalog.jsonb;
begin
  if wanted.lease_token is not null then
    held := private.lease_of_source(
      wanted.source_identity, wanted.lease_token, (request ->> 'taken_over')::pg_catalog.uuid
    );
    if held is not null then
      return held::pg_catalog.text;
    end if;
    select r.* into mine from public.migration_runs as r where r.lease_token = wanted.lease_token;
    if found then
      -- The answer to the first asking was lost.
      return pg_catalog.jsonb_build_object(
        'outcome', case when mine.id = wanted.id then 'started' else 'resumed' end, 'run_id', mine.id
      )::pg_catalog.text;
    end if;
    select r.* into latest
    from public.migration_runs as r
    where r.source_identity = wanted.source_identity
    order by r.started_at desc, r.id
    limit 1;
    if latest.status = 'rolling_back' then
      return pg_catalog.jsonb_build_object('outcome', 'rolling_back', 'run_id', latest.id)::pg_catalog.text;
    end if;
    if (request ->> 'restart')::pg_catalog.bool is not true
      and latest.status in ('running', 'interrupted', 'failed')
      and latest.schema_version = wanted.schema_version
    then
      if latest.options_digest is distinct from wanted.options_digest then
        return pg_catalog.jsonb_build_object(
          'outcome', 'other_options', 'run_id', latest.id, 'options', latest.options
        )::pg_catalog.text;
      end if;
      update public.migration_runs as r
      set
        status = 'running',
        phase = 'copy',
        progress = null,
        report = null,
        finished_at = null,
        interrupted_at = null,
        source_snapshot = wanted.source_snapshot,
        lease_token = wanted.lease_token,
        lease_holder = wanted.lease_holder,
        lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds'
      where r.id = latest.id;
      return pg_catalog.jsonb_build_object('outcome', 'resumed', 'run_id', latest.id)::pg_catalog.text;
    end if;
  end if;

  insert into public.migration_runs (
    id, source_identity, source_kind, source_location, source_timezone, options, options_digest, schema_version,
    source_snapshot, phase, lease_token, lease_holder, lease_expires_at
  )
  values (
    wanted.id, wanted.source_identity, wanted.source_kind, wanted.source_location, wanted.source_timezone,
    coalesce(wanted.options, '{}'), wanted.options_digest, wanted.schema_version, wanted.source_snapshot,
    case when wanted.lease_token is not null then 'copy' end, wanted.lease_token, wanted.lease_holder,
    case when wanted.lease_token is not null then pg_catalog.clock_timestamp() + interval '30 seconds' end
  )
  on conflict (id) do nothing;
  -- Where the run before went, this one goes too: its owners see it from the start.
  insert into public.migration_run_workspaces (run_id, workspace_id)
  select wanted.id, w.workspace_id
  from public.migration_run_workspaces as w
  join public.workspaces as p on p.id = w.workspace_id
  where w.run_id = latest.id
  on conflict do nothing;
  return pg_catalog.jsonb_build_object('outcome', 'started', 'run_id', wanted.id)::pg_catalog.text;
end;
$$;
comment on function public.start_migration_run(text) is
  'Takes a row of migration_runs as JSON text, with "restart" and "taken_over" (the lease of a process that is dead). '
  'Records a run, or goes on with the newest of the source when it was cut short: {"outcome", "run_id"}, where outcome is '
  'started, resumed, held (by another process: "holder", "token", "expires_in_ms"), other_options (than those it was cut '
  'short with: "options") or rolling_back. The same call twice changes nothing. Without a lease_token no lease is taken.';

create function public.renew_migration_lease(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
begin
  update public.migration_runs as r
  set
    lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds',
    phase = coalesce(wanted ->> 'phase', r.phase),
    progress = case
      when pg_catalog.jsonb_typeof(wanted -> 'progress') = 'object'
        then (wanted -> 'progress') || pg_catalog.jsonb_build_object('updated_at', pg_catalog.clock_timestamp())
      else r.progress
    end
  where r.id = (wanted ->> 'run_id')::pg_catalog.uuid
    and r.lease_token = (wanted ->> 'lease_token')::pg_catalog.uuid;
  if not found then
    perform private.hold_migration_lease(
      (wanted ->> 'run_id')::pg_catalog.uuid, (wanted ->> 'lease_token')::pg_catalog.uuid
    );
  end if;
  return wanted ->> 'run_id';
end;
$$;
comment on function public.renew_migration_lease(text) is
  'Takes {"run_id", "lease_token", "phase", "progress"}: the lease holds another 30 seconds, and others see how far it is. '
  'Raises 55L01 when the lease is another process''s by now.';
revoke execute on function public.renew_migration_lease(text) from public, anon, authenticated;
grant execute on function public.renew_migration_lease(text) to service_role;

create function private.keep_replaced_rows(run_id uuid)
returns void
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if exists (select from pg_temp.staged_reasoning_traces as s where s.expected_version is not null) then
    perform 1
    from pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    insert into public.migration_replaced_rows (
      run_id, kind, workspace_id, id, replaced_run_id, replaced_row, replaced_links
    )
    select
      keep_replaced_rows.run_id, 'trace', t.workspace_id, t.id, t.migration_run_id, pg_catalog.to_jsonb(t),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l)), '[]')
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'trace', t.id)
      )
    from pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::pg_catalog.text = s.expected_version
      and t.migration_run_id is distinct from keep_replaced_rows.run_id
    on conflict do nothing;
  end if;

  if exists (select from pg_temp.staged_memory_items as s where s.expected_version is not null) then
    perform 1
    from pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    insert into public.migration_replaced_rows (
      run_id, kind, workspace_id, id, replaced_run_id, replaced_row, replaced_links
    )
    select
      keep_replaced_rows.run_id, 'memory_item', t.workspace_id, t.id, t.migration_run_id,
      pg_catalog.to_jsonb(t) - 'search_document',
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l)), '[]')
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'memory_item', t.id)
      )
    from pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::pg_catalog.text = s.expected_version
      and t.migration_run_id is distinct from keep_replaced_rows.run_id
    on conflict do nothing;
  end if;
end;
$$;
comment on function private.keep_replaced_rows(uuid) is
  'Keeps what the staged rows are about to replace, as it is, unless this run wrote it. The rows stay locked, so that what '
  'is kept is what is replaced.';
revoke execute on function private.keep_replaced_rows(uuid) from public, anon, authenticated;
grant execute on function private.keep_replaced_rows(uuid) to service_role;

create function private.merge_migration_staging(run_id uuid, lease_token uuid, journal jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  left_alone jsonb;
  written_count bigint;
begin
  perform private.hold_migration_lease(merge_migration_staging.run_id, merge_migration_staging.lease_token);

  -- The checks of foreign keys keep the plan they got when the tables were nearly empty, which reads a whole
  -- workspace for each row; planning them anew for each batch costs next to nothing.
  discard plans;

  with staged as (
    select s.workspace_id from pg_temp.staged_reasoning_traces as s
    union
    select s.workspace_id from pg_temp.staged_memory_items as s
  ),
  created as (
    insert into public.workspaces (id, name)
    select w.workspace_id, w.workspace_id
    from staged as w
    where not exists (select from public.workspaces as p where p.id = w.workspace_id)
    order by w.workspace_id
    on conflict (id) do nothing
    returning id
  )
  insert into public.migration_run_workspaces as w (run_id, workspace_id, is_new)
  select merge_migration_staging.run_id, s.workspace_id, s.workspace_id in (select c.id from created as c)
  from staged as s
  where s.workspace_id in (select c.id from created as c)
    or not exists (
      select from public.migration_run_workspaces as k
      where (k.run_id, k.workspace_id) = (merge_migration_staging.run_id, s.workspace_id)
    )
  order by s.workspace_id
  on conflict on constraint migration_run_workspaces_pkey do update set is_new = w.is_new or excluded.is_new;

  perform private.keep_replaced_rows(merge_migration_staging.run_id);
  left_alone := private.merge_staged_reasoning_traces(merge_migration_staging.run_id)
    || private.merge_staged_memory_items(merge_migration_staging.run_id);

  -- What was left alone is out of the staging tables by now.
  written_count := (select pg_catalog.count(*) from pg_temp.staged_reasoning_traces)
    + (select pg_catalog.count(*) from pg_temp.staged_memory_items);
  if written_count > 0 then
    insert into public.migration_batches (run_id, fingerprint, rows, written)
    values (
      merge_migration_staging.run_id,
      case when written_count = (journal ->> 'rows')::pg_catalog.int8
        then pg_catalog.decode(journal ->> 'fingerprint', 'hex')
      end,
      coalesce((journal ->> 'rows')::pg_catalog.int8, written_count),
      written_count
    );
  end if;
  return left_alone::pg_catalog.text;
end;
$$;
comment on function private.merge_migration_staging(uuid, uuid, jsonb) is
  'Merges one staged batch and records it: its fingerprint only when all of its rows are written in this transaction. '
  'Returns JSON text: [{"kind", "workspace_id", "id"}, ...] of the rows that were left alone because they changed since the '
  'caller looked. Raises 55L01 when the lease is another process''s.';
revoke execute on function private.merge_migration_staging(uuid, uuid, jsonb) from public, anon, authenticated;
grant execute on function private.merge_migration_staging(uuid, uuid, jsonb) to service_role;

drop function private.merge_migration_staging(uuid);

create or replace function public.write_migration_batch(run_id uuid, batch text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := batch::pg_catalog.jsonb;
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

  return private.merge_migration_staging(
    run_id, (content ->> 'lease_token')::pg_catalog.uuid, content -> 'journal'
  );
end;
$$;

create function public.list_migration_batches(request text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  wanted constant pg_catalog.uuid := (request::pg_catalog.jsonb ->> 'run_id')::pg_catalog.uuid;
  times constant pg_catalog.timestamptz[] := array(
    select distinct b.committed_at from public.migration_batches as b where b.run_id = wanted
  );
  expected constant pg_catalog.int8 := (
    select pg_catalog.sum(b.written) from public.migration_batches as b where b.run_id = wanted
  );
  found_rows pg_catalog.int8;
  untouched_rows pg_catalog.int8;
begin
  select pg_catalog.count(*), pg_catalog.count(*) filter (where r.updated_at = any (times))
  into found_rows, untouched_rows
  from (
    select t.updated_at from public.reasoning_traces as t where t.migration_run_id = wanted
    union all
    select m.updated_at from public.memory_items as m where m.migration_run_id = wanted
  ) as r;
  if found_rows is distinct from expected or found_rows <> untouched_rows then
    return '[]';
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(distinct pg_catalog.encode(b.fingerprint, 'hex')), '[]')
    from public.migration_batches as b
    where b.run_id = wanted and b.fingerprint is not null
  )::pg_catalog.text;
end;
$$;
comment on function public.list_migration_batches(text) is
  'Takes {"run_id"}; returns the fingerprints of the batches that need not be looked at again, as JSON text: none when any '
  'row of the run was changed or deleted since.';
revoke execute on function public.list_migration_batches(text) from public, anon, authenticated;
grant execute on function public.list_migration_batches(text) to service_role;

drop function public.finish_migration_run(uuid, text, text);

create function public.finish_migration_run(run_id uuid, status text, report text, lease_token uuid default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := finish_migration_run.report::pg_catalog.jsonb;
begin
  perform private.hold_migration_lease(finish_migration_run.run_id, finish_migration_run.lease_token);
  update public.migration_runs as r
  set
    status = finish_migration_run.status,
    report = content,
    finished_at = pg_catalog.now(),
    interrupted_at = case when finish_migration_run.status in ('interrupted', 'failed') then pg_catalog.now() end,
    lease_expires_at = pg_catalog.now()
  where r.id = finish_migration_run.run_id;

  insert into public.migration_run_workspaces as w (
    run_id, workspace_id, traces, memory_items, written, updated, conflicts
  )
  select
    finish_migration_run.run_id, n.workspace_id,
    coalesce(pg_catalog.sum(n.traces), 0), coalesce(pg_catalog.sum(n.memory_items), 0),
    coalesce(pg_catalog.sum(n.written), 0), coalesce(pg_catalog.sum(n.updated), 0),
    coalesce(pg_catalog.sum(n.conflicts), 0)
  from (
    select
      e.entry ->> 'workspace_id' as workspace_id, (e.entry ->> 'traces')::pg_catalog.int8 as traces,
      (e.entry ->> 'memory_items')::pg_catalog.int8 as memory_items, 0 as written, 0 as updated, 0 as conflicts
    from pg_catalog.jsonb_array_elements(
      case when pg_catalog.jsonb_typeof(content -> 'workspaces') = 'array' then content -> 'workspaces' else '[]' end
    ) as e (entry)
    union all
    select e.entry ->> 'workspace_id', 0, 0, 0, 0, 1
    from pg_catalog.jsonb_array_elements(
      case when pg_catalog.jsonb_typeof(content -> 'conflicts') = 'array' then content -> 'conflicts' else '[]' end
    ) as e (entry)
    union all
    select t.workspace_id, 0, 0, pg_catalog.count(*), 0, 0
    from public.reasoning_traces as t where t.migration_run_id = finish_migration_run.run_id
    group by t.workspace_id
    union all
    select m.workspace_id, 0, 0, pg_catalog.count(*), 0, 0
    from public.memory_items as m where m.migration_run_id = finish_migration_run.run_id
    group by m.workspace_id
    union all
    select p.workspace_id, 0, 0, 0, pg_catalog.count(*), 0
    from public.migration_replaced_rows as p where p.run_id = finish_migration_run.run_id
    group by p.workspace_id
  ) as n
  where n.workspace_id is not null
  group by n.workspace_id
  on conflict on constraint migration_run_workspaces_pkey do update set
    traces = excluded.traces, memory_items = excluded.memory_items, written = excluded.written,
    updated = excluded.updated, conflicts = excluded.conflicts;
  return finish_migration_run.run_id;
end;
$$;
comment on function public.finish_migration_run(uuid, text, text, uuid) is
  'Closes a run with its status and its report, given as JSON text, ends its lease, and returns its id. Raises 55L01 when '
  'the lease is another process''s.';
revoke execute on function public.finish_migration_run(uuid, text, text, uuid) from public, anon, authenticated;
grant execute on function public.finish_migration_run(uuid, text, text, uuid) to service_role;

comment on column public.migration_runs.lease_expires_at is
  'By the clock of the database; renewed by whoever has the lease, past or null when nobody has it.';

insert into supabase_migrations.schema_migrations (version, name) values ('20261126100200', 'lease_migration_runs');

-- 20261126100300_roll_back_migration_runs.sql

-- A rollback takes away what a run inserted and puts back what it updated, in bounded transactions; what is done is gone
-- from the journal, so that a rollback which was cut short goes on.

create or replace function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- What is put back keeps its time. Only functions of ours set this; over the API nobody can.
  if pg_catalog.current_setting('reasoningbank.puts_rows_back', true) is distinct from 'on' then
    new.updated_at := pg_catalog.now();
  end if;
  return new;
end;
$$;

create or replace function private.mark_stale_embedding()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if pg_catalog.current_setting('reasoningbank.puts_rows_back', true) = 'on' then
    return new;
  end if;
  if new.content_embedding is null or old.content_embedding is null
    or new.content_embedding operator(extensions.<>) old.content_embedding then
    new.embedding_is_stale := false;
  elsif (new.title, new.description, new.content) is distinct from (old.title, old.description, old.content) then
    new.embedding_is_stale := true;
  end if;
  return new;
end;
$$;

create function private.rows_of_run(run_id uuid)
returns table (kind text, workspace_id text, id uuid, is_inserted boolean, is_edited boolean, later_run_id uuid)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  times constant pg_catalog.timestamptz[] := array(
    select distinct b.committed_at from public.migration_batches as b where b.run_id = rows_of_run.run_id
  );
begin
  return query
  select
    r.kind, r.workspace_id, r.id,
    not exists (
      select from public.migration_replaced_rows as p
      where (p.run_id, p.kind, p.workspace_id, p.id) = (rows_of_run.run_id, r.kind, r.workspace_id, r.id)
    ),
    r.updated_at <> all (times),
    null::pg_catalog.uuid
  from (
    select 'trace' as kind, t.workspace_id, t.id, t.updated_at
    from public.reasoning_traces as t where t.migration_run_id = rows_of_run.run_id
    union all
    select 'memory_item', m.workspace_id, m.id, m.updated_at
    from public.memory_items as m where m.migration_run_id = rows_of_run.run_id
  ) as r;

  return query
  select
    l.kind, l.workspace_id, l.id,
    not exists (
      select from public.migration_replaced_rows as p
      where (p.run_id, p.kind, p.workspace_id, p.id) = (rows_of_run.run_id, l.kind, l.workspace_id, l.id)
    ),
    false,
    l.run_id
  from public.migration_replaced_rows as l
  where l.replaced_run_id = rows_of_run.run_id;
end;
$$;
comment on function private.rows_of_run(uuid) is
  'Rows that a migration run wrote: is_inserted, else it updated them; is_edited since; later_run_id has updated them since.';
revoke execute on function private.rows_of_run(uuid) from public, anon, authenticated;
grant execute on function private.rows_of_run(uuid) to service_role;

create function public.list_rollback_obstacles(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.uuid := (request::pg_catalog.jsonb ->> 'run_id')::pg_catalog.uuid;
  result pg_catalog.jsonb;
begin
  create temporary table rows_to_roll_back on commit drop as select r.* from private.rows_of_run(wanted) as r;
  create index on pg_temp.rows_to_roll_back (workspace_id, id);
  analyze pg_temp.rows_to_roll_back;

  with obstacle (problem, kind, workspace_id, id, what) as (
    select case when r.later_run_id is null then 'edited' else 'updated_by_later_run' end,
      r.kind, r.workspace_id, r.id::pg_catalog.text, r.later_run_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    where r.is_edited or r.later_run_id is not null
    union all
    select 'added_under_trace', 'memory_item', m.workspace_id, m.id::pg_catalog.text, m.trace_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.memory_items as m on (m.workspace_id, m.trace_id) = (r.workspace_id, r.id)
    where r.kind = 'trace' and r.is_inserted
      and not exists (
        select from pg_temp.rows_to_roll_back as o
        where o.kind = 'memory_item' and (o.workspace_id, o.id) = (m.workspace_id, m.id)
      )
    union all
    select 'linked_from', l.child_kind, l.workspace_id, l.child_id::pg_catalog.text, l.target_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.lineage_links as l
      on (l.workspace_id, l.target_kind, l.target_id) = (r.workspace_id, r.kind, r.id)
    where r.is_inserted
      and not exists (
        select from pg_temp.rows_to_roll_back as o
        where (o.kind, o.workspace_id, o.id) = (l.child_kind, l.workspace_id, l.child_id)
      )
    union all
    select 'recalled', r.kind, r.workspace_id, r.id::pg_catalog.text, pg_catalog.count(*)::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.retrieval_results as q on (q.workspace_id, q.result_id) = (r.workspace_id, r.id)
    where r.is_inserted
    group by r.kind, r.workspace_id, r.id
    union all
    select 'archived', 'trace', a.workspace_id, a.id::pg_catalog.text, null
    from public.archived_traces as a
    where (a.trace ->> 'migration_run_id')::pg_catalog.uuid = wanted
    union all
    select 'member', 'workspace', m.workspace_id, m.user_id::pg_catalog.text, m.role
    from public.migration_run_workspaces as w
    join public.workspace_members as m on m.workspace_id = w.workspace_id
    where w.run_id = wanted and w.is_new
    union all
    select 'invitation', 'workspace', i.workspace_id, i.id::pg_catalog.text, i.role
    from public.migration_run_workspaces as w
    join public.workspace_invitations as i on i.workspace_id = w.workspace_id
    where w.run_id = wanted and w.is_new
  )
  select pg_catalog.jsonb_build_object(
    'inserted', (select pg_catalog.count(*) from pg_temp.rows_to_roll_back as r where r.is_inserted),
    'updated', (
      select pg_catalog.count(*) from public.migration_replaced_rows as p where p.run_id = wanted
    ),
    'new_workspaces', (
      select pg_catalog.count(*)
      from public.migration_run_workspaces as w
      join public.workspaces as p on p.id = w.workspace_id
      where w.run_id = wanted and w.is_new
    ),
    'counts', (
      select coalesce(pg_catalog.jsonb_object_agg(c.problem, c.number), '{}')
      from (select o.problem, pg_catalog.count(*) as number from obstacle as o group by o.problem) as c
    ),
    'obstacles', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(o)), '[]')
      from (select * from obstacle as k order by k.problem, k.workspace_id, k.kind, k.id limit 1000) as o
    )
  )
  into result;
  return result::pg_catalog.text;
end;
$$;
comment on function public.list_rollback_obstacles(text) is
  'Takes {"run_id"}; returns what a rollback would take away and put back ("inserted", "updated", "new_workspaces"), and '
  'what was built on it since: "counts" by problem, and the first 1000 as [{"problem", "kind", "workspace_id", "id", "what"}, ...].';
revoke execute on function public.list_rollback_obstacles(text) from public, anon, authenticated;
grant execute on function public.list_rollback_obstacles(text) to service_role;

create function public.start_migration_rollback(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  token constant pg_catalog.uuid := (wanted ->> 'lease_token')::pg_catalog.uuid;
  chosen public.migration_runs;
  held pg_catalog.jsonb;
begin
  select r.* into chosen from public.migration_runs as r where r.id = (wanted ->> 'run_id')::pg_catalog.uuid;
  if not found then
    raise exception 'There is no migration run %', wanted ->> 'run_id'
      using errcode = 'PT404', hint = 'pnpm migrate runs lists them.';
  end if;
  held := private.lease_of_source(chosen.source_identity, token, (wanted ->> 'taken_over')::pg_catalog.uuid);
  if held is not null then
    return held::pg_catalog.text;
  end if;
  if chosen.status = 'rolled_back' then
    return pg_catalog.jsonb_build_object('outcome', 'rolled_back', 'run_id', chosen.id)::pg_catalog.text;
  end if;
  update public.migration_runs as r
  set
    status = 'rolling_back',
    phase = 'rollback',
    progress = null,
    lease_token = token,
    lease_holder = wanted -> 'lease_holder',
    lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds'
  where r.id = chosen.id;
  return pg_catalog.jsonb_build_object(
    'outcome', case when chosen.status = 'rolling_back' then 'resumed' else 'started' end, 'run_id', chosen.id
  )::pg_catalog.text;
end;
$$;
comment on function public.start_migration_rollback(text) is
  'Takes {"run_id", "lease_token", "lease_holder", "taken_over"}; returns {"outcome", "run_id"}: started, resumed (it was cut '
  'short), rolled_back (already), or held as start_migration_run tells. Raises PT404.';
revoke execute on function public.start_migration_rollback(text) from public, anon, authenticated;
grant execute on function public.start_migration_rollback(text) to service_role;

create function private.put_rows_back(run_id uuid, kind text, row_limit integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  relation constant pg_catalog.text := case put_rows_back.kind
    when 'trace' then 'public.reasoning_traces' else 'public.memory_items' end;
  columns constant pg_catalog.text := (
    select pg_catalog.string_agg(pg_catalog.format('%1$I = p.%1$I', a.attname), ', ' order by a.attnum)
    from pg_catalog.pg_attribute as a
    where a.attrelid = relation::pg_catalog.regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.attname not in ('workspace_id', 'id')
  );
  picked pg_catalog.jsonb;
  restored pg_catalog.int8;
begin
  with taken as (
    delete from public.migration_replaced_rows as p
    where (p.run_id, p.kind) = (put_rows_back.run_id, put_rows_back.kind)
      and (p.workspace_id, p.id) in (
        select n.workspace_id, n.id
        from public.migration_replaced_rows as n
        where (n.run_id, n.kind) = (put_rows_back.run_id, put_rows_back.kind)
        order by n.workspace_id, n.id
        limit row_limit
      )
    returning p.workspace_id, p.id, p.replaced_row, p.replaced_links
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('row', t.replaced_row, 'links', t.replaced_links))
  into picked
  from taken as t;
  if picked is null then
    return 0;
  end if;

  -- A later run's record of the same row would bring back what this run wrote.
  delete from public.migration_replaced_rows as p
  using pg_catalog.jsonb_array_elements(picked) as e (entry)
  where p.replaced_run_id = put_rows_back.run_id and p.kind = put_rows_back.kind
    and p.workspace_id = e.entry -> 'row' ->> 'workspace_id' and p.id = (e.entry -> 'row' ->> 'id')::pg_catalog.uuid;

  -- Not an option of the function: only a superuser may give it one that is not Postgres' own.
  set local reasoningbank.puts_rows_back = 'on';
  -- A row that was deleted since stays deleted.
  execute pg_catalog.format(
    'update %1$s as t set %2$s
      from pg_catalog.jsonb_array_elements($1) as e (entry)
      cross join lateral pg_catalog.jsonb_populate_record(null::%1$s, %3$s) as p
      where (t.workspace_id, t.id) = (p.workspace_id, p.id)',
    relation, columns,
    case when put_rows_back.kind = 'trace' then 'e.entry -> ''row'''
      -- So may its trace be.
      else '(e.entry -> ''row'') || case when not exists (
          select from public.reasoning_traces as o
          where o.workspace_id = e.entry -> ''row'' ->> ''workspace_id''
            and o.id = (e.entry -> ''row'' ->> ''trace_id'')::pg_catalog.uuid
        ) then ''{"trace_id": null}''::pg_catalog.jsonb else ''{}'' end'
    end
  ) using picked;
  get diagnostics restored = row_count;
  set local reasoningbank.puts_rows_back = 'off';

  delete from public.lineage_links as l
  using pg_catalog.jsonb_array_elements(picked) as e (entry)
  where l.workspace_id = e.entry -> 'row' ->> 'workspace_id' and l.child_kind = put_rows_back.kind
    and l.child_id = (e.entry -> 'row' ->> 'id')::pg_catalog.uuid;
  execute pg_catalog.format(
    'insert into public.lineage_links
      select l.*
      from pg_catalog.jsonb_array_elements($1) as e (entry)
      join %s as t on t.workspace_id = e.entry -> ''row'' ->> ''workspace_id''
        and t.id = (e.entry -> ''row'' ->> ''id'')::pg_catalog.uuid
      cross join lateral pg_catalog.jsonb_populate_recordset(null::public.lineage_links, e.entry -> ''links'') as l',
    relation
  ) using picked;
  return restored;
end;
$$;
comment on function private.put_rows_back(uuid, text, integer) is
  'Puts back as many rows of a kind as a run updated, and strikes them out of the journal; returns how many there were.';
revoke execute on function private.put_rows_back(uuid, text, integer) from public, anon, authenticated;
grant execute on function private.put_rows_back(uuid, text, integer) to service_role;

create function private.take_rows_away(run_id uuid, kind text, row_limit integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  relation constant pg_catalog.text := case take_rows_away.kind
    when 'trace' then 'public.reasoning_traces' else 'public.memory_items' end;
  deleted pg_catalog.int8;
begin
  execute pg_catalog.format(
    'with later as (
      delete from public.migration_replaced_rows as p
      where p.replaced_run_id = $1 and p.kind = $2
        and (p.run_id, p.workspace_id, p.id) in (
          select n.run_id, n.workspace_id, n.id from public.migration_replaced_rows as n
          where n.replaced_run_id = $1 and n.kind = $2 limit $3
        )
      returning p.workspace_id, p.id
    )
    delete from %1$s as t
    where (t.workspace_id, t.id) in (
      (select o.workspace_id, o.id from %1$s as o where o.migration_run_id = $1 limit $3)
      union all
      select l.workspace_id, l.id from later as l
    )', relation
  ) using take_rows_away.run_id, take_rows_away.kind, row_limit;
  get diagnostics deleted = row_count;
  return deleted;
end;
$$;
comment on function private.take_rows_away(uuid, text, integer) is
  'Deletes rows of a kind that a run inserted, also those that a later run has updated; returns how many.';
revoke execute on function private.take_rows_away(uuid, text, integer) from public, anon, authenticated;
grant execute on function private.take_rows_away(uuid, text, integer) to service_role;

create function public.roll_back_migration_rows(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  rolled_back constant pg_catalog.uuid := (wanted ->> 'run_id')::pg_catalog.uuid;
  row_limit constant pg_catalog.int4 := (wanted ->> 'row_limit')::pg_catalog.int4;
  restored pg_catalog.int8 := 0;
  deleted pg_catalog.int8 := 0;
  removed pg_catalog.int8 := 0;
  is_finished pg_catalog.bool := false;
begin
  perform public.renew_migration_lease(request);
  discard plans;

  -- Traces before items, so that an item finds its trace again; then items before the traces they belong to.
  if exists (
    select from public.migration_replaced_rows as p where (p.run_id, p.kind) = (rolled_back, 'trace')
  ) then
    restored := private.put_rows_back(rolled_back, 'trace', row_limit);
  elsif exists (
    select from public.migration_replaced_rows as p where (p.run_id, p.kind) = (rolled_back, 'memory_item')
  ) then
    restored := private.put_rows_back(rolled_back, 'memory_item', row_limit);
  else
    deleted := private.take_rows_away(rolled_back, 'memory_item', row_limit);
    if deleted = 0 then
      deleted := private.take_rows_away(rolled_back, 'trace', row_limit);
    end if;
    if deleted = 0 then
      -- What somebody keeps there keeps the workspace.
      delete from public.workspaces as w
      using public.migration_run_workspaces as r
      where (r.run_id, r.workspace_id) = (rolled_back, w.id) and r.is_new
        and not exists (select from public.reasoning_traces as t where t.workspace_id = w.id)
        and not exists (select from public.memory_items as m where m.workspace_id = w.id)
        and not exists (select from public.archived_traces as a where a.workspace_id = w.id);
      get diagnostics removed = row_count;
      delete from public.migration_batches as b where b.run_id = rolled_back;
      update public.migration_runs as r
      set status = 'rolled_back', rolled_back_at = pg_catalog.now(), lease_expires_at = pg_catalog.now()
      where r.id = rolled_back;
      is_finished := true;
    end if;
  end if;
  return pg_catalog.jsonb_build_object(
    'restored', restored, 'deleted', deleted, 'removed_workspaces', removed, 'is_finished', is_finished
  )::pg_catalog.text;
end;
$$;
comment on function public.roll_back_migration_rows(text) is
  'Takes {"run_id", "lease_token", "row_limit"} of a rollback that was started; does so many rows of it, and returns '
  '{"restored", "deleted", "removed_workspaces", "is_finished"}. Raises 55L01 when the lease is another process''s.';
revoke execute on function public.roll_back_migration_rows(text) from public, anon, authenticated;
grant execute on function public.roll_back_migration_rows(text) to service_role;

create function public.read_migration_runs(request text)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when request::pg_catalog.json ->> 'run_id' is not null then (
      select coalesce(pg_catalog.json_agg(g), '[]')::pg_catalog.text
      from public.get_migration_run((request::pg_catalog.json ->> 'run_id')::pg_catalog.uuid) as g
    )
    else (
      select coalesce(pg_catalog.json_agg(l order by l.started_at desc, l.id desc), '[]')::pg_catalog.text
      from public.list_migration_runs(1000) as l
    )
  end
$$;
comment on function public.read_migration_runs(text) is
  'What list_migration_runs, or for {"run_id"} get_migration_run, tells, as the text of a JSON array.';
revoke execute on function public.read_migration_runs(text) from public, anon, authenticated;
grant execute on function public.read_migration_runs(text) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126100300', 'roll_back_migration_runs');

-- 20261126110000_create_owed_indexes.sql

-- A large load is several times faster without the indexes of vectors, and one build afterwards costs less than a row
-- at a time. What was dropped is owed: recorded in the transaction that drops it, struck out in the one that builds it.

create table public.migration_owed_indexes (
  index_name text primary key,
  table_name text not null check (table_name in ('reasoning_traces', 'memory_items')),
  definition text not null,
  run_id uuid not null,
  dropped_at timestamptz not null default pg_catalog.now()
);
comment on table public.migration_owed_indexes is
  'Indexes that a migration dropped for its load and has not built again yet. Searches compare every row meanwhile. '
  'Nobody but the owner of the tables writes it, because the definitions are executed.';
comment on column public.migration_owed_indexes.definition is 'The statement that builds it.';
comment on column public.migration_owed_indexes.run_id is 'The migration run that dropped it.';

alter table public.migration_owed_indexes enable row level security;

revoke all on public.migration_owed_indexes from public, anon, authenticated, service_role;
grant select on public.migration_owed_indexes to service_role;

create function private.vector_indexes()
returns table (index_name text, table_name text, definition text, is_valid boolean, is_being_built boolean, is_mine boolean)
language sql
stable
set search_path = ''
as $$
  select
    c.relname::pg_catalog.text,
    t.relname::pg_catalog.text,
    pg_catalog.pg_get_indexdef(i.indexrelid),
    i.indisvalid and i.indisready,
    exists (
      select from pg_catalog.pg_stat_progress_create_index as p where p.index_relid = i.indexrelid
    ),
    pg_catalog.pg_has_role(c.relowner, 'usage')
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as a on a.oid = c.relam
  join pg_catalog.pg_class as t on t.oid = i.indrelid
  where i.indrelid in ('public.reasoning_traces'::pg_catalog.regclass, 'public.memory_items'::pg_catalog.regclass)
    and a.amname in ('hnsw', 'ivfflat')
$$;
comment on function private.vector_indexes() is
  'The indexes of vectors that there are, whoever made them, and whether the caller may drop them.';
revoke execute on function private.vector_indexes() from public, anon;
grant execute on function private.vector_indexes() to service_role;

create function private.try_index_lock()
returns boolean
language sql
set search_path = ''
as $$
  select pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('public.migration_owed_indexes', 0))
$$;
comment on function private.try_index_lock() is
  'Only one drops or builds the indexes of vectors at a time; held to the end of the transaction, so a pooler will do.';
revoke execute on function private.try_index_lock() from public, anon;

create function public.list_owed_indexes()
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'index_name', o.index_name, 'table_name', o.table_name, 'problem', o.problem,
        'run_id', o.run_id, 'dropped_at', o.dropped_at
      )
      order by o.index_name
    ),
    '[]'
  )::pg_catalog.text
  from (
    select d.index_name, d.table_name, 'dropped' as problem, d.run_id, d.dropped_at
    from public.migration_owed_indexes as d
    where not exists (
      select from private.vector_indexes() as v where v.index_name = d.index_name and v.is_valid
    )
    union all
    select v.index_name, v.table_name, 'invalid', null, null
    from private.vector_indexes() as v
    where not v.is_valid and not v.is_being_built
      and not exists (
        select from public.migration_owed_indexes as d where d.index_name = v.index_name
      )
  ) as o
$$;
comment on function public.list_owed_indexes() is
  'Indexes of vectors that a migration still has to build, as JSON text: dropped for a load, or left invalid by a build '
  'that broke.';
revoke execute on function public.list_owed_indexes() from public, anon, authenticated;
grant execute on function public.list_owed_indexes() to service_role;

create function private.count_vectors(table_name text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(pg_catalog.sum(c.embedded_count), 0)::pg_catalog.int8
  from private.current_counts as c
  where c.subject = case table_name when 'reasoning_traces' then 'reasoning_trace' else 'memory_item' end
    and c.facet = 'total'
$$;
comment on function private.count_vectors(text) is 'Rows with a vector, from the counts alone.';
revoke execute on function private.count_vectors(text) from public, anon;

create function private.count_rows_of_source(run_id uuid, table_name text)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  runs constant pg_catalog.uuid[] := array(
    select r.id
    from public.migration_runs as r
    where r.source_identity = (select o.source_identity from public.migration_runs as o where o.id = run_id)
  );
begin
  if table_name = 'reasoning_traces' then
    return (select pg_catalog.count(*) from public.reasoning_traces as t where t.migration_run_id = any (runs));
  end if;
  return (select pg_catalog.count(*) from public.memory_items as m where m.migration_run_id = any (runs));
end;
$$;
comment on function private.count_rows_of_source(uuid, text) is
  'Rows that this run or earlier ones of the same source have written, and this one need not write.';
revoke execute on function private.count_rows_of_source(uuid, text) from public, anon;

create function private.drop_vector_indexes(run_id uuid, trace_vectors bigint, memory_item_vectors bigint)
returns text
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  -- Fewer rows are inserted into the graph in about a second.
  fewest_rows constant bigint := 1000::pg_catalog.int8;
  candidate record;
  dropped jsonb := '[]'::pg_catalog.jsonb;
begin
  if not private.try_index_lock() then
    return dropped::pg_catalog.text;
  end if;
  delete from public.migration_owed_indexes as d
  using private.vector_indexes() as v
  where v.index_name = d.index_name and v.is_valid;

  for candidate in
    select
      v.index_name, v.table_name, v.definition,
      private.count_vectors(v.table_name) as there,
      case v.table_name when 'reasoning_traces' then trace_vectors else memory_item_vectors end
        - private.count_rows_of_source(drop_vector_indexes.run_id, v.table_name) as to_come
    from private.vector_indexes() as v
    where v.is_valid and v.is_mine
    order by v.index_name
  loop
    continue when candidate.to_come < fewest_rows or 4 * candidate.to_come <= candidate.there;
    begin
      insert into public.migration_owed_indexes (index_name, table_name, definition, run_id)
      values (candidate.index_name, candidate.table_name, candidate.definition, drop_vector_indexes.run_id);
      execute pg_catalog.format('drop index public.%I', candidate.index_name);
      dropped := dropped || pg_catalog.to_jsonb(candidate.index_name);
    exception when lock_not_available then
      -- Somebody reads the table for long: the load is slower with the index, and as good.
      null;
    end;
  end loop;
  return dropped::pg_catalog.text;
end;
$$;
comment on function private.drop_vector_indexes(uuid, bigint, bigint) is
  'Drops the indexes of vectors whose tables are about to get more than a quarter of the rows they have, and records the '
  'debt. Returns their names as JSON text. Building costs about a quarter of inserting a row at a time: see '
  'benchmarks/README.md.';
revoke execute on function private.drop_vector_indexes(uuid, bigint, bigint) from public, anon;

create function private.build_owed_index(run_id uuid, index_name text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  owed pg_catalog.text;
  existing record;
begin
  if not private.try_index_lock() then
    return 'busy';
  end if;
  if exists (
    select from public.migration_runs as r
    where r.id <> build_owed_index.run_id and r.status = 'running' and r.phase = 'copy'
      and r.lease_expires_at > pg_catalog.clock_timestamp()
  ) then
    return 'loading';
  end if;
  select d.definition into owed
  from public.migration_owed_indexes as d where d.index_name = build_owed_index.index_name;
  select v.* into existing
  from private.vector_indexes() as v where v.index_name = build_owed_index.index_name;

  if existing.is_being_built then
    return 'busy';
  end if;
  begin
    if existing.is_valid is not true and coalesce(owed, existing.definition) is not null then
      if existing.index_name is not null then
        execute pg_catalog.format('drop index public.%I', build_owed_index.index_name);
      end if;
      execute coalesce(owed, existing.definition);
    end if;
  exception when lock_not_available then
    return 'busy';
  end;
  delete from public.migration_owed_indexes as d where d.index_name = build_owed_index.index_name;
  return 'built';
end;
$$;
comment on function private.build_owed_index(uuid, text) is
  'Builds one index that is owed and strikes out the debt, in one transaction: one that breaks leaves the debt and no '
  'invalid index. Returns busy where somebody else is at it or holds the table, loading where another run still copies: '
  'it would wait for the build, and then write row by row into the index. The last one builds.';
revoke execute on function private.build_owed_index(uuid, text) from public, anon;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126110000', 'create_owed_indexes');

-- 20261126120000_create_migration_verifications.sql

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

insert into supabase_migrations.schema_migrations (version, name) values ('20261126120000', 'create_migration_verifications');

-- 20261126120100_create_verification_reads.sql

-- What `pnpm migrate verify` asks beside the rows themselves. Nothing of the write path is used, nothing is written. Each
-- takes and returns JSON as text, so that no row cap cuts it and no number loses a digit.

create function public.describe_migrated_source(request text)
returns text
language sql
stable
set search_path = ''
as $$
  with run as (
    select r.*
    from public.migration_runs as r
    where r.source_identity = request::pg_catalog.json ->> 'source_identity'
  ),
  newest as (
    select r.* from run as r order by r.started_at desc, r.id limit 1
  )
  select pg_catalog.json_build_object(
    'runs', (
      select coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_object('id', r.id, 'status', r.status, 'started_at', r.started_at)
          order by r.started_at desc, r.id
        ),
        '[]'
      )
      from run as r
    ),
    'source_timezone', (select n.source_timezone from newest as n),
    'default_workspace', (select n.options ->> 'default_workspace' from newest as n),
    'refused', coalesce(
      (
        select pg_catalog.jsonb_path_query_array(
          r.report, '$.rejects[*] ? (@.code == "refused_by_target").source_id'
        )
        from run as r
        where r.report is not null
        order by r.started_at desc, r.id
        limit 1
      ),
      '[]'
    )
  )::pg_catalog.text
$$;
comment on function public.describe_migrated_source(text) is
  'Takes {"source_identity"}; returns its runs, the newest first, what the newest one read times without a zone in and '
  'where it put records without a workspace, and the source ids that the database refused in the last finished one.';
revoke execute on function public.describe_migrated_source(text) from public, anon, authenticated;
grant execute on function public.describe_migrated_source(text) to service_role;

-- Pages are walked along the primary key; a sort would read everything for each of them.
create function public.list_migrated_rows(request text)
returns text
language plpgsql
stable
set search_path = ''
set enable_sort = off
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  after_workspace constant pg_catalog.text := coalesce(wanted #>> '{after,0}', '');
  after_id constant pg_catalog.uuid := coalesce(
    wanted #>> '{after,1}', '00000000-0000-0000-0000-000000000000'
  )::pg_catalog.uuid;
  page_size constant integer := (wanted ->> 'page_size')::pg_catalog.int4;
  runs constant pg_catalog.uuid[] := array(
    select r.id from public.migration_runs as r where r.source_identity = wanted ->> 'source_identity'
  );
begin
  if wanted ->> 'kind' = 'trace' then
    return (
      select coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_array(p.workspace_id, p.id, false) order by p.workspace_id, p.id
        ),
        '[]'
      )
      from (
        select t.workspace_id, t.id
        from public.reasoning_traces as t
        where (t.workspace_id, t.id) > (after_workspace, after_id) and t.migration_run_id = any (runs)
        order by t.workspace_id, t.id
        limit page_size
      ) as p
    );
  end if;
  return (
    select coalesce(
      pg_catalog.json_agg(
        pg_catalog.json_build_array(
          p.workspace_id,
          p.id,
          p.trace_id is not null and not exists (
            select from public.reasoning_traces as t where (t.workspace_id, t.id) = (p.workspace_id, p.trace_id)
          )
        )
        order by p.workspace_id, p.id
      ),
      '[]'
    )
    from (
      select m.workspace_id, m.id, m.trace_id
      from public.memory_items as m
      where (m.workspace_id, m.id) > (after_workspace, after_id) and m.migration_run_id = any (runs)
      order by m.workspace_id, m.id
      limit page_size
    ) as p
  );
end;
$$;
comment on function public.list_migrated_rows(text) is
  'Takes {"source_identity", "kind", "after", "page_size"}; returns [[workspace_id, id, its trace is missing], ...] of the rows '
  'that any run of the source wrote, after the given [workspace_id, id], in the order of the primary key.';
revoke execute on function public.list_migrated_rows(text) from public, anon, authenticated;
grant execute on function public.list_migrated_rows(text) to service_role;

create function public.list_open_links(request text)
returns text
language plpgsql
stable
set search_path = ''
set enable_sort = off
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  page public.lineage_links[];
  last public.lineage_links;
begin
  page := array(
    select l
    from public.lineage_links as l
    where l.workspace_id = wanted ->> 'workspace_id'
      and (l.child_kind, l.child_id, l.relation, l.ordinal) > (
        coalesce(wanted #>> '{after,0}', ''),
        coalesce(wanted #>> '{after,1}', '00000000-0000-0000-0000-000000000000')::pg_catalog.uuid,
        coalesce(wanted #>> '{after,2}', ''),
        coalesce((wanted #>> '{after,3}')::pg_catalog.int4, 0)
      )
    order by l.child_kind, l.child_id, l.relation, l.ordinal
    limit (wanted ->> 'page_size')::pg_catalog.int4
  );
  if pg_catalog.cardinality(page) > 0 then
    last := page[pg_catalog.cardinality(page)];
  end if;
  return (
    select pg_catalog.json_build_object(
      'links', pg_catalog.cardinality(page),
      'next', case
        when last.child_id is not null then
          pg_catalog.json_build_array(last.child_kind, last.child_id, last.relation, last.ordinal)
      end,
      'open', coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_object(
            'child_kind', o.child_kind, 'child_id', o.child_id, 'relation', o.relation, 'target_kind', o.target_kind,
            'target_id', o.target_id, 'child_is_missing', o.child_is_missing, 'target_is_missing', o.target_is_missing
          )
        ) filter (where o.child_is_missing or o.target_is_missing),
        '[]'
      )
    )::pg_catalog.text
    from (
      select
        l.*,
        not private.is_there(l.child_kind, l.workspace_id, l.child_id) as child_is_missing,
        not private.is_there(l.target_kind, l.workspace_id, l.target_id) as target_is_missing
      from pg_catalog.unnest(page) as l
    ) as o
  );
end;
$$;
comment on function public.list_open_links(text) is
  'Takes {"workspace_id", "after", "page_size"}; returns {"links", "next", "open"}: how many links were looked at, where to go '
  'on (null at the end), and those of which an end is not in the workspace.';
revoke execute on function public.list_open_links(text) from public, anon, authenticated;
grant execute on function public.list_open_links(text) to service_role;

create function public.explain_changed_rows(request text)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.json_agg(
      pg_catalog.json_build_array(
        k.workspace_id,
        k.id,
        pg_catalog.to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        c.updated_at > c.inserted_at
          and (r.id is null or c.inserted_at >= r.started_at or c.updated_at > r.finished_at) is true,
        exists (
          select from public.archived_traces as a
          where a.workspace_id = k.workspace_id
            and case request::pg_catalog.json ->> 'kind'
              when 'trace' then a.id = k.id
              else a.id = k.trace_id
                and a.memory_items @> pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('id', k.id))
            end
        )
      )
    ),
    '[]'
  )::pg_catalog.text
  from pg_catalog.json_to_recordset(request::pg_catalog.json -> 'keys')
    as k (workspace_id pg_catalog.text, id pg_catalog.uuid, trace_id pg_catalog.uuid)
  left join lateral (
    select t.inserted_at, t.updated_at, t.migration_run_id
    from public.reasoning_traces as t
    where request::pg_catalog.json ->> 'kind' = 'trace' and (t.workspace_id, t.id) = (k.workspace_id, k.id)
    union all
    select m.inserted_at, m.updated_at, m.migration_run_id
    from public.memory_items as m
    where request::pg_catalog.json ->> 'kind' = 'memory_item' and (m.workspace_id, m.id) = (k.workspace_id, k.id)
  ) as c on true
  left join public.migration_runs as r on r.id = c.migration_run_id
$$;
comment on function public.explain_changed_rows(text) is
  'Takes {"kind", "keys": [{"workspace_id", "id", "trace_id"}]}; returns [[workspace_id, id, updated_at, it was written to after '
  'its migration, it is archived], ...]. A change made with the triggers off leaves no time and is nobody''s edit.';
revoke execute on function public.explain_changed_rows(text) from public, anon, authenticated;
grant execute on function public.explain_changed_rows(text) to service_role;

create function private.compare_statistics(workspace_id text)
returns setof private.statistics_change
language sql
stable
security definer
set search_path = ''
as $$
  select c.* from private.statistics_corrections(compare_statistics.workspace_id) as c
$$;
comment on function private.compare_statistics(text) is
  'Security definer: what counts a row is granted to nobody, and a service role that only looks need not be able to count.';
revoke execute on function private.compare_statistics(text) from public, anon;
grant execute on function private.compare_statistics(text) to service_role;

create function public.compare_statistics(request text)
returns text
language sql
stable
set search_path = ''
as $$
  with counts as (
    select pg_catalog.count(*) as compared
    from (
      select distinct k.subject, k.facet, k.value, k.day
      from private.current_counts as k
      where k.workspace_id = request::pg_catalog.json ->> 'workspace_id'
    ) as d
  ),
  correction as (
    select c.* from private.compare_statistics(request::pg_catalog.json ->> 'workspace_id') as c
  )
  select pg_catalog.json_build_object(
    'compared', (select c.compared from counts as c),
    'wrong', (select pg_catalog.count(*) from correction as c),
    'examples', (
      select coalesce(pg_catalog.json_agg(e.label), '[]')
      from (
        select
          pg_catalog.concat_ws(' ', c.subject, c.facet, nullif(c.value, ''), c.day) || ': '
            || pg_catalog.concat_ws(
              ', ',
              pg_catalog.to_char(nullif(c.row_count, 0), 'SFM999999999999') || ' rows',
              pg_catalog.to_char(nullif(c.embedded_count, 0), 'SFM999999999999') || ' with a vector',
              pg_catalog.to_char(nullif(c.error_count, 0), 'SFM999999999999') || ' with an error',
              pg_catalog.to_char(nullif(c.orphan_count, 0), 'SFM999999999999') || ' without a trace',
              pg_catalog.to_char(nullif(c.stage_sum, 0), 'SFM999999999999') || ' generations',
              pg_catalog.to_char(nullif(c.byte_count, 0), 'SFM999999999999') || ' bytes'
            ) as label
        from correction as c
        order by pg_catalog.abs(c.row_count) desc, c.subject, c.facet, c.value, c.day
        limit 5
      ) as e
    )
  )::pg_catalog.text
$$;
comment on function public.compare_statistics(text) is
  'Takes {"workspace_id"}; counts its rows anew and returns {"compared", "wrong", "examples"}: how many of the kept counts '
  'differ from that, and what would have to be added to some. Nothing is corrected.';
revoke execute on function public.compare_statistics(text) from public, anon, authenticated;
grant execute on function public.compare_statistics(text) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126120100', 'create_verification_reads');

-- 20261126120200_create_nearest_comparison.sql

-- pgvector's settings are unknown to a session until its library is loaded, and the function below names them.
do $$ begin perform '[1]'::extensions.vector; end; $$;

create function private.count_nearest_by_index(
  subject text, query_embedding extensions.vector, match_count integer, farthest double precision
)
returns bigint
language plpgsql
stable
set search_path = ''
set enable_sort = off
set enable_seqscan = off
set hnsw.iterative_scan = off
set hnsw.ef_search = 400
as $$
declare
  hit bigint;
begin
  -- Distances are computed twice; the last bits may differ.
  if subject = 'memory_item' then
    select pg_catalog.count(*) filter (where n.distance <= farthest + 0.000001) into hit
    from (
      select m.content_embedding operator(extensions.<=>) query_embedding as distance
      from public.memory_items as m
      where m.embedding_model = 'all-MiniLM-L6-v2'
      order by m.content_embedding operator(extensions.<=>) query_embedding
      limit match_count
    ) as n;
  else
    select pg_catalog.count(*) filter (where n.distance <= farthest + 0.000001) into hit
    from (
      select t.task_embedding operator(extensions.<=>) query_embedding as distance
      from public.reasoning_traces as t
      where t.embedding_model = 'all-MiniLM-L6-v2'
      order by t.task_embedding operator(extensions.<=>) query_embedding
      limit match_count
    ) as n;
  end if;
  return hit;
end;
$$;
comment on function private.count_nearest_by_index(text, extensions.vector, integer, double precision) is
  'How many of the nearest rows of all workspaces, none of which is farther than this, the index alone finds: with the breadth '
  'that searches begin with.';
revoke execute on function private.count_nearest_by_index(text, extensions.vector, integer, double precision)
  from public, anon;
grant execute on function private.count_nearest_by_index(text, extensions.vector, integer, double precision)
  to service_role;

create function public.compare_nearest(request text)
returns text
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  wanted constant pg_catalog.json := request::pg_catalog.json;
  subject constant pg_catalog.text := wanted ->> 'kind';
  query_embedding constant extensions.vector := (wanted ->> 'embedding')::extensions.vector;
  model constant pg_catalog.text := wanted ->> 'model';
  workspace constant pg_catalog.text := wanted ->> 'workspace_id';
  match_count constant integer := (wanted ->> 'match_count')::pg_catalog.int4;
  relation constant pg_catalog.regclass := case subject
    when 'memory_item' then 'public.memory_items' else 'public.reasoning_traces' end::pg_catalog.regclass;
  embedding constant pg_catalog.text := case subject
    when 'memory_item' then 'r.content_embedding' else 'r.task_embedding' end;
  exact pg_catalog.json;
  found pg_catalog.json;
  farthest double precision;
  asked bigint;
  hit bigint;
begin
  -- "+ 0" keeps the planner away from the index.
  execute pg_catalog.format(
    $statement$
      select coalesce(json_agg(json_build_array(n.id, n.distance) order by n.distance, n.id), '[]')
      from (
        select r.id, (%1$s operator(extensions.<=>) $1) + 0 as distance
        from %2$s as r
        where r.workspace_id = $2 and r.embedding_model = $3 and %1$s is not null
        order by distance, r.id
        limit $4
      ) as n
    $statement$,
    embedding, relation
  ) into exact using query_embedding, workspace, model, match_count;

  if subject = 'memory_item' then
    select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(f.id, 1 - f.similarity) order by f.semantic_rank), '[]')
    into found
    from public.search_similar_memories(
      query_embedding, match_count, array[workspace], query_model => model
    ) as f;
  else
    select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(f.id, 1 - f.similarity) order by f.semantic_rank), '[]')
    into found
    from public.search_similar_traces(
      query_embedding, match_count, array[workspace], query_model => model
    ) as f;
  end if;

  if model = 'all-MiniLM-L6-v2' and exists (
    select from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
    join pg_catalog.pg_am as a on a.oid = c.relam
    where i.indrelid = relation and i.indisvalid and a.amname = 'hnsw'
  ) then
    execute pg_catalog.format(
      $statement$
        select count(*), max(n.distance)
        from (
          select (%1$s operator(extensions.<=>) $1) + 0 as distance
          from %2$s as r
          where r.embedding_model = 'all-MiniLM-L6-v2' and %1$s is not null
          order by distance
          limit $2
        ) as n
      $statement$,
      embedding, relation
    ) into asked, farthest using query_embedding, match_count;
    hit := private.count_nearest_by_index(subject, query_embedding, match_count, farthest);
  end if;
  return pg_catalog.json_build_object(
    'exact', exact,
    'found', found,
    'index', case when asked is not null then pg_catalog.json_build_array(asked, hit) end
  )::pg_catalog.text;
end;
$$;
comment on function public.compare_nearest(text) is
  'Takes {"kind", "workspace_id", "model", "embedding", "match_count"}; returns the nearest rows of the workspace as '
  '[[id, cosine distance], ...], by comparing every one ("exact") and as a search finds them ("found"), and of the nearest of '
  'all workspaces how many there are and how many the index alone finds ("index"; null without one).';
revoke execute on function public.compare_nearest(text) from public, anon, authenticated;
grant execute on function public.compare_nearest(text) to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126120200', 'create_nearest_comparison');

-- 20261126130000_keep_vectors_of_other_models.sql

-- Each constraint is replaced without a scan and validated after, so that readers and writers go on.
set local lock_timeout = '10s';

alter table public.reasoning_traces
  drop constraint reasoning_traces_embedding_status_check,
  add constraint reasoning_traces_embedding_status_check
    check (embedding_status in ('present', 'missing', 'other_dimension', 'other_model', 'not_finite')) not valid;
alter table public.memory_items
  drop constraint memory_items_embedding_status_check,
  add constraint memory_items_embedding_status_check
    check (embedding_status in ('present', 'missing', 'other_dimension', 'other_model', 'not_finite')) not valid;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126130000', 'keep_vectors_of_other_models');

-- 20261126130100_validate_embedding_status.sql

-- In a transaction of its own: rows can be read and written while theirs are looked through.
alter table public.reasoning_traces validate constraint reasoning_traces_embedding_status_check;
alter table public.memory_items validate constraint memory_items_embedding_status_check;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126130100', 'validate_embedding_status');

-- 20261126140000_create_exact_search.sql

-- The yardstick of the approximate search: what it should have found.

create function public.search_similar_memories_exactly(
  query_embedding extensions.vector,
  match_count integer default 10,
  workspace_filter text[] default null,
  query_model text default 'all-MiniLM-L6-v2',
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  perform private.check_query_embedding(query_embedding, query_model, scope, 'memory_item');
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(
        n.workspace_id, n.id, 1 - n.distance, pg_catalog.row_number() over (order by n.distance, n.workspace_id, n.id),
        null, null, null
      )::private.match
      from (
        -- "+ 0" keeps the planner away from the index.
        select
          (m.content_embedding operator(extensions.<=>) query_embedding) + 0 as distance, m.workspace_id, m.id
        from public.memory_items as m
        where m.workspace_id = any (scope) and m.embedding_model = query_model and m.content_embedding is not null
        order by distance, m.workspace_id, m.id
        limit match_count
      ) as n
    ),
    row(0.6, 0.3, 0.1, 30)
  ) as f
  order by f.semantic_rank;
end;
$$;
comment on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean) is
  'What search_similar_memories approximates: every vector the caller may see is compared, no index is asked, however many '
  'there are. To measure the other by; slow where there are many. Raises 22023.';
revoke execute on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean)
  from public, anon;
grant execute on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean)
  to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126140000', 'create_exact_search');

-- 20261126140100_list_workspace_migration_runs.sql

-- The migration runs of one workspace, with what each moved there.

create function private.list_workspace_migration_runs(
  workspace_id text, run_filter uuid, after_started_at timestamptz, after_id uuid, match_count integer
)
returns table (
  run jsonb,
  is_new boolean,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  conflicts bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  sees_it constant pg_catalog.bool := private.caller_is_trusted() is true
    or list_workspace_migration_runs.workspace_id = any (private.my_workspaces_as('owner'));
begin
  if sees_it is not true then
    return;
  end if;
  return query
  select pg_catalog.to_jsonb(l), p.is_new, p.traces, p.memory_items, p.written, p.updated, p.conflicts
  from (
    select r.id, r.started_at, w.is_new, w.traces, w.memory_items, w.written, w.updated, w.conflicts
    from public.migration_run_workspaces as w
    join public.migration_runs as r on r.id = w.run_id
    where w.workspace_id = list_workspace_migration_runs.workspace_id
      and (list_workspace_migration_runs.run_filter is null or r.id = list_workspace_migration_runs.run_filter)
      and (
        list_workspace_migration_runs.after_started_at is null
        or (r.started_at, r.id) < (
          list_workspace_migration_runs.after_started_at,
          coalesce(list_workspace_migration_runs.after_id, '00000000-0000-0000-0000-000000000000')
        )
      )
    order by r.started_at desc, r.id desc
    limit list_workspace_migration_runs.match_count
  ) as p
  cross join lateral private.list_migration_runs(p.id, null, null, 1) as l
  order by p.started_at desc, p.id desc;
end;
$$;
comment on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer) is
  'Security definer: nobody but the service role reads the runs. It gives none of a workspace the caller does not own.';
revoke execute on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer) from public, anon;
grant execute on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer)
  to authenticated, service_role;

create function public.list_workspace_migration_runs(
  workspace_id text,
  match_count integer default 50,
  after_started_at timestamptz default null,
  after_id uuid default null,
  run_filter uuid default null
)
returns table (
  run jsonb,
  is_new boolean,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  conflicts bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.check_match_count(list_workspace_migration_runs.match_count);
  return query
  select r.*
  from private.list_workspace_migration_runs(
    list_workspace_migration_runs.workspace_id, list_workspace_migration_runs.run_filter,
    list_workspace_migration_runs.after_started_at, list_workspace_migration_runs.after_id,
    list_workspace_migration_runs.match_count
  ) as r;
end;
$$;
comment on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid) is
  'Migration runs that moved rows to this workspace, the newest first, as list_migration_runs has them (in JSON), each with its '
  'counts in this workspace; run_filter asks for one of them. None for who does not own it. The next page is what comes after the last row of this one.';
revoke execute on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid) from public, anon;
grant execute on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid)
  to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126140100', 'list_workspace_migration_runs');

-- 20261126150000_create_memory_maps.sql

create table public.memory_maps (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  embedding_model text not null check (pg_catalog.char_length(embedding_model) between 1 and 200),
  method text not null check (method in ('umap', 'pca')),
  computed_at timestamptz not null default pg_catalog.now(),
  source_vectors bigint not null check (source_vectors > 0),
  source_digest text not null check (pg_catalog.char_length(source_digest) between 1 and 100),
  ids uuid[] not null,
  x real[] not null,
  y real[] not null,
  primary key (workspace_id, embedding_model),
  constraint memory_maps_places_match_ids
    check (pg_catalog.cardinality(ids) = pg_catalog.cardinality(x) and pg_catalog.cardinality(ids) = pg_catalog.cardinality(y)),
  constraint memory_maps_has_a_bounded_number_of_places check (pg_catalog.cardinality(ids) between 1 and 50000)
);
comment on table public.memory_maps is
  'Where the vectors of a workspace lie when they are laid out in two dimensions, from -1 to 1. Computed by a program, which '
  'reads the vectors with sample_memory_vectors and reduce_memory_vectors.';
comment on column public.memory_maps.source_vectors is 'How many vectors of this model there were when it was computed.';
comment on column public.memory_maps.source_digest is
  'That of get_memory_map_source when it was computed: while it is the same, the map is up to date.';
comment on column public.memory_maps.ids is 'The memory items on the map. No foreign keys: deleted ones are left out by get_memory_map.';

alter table public.memory_maps enable row level security;

create policy "Members read the maps of their workspaces"
  on public.memory_maps for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.memory_maps from anon, authenticated, service_role;
grant select on public.memory_maps to authenticated;
grant select, insert, update, delete on public.memory_maps to service_role;

create function public.get_memory_map_source(workspace_id text, embedding_model text)
returns table (vectors bigint, digest text)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return query
  select
    pg_catalog.count(*),
    pg_catalog.md5(coalesce(
      pg_catalog.sum(
        pg_catalog.hashtextextended(
          m.id::pg_catalog.text || pg_catalog.md5(extensions.vector_send(m.content_embedding)), 0
        )
      ),
      0
    )::pg_catalog.text)
  from public.memory_items as m
  where m.workspace_id = get_memory_map_source.workspace_id
    and m.embedding_model = get_memory_map_source.embedding_model and m.content_embedding is not null;
end;
$$;
comment on function public.get_memory_map_source(text, text) is
  'What a map of these vectors is made from: how many there are, and a digest that changes with any of them.';
revoke execute on function public.get_memory_map_source(text, text) from public, anon;
grant execute on function public.get_memory_map_source(text, text) to authenticated, service_role;

create function public.sample_memory_vectors(workspace_id text, embedding_model text, match_count integer default 1000)
returns text
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  if (match_count between 1 and 5000) is not true then
    raise exception 'match_count is %, expected 1 to 5000', coalesce(match_count::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'A few thousand vectors show the layout of all.';
  end if;
  return (
    select pg_catalog.string_agg(
      s.id::pg_catalog.text || ' '
        || pg_catalog.translate(pg_catalog.encode(extensions.vector_send(s.content_embedding), 'base64'), E'\n', ''),
      E'\n'
      order by s.place, s.id
    )
    from (
      select m.id, m.content_embedding, pg_catalog.hashtextextended(m.id::pg_catalog.text, 0) as place
      from public.memory_items as m
      where m.workspace_id = sample_memory_vectors.workspace_id
        and m.embedding_model = sample_memory_vectors.embedding_model and m.content_embedding is not null
      order by place, m.id
      limit match_count
    ) as s
  );
end;
$$;
comment on function public.sample_memory_vectors(text, text, integer) is
  'So many memory items, always the same ones while they are there, a line each: the id and its vector as pgvector sends it, in '
  'base64. Null when there are none. Raises 22023.';
revoke execute on function public.sample_memory_vectors(text, text, integer) from public, anon;
grant execute on function public.sample_memory_vectors(text, text, integer) to authenticated, service_role;

create function public.reduce_memory_vectors(workspace_id text, embedding_model text, axes text[])
returns text
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  directions constant extensions.vector[] := axes::extensions.vector[];
begin
  if (pg_catalog.cardinality(directions) between 1 and 64) is not true then
    raise exception 'There are % axes, expected 1 to 64', coalesce(pg_catalog.cardinality(directions), 0)
      using errcode = '22023', hint = 'Give the first principal components of a sample.';
  end if;
  return (
    select pg_catalog.string_agg(
      s.id::pg_catalog.text || ' '
        || pg_catalog.translate(
          pg_catalog.encode(
            extensions.vector_send(
              array(
                select -(s.content_embedding operator(extensions.<#>) a.direction)
                from pg_catalog.unnest(directions) with ordinality as a (direction, place)
                order by a.place
              )::extensions.vector
            ),
            'base64'
          ),
          E'\n', ''
        ),
      E'\n'
      order by s.place, s.id
    )
    from (
      select m.id, m.content_embedding, pg_catalog.hashtextextended(m.id::pg_catalog.text, 0) as place
      from public.memory_items as m
      where m.workspace_id = reduce_memory_vectors.workspace_id
        and m.embedding_model = reduce_memory_vectors.embedding_model and m.content_embedding is not null
      order by place, m.id
      limit 50000
    ) as s
  );
end;
$$;
comment on function public.reduce_memory_vectors(text, text, text[]) is
  'As sample_memory_vectors, up to 50,000 memory items, but of each vector only its inner products with the axes. Raises 22023.';
revoke execute on function public.reduce_memory_vectors(text, text, text[]) from public, anon;
grant execute on function public.reduce_memory_vectors(text, text, text[]) to authenticated, service_role;

create function private.save_memory_map(
  workspace_id text, embedding_model text, method text, source_vectors bigint, source_digest text, ids uuid[],
  x real[], y real[]
)
returns timestamptz
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  saved_at pg_catalog.timestamptz;
begin
  perform private.require_role(save_memory_map.workspace_id, 'editor');
  if exists (select from pg_catalog.unnest(x || y) as p (place) where (p.place between -1 and 1) is not true)
    or pg_catalog.array_position(save_memory_map.ids, null) is not null then
    raise exception 'A place on the map is not between -1 and 1, or has no id'
      using errcode = '22023', hint = 'Scale the layout before it is saved.';
  end if;
  insert into public.memory_maps as m (
    workspace_id, embedding_model, method, source_vectors, source_digest, ids, x, y
  )
  values (
    save_memory_map.workspace_id, save_memory_map.embedding_model, save_memory_map.method, save_memory_map.source_vectors,
    save_memory_map.source_digest, save_memory_map.ids, save_memory_map.x, save_memory_map.y
  )
  on conflict (workspace_id, embedding_model) do update
  set
    method = excluded.method, computed_at = pg_catalog.now(), source_vectors = excluded.source_vectors,
    source_digest = excluded.source_digest, ids = excluded.ids, x = excluded.x, y = excluded.y
  returning m.computed_at into saved_at;
  return saved_at;
end;
$$;
comment on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) is
  'Security definer: users may not write maps but whole ones, and only editors.';
revoke execute on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) from public, anon;
grant execute on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])
  to authenticated, service_role;

create function public.save_memory_map(
  workspace_id text, embedding_model text, method text, source_vectors bigint, source_digest text, ids uuid[],
  x real[], y real[]
)
returns timestamptz
language sql
set search_path = ''
as $$
  select private.save_memory_map(workspace_id, embedding_model, method, source_vectors, source_digest, ids, x, y)
$$;
comment on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) is
  'Keeps the map of a workspace in place of an earlier one and returns when. For editors. Raises 22023, 23514 and 42501.';
revoke execute on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) from public, anon;
grant execute on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])
  to authenticated, service_role;

create function public.get_memory_map(workspace_id text, embedding_model text)
returns jsonb
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return (
    select pg_catalog.jsonb_build_object(
      'ids', coalesce(pg_catalog.jsonb_agg(m.id order by p.place), '[]'),
      'x', coalesce(pg_catalog.jsonb_agg(p.x order by p.place), '[]'),
      'y', coalesce(pg_catalog.jsonb_agg(p.y order by p.place), '[]'),
      'domains', coalesce(pg_catalog.jsonb_agg(m.domain_category order by p.place), '[]'),
      'outcomes', coalesce(pg_catalog.jsonb_agg(t.outcome order by p.place), '[]'),
      'stages', coalesce(pg_catalog.jsonb_agg(m.evolution_stage order by p.place), '[]')
    )
    from public.memory_maps as s
    cross join lateral rows from (
      pg_catalog.unnest(s.ids), pg_catalog.unnest(s.x), pg_catalog.unnest(s.y)
    ) with ordinality as p (id, x, y, place)
    join public.memory_items as m on (m.workspace_id, m.id) = (s.workspace_id, p.id)
    left join public.reasoning_traces as t on (t.workspace_id, t.id) = (m.workspace_id, m.trace_id)
    where s.workspace_id = get_memory_map.workspace_id and s.embedding_model = get_memory_map.embedding_model
    having pg_catalog.count(*) > 0
  );
end;
$$;
comment on function public.get_memory_map(text, text) is
  'The places of the map with what they can be coloured by, as lists of the same length; memory items deleted since are left '
  'out. Null when there is no map.';
revoke execute on function public.get_memory_map(text, text) from public, anon;
grant execute on function public.get_memory_map(text, text) to authenticated, service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126150000', 'create_memory_maps');

-- 20261126150100_create_saved_views.sql

create table public.saved_views (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null default pg_catalog.gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  page text not null check (page in ('memories', 'traces')),
  name text not null check (pg_catalog.char_length(pg_catalog.btrim(name)) between 1 and 80),
  query text not null check (pg_catalog.char_length(query) between 1 and 4000),
  created_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, id),
  constraint saved_views_name_key unique (workspace_id, user_id, page, name)
);
comment on table public.saved_views is 'Filters of a list that a user gave a name; nobody else sees them.';
comment on column public.saved_views.query is 'The filters as they stand in the address, such as outcome=failure&tag=retry.';

create index saved_views_user_index on public.saved_views (user_id);

alter table public.saved_views enable row level security;

create policy "Members read their own views"
  on public.saved_views for select to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members save views of their own"
  on public.saved_views for insert to authenticated
  with check (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members change their own views"
  on public.saved_views for update to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]))
  with check (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members delete their own views"
  on public.saved_views for delete to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.saved_views from anon, authenticated, service_role;
grant select, delete on public.saved_views to authenticated;
grant insert (workspace_id, id, user_id, page, name, query) on public.saved_views to authenticated;
grant update (name, query) on public.saved_views to authenticated;
grant select, insert, update, delete on public.saved_views to service_role;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126150100', 'create_saved_views');

-- 20261126150200_read_recalls_by_workspace.sql

-- Row level security names every workspace of the caller. Said of one table of a join only, the workspaces that are asked about do
-- not narrow the other, and for one workspace the results of all of them were read.

-- All that the two read of a result, so that they need not visit its row.
create index retrieval_results_recall_index
  on public.retrieval_results (workspace_id, event_id) include (result_id, rank, is_helpful);

create or replace function public.get_retrieval_statistics(
  workspace_filter text[] default null,
  from_time timestamptz default null,
  to_time timestamptz default null,
  backend_filter text[] default null,
  all_workspaces boolean default false
)
returns table (
  searches bigint,
  errors bigint,
  error_rate double precision,
  hits bigint,
  hit_rate double precision,
  results bigint,
  helpful_results bigint,
  unhelpful_results bigint,
  helpful_rate double precision,
  traces_with_memories bigint,
  success_rate_with_memories double precision,
  traces_without_memories bigint,
  success_rate_without_memories double precision
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  select pg_catalog.count(*), pg_catalog.count(e.error_code),
    pg_catalog.count(*) filter (where e.error_code is null and e.result_count > 0)
  into searches, errors, hits
  from public.retrieval_events as e
  where e.workspace_id = any (scope)
    and (from_time is null or e.occurred_at >= from_time)
    and (to_time is null or e.occurred_at < to_time)
    and (backend_filter is null or e.backend = any (backend_filter));
  error_rate := 100.0 * errors / nullif(searches, 0);
  hit_rate := 100.0 * hits / nullif(searches - errors, 0);

  select pg_catalog.count(*), pg_catalog.count(*) filter (where r.is_helpful),
    pg_catalog.count(*) filter (where not r.is_helpful)
  into results, helpful_results, unhelpful_results
  from public.retrieval_events as e
  join public.retrieval_results as r on (r.workspace_id, r.event_id) = (e.workspace_id, e.id)
  where e.workspace_id = any (scope) and r.workspace_id = any (scope)
    and (from_time is null or e.occurred_at >= from_time)
    and (to_time is null or e.occurred_at < to_time)
    and (backend_filter is null or e.backend = any (backend_filter));
  helpful_rate := 100.0 * helpful_results / nullif(helpful_results + unhelpful_results, 0);

  select
    pg_catalog.count(*) filter (where s.had_memories),
    100.0 * pg_catalog.count(*) filter (where s.had_memories and s.outcome = 'success')
      / nullif(pg_catalog.count(*) filter (where s.had_memories), 0),
    pg_catalog.count(*) filter (where not s.had_memories),
    100.0 * pg_catalog.count(*) filter (where not s.had_memories and s.outcome = 'success')
      / nullif(pg_catalog.count(*) filter (where not s.had_memories), 0)
  into traces_with_memories, success_rate_with_memories, traces_without_memories, success_rate_without_memories
  from (
    select t.outcome, pg_catalog.bool_or(e.result_count > 0) as had_memories
    from public.retrieval_events as e
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (e.workspace_id, e.served_trace_id)
    where e.workspace_id = any (scope) and t.workspace_id = any (scope)
      and e.search_kind <> 'similar_traces'
      and (from_time is null or e.occurred_at >= from_time)
      and (to_time is null or e.occurred_at < to_time)
      and (backend_filter is null or e.backend = any (backend_filter))
    group by t.workspace_id, t.id, t.outcome
  ) as s;
  return next;
end;
$$;

create or replace function public.list_recalled_memories(
  workspace_filter text[] default null,
  from_time timestamptz default null,
  to_time timestamptz default null,
  match_count integer default 10,
  all_workspaces boolean default false
)
returns table (
  workspace_id text,
  id uuid,
  title text,
  recalls bigint,
  helpful bigint,
  unhelpful bigint,
  average_rank double precision,
  last_recalled_at timestamptz
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  return query
  select
    m.workspace_id, m.id, m.title, r.recalls, r.helpful, r.unhelpful, r.average_rank, r.last_recalled_at
  from (
    select
      r.workspace_id,
      r.result_id,
      pg_catalog.count(*) as recalls,
      pg_catalog.count(*) filter (where r.is_helpful) as helpful,
      pg_catalog.count(*) filter (where not r.is_helpful) as unhelpful,
      pg_catalog.avg(r.rank)::double precision as average_rank,
      pg_catalog.max(e.occurred_at) as last_recalled_at
    from public.retrieval_events as e
    join public.retrieval_results as r on (r.workspace_id, r.event_id) = (e.workspace_id, e.id)
    where e.workspace_id = any (scope) and r.workspace_id = any (scope)
      and e.search_kind <> 'similar_traces'
      and (from_time is null or e.occurred_at >= from_time)
      and (to_time is null or e.occurred_at < to_time)
    group by r.workspace_id, r.result_id
    order by recalls desc, last_recalled_at desc, r.workspace_id, r.result_id
  ) as r
  -- A lateral look-up, so that it ends with the last one wanted: most of what was recalled need not be read.
  cross join lateral (
    select m.workspace_id, m.id, m.title
    from public.memory_items as m
    where (m.workspace_id, m.id) = (r.workspace_id, r.result_id)
    offset 0
  ) as m
  order by r.recalls desc, r.last_recalled_at desc, r.workspace_id, r.result_id
  limit match_count;
end;
$$;

insert into supabase_migrations.schema_migrations (version, name) values ('20261126150200', 'read_recalls_by_workspace');

-- 20261126150300_search_large_banks.sql

create or replace function private.nearest_rows(
  subject text,
  scope text[],
  query_embedding extensions.vector,
  query_model text,
  match_count integer,
  filter private.search_filter
)
returns setof private.neighbour
language plpgsql
stable
set search_path = ''
set jit = off
set enable_sort = on
set hnsw.iterative_scan = off
set hnsw.ef_search = 400
as $$
declare
  -- Up to here comparing every row costs no more than the index: see benchmarks/README.md.
  exact_limit constant bigint := 4000;
  indexed_model constant pg_catalog.text := 'all-MiniLM-L6-v2';
  candidates constant bigint := private.count_candidates(scope, subject, query_model, filter);
  relation constant pg_catalog.text := case subject
    when 'memory_item' then 'public.memory_items' when 'reasoning_trace' then 'public.reasoning_traces' end;
  embedding constant pg_catalog.text := case subject
    when 'memory_item' then 'r.content_embedding' when 'reasoning_trace' then 'r.task_embedding' end;
  condition constant pg_catalog.text := private.search_condition(subject, filter);
  -- As the planner knows it; -1 for a table that was never analysed.
  rows_of_all constant double precision := (
    select c.reltuples from pg_catalog.pg_class as c where c.oid = relation::pg_catalog.regclass
  );
  breadth integer;
  nearest private.neighbour[];
begin
  if candidates = 0 then
    return;
  end if;
  foreach breadth in array array[400, 1000] loop
    exit when query_model <> indexed_model or candidates <= exact_limit * breadth / 400
      or 2 * match_count > breadth;
    -- A small part of all rows is hardly ever a large part of the nearest: the index would be asked in vain.
    continue when breadth * candidates < 2 * match_count * rows_of_all;
    perform
      pg_catalog.set_config('enable_sort', 'off', true),
      pg_catalog.set_config('hnsw.ef_search', breadth::pg_catalog.text, true);
    execute pg_catalog.format(
      $statement$
        select pg_catalog.array_agg(n order by n.distance, n.workspace_id, n.id)
        from (
          select %1$s operator(extensions.<=>) $2 as distance, r.workspace_id, r.id
          from %2$s as r
          where r.embedding_model = %3$L and r.workspace_id = any ($3) and %4$s
          order by %1$s operator(extensions.<=>) $2
          limit %5$s
        ) as n
      $statement$,
      embedding, relation, indexed_model, condition, breadth
    ) into nearest using filter, query_embedding, scope;
    perform pg_catalog.set_config('enable_sort', 'on', true);
    -- Only where twice as many are among the nearest of all tenants are the best of them surely the best there are.
    if pg_catalog.cardinality(nearest) >= 2 * match_count then
      return query
      select n.distance, n.workspace_id, n.id from pg_catalog.unnest(nearest[:match_count]) as n;
      return;
    end if;
  end loop;
  -- "+ 0" keeps the planner away from the index.
  return query execute pg_catalog.format(
    $statement$
      select (%1$s operator(extensions.<=>) $2) + 0 as distance, r.workspace_id, r.id
      from %2$s as r
      where r.embedding_model = $4 and %1$s is not null and r.workspace_id = any ($3) and %3$s
      order by distance, r.workspace_id, r.id
      limit $5
    $statement$,
    embedding, relation, condition
  ) using filter, query_embedding, scope, query_model, match_count;
end;
$$;

create or replace function private.match_keywords(
  scope text[], query_text text, match_count integer, filter private.search_filter
)
returns setof private.keyword_match
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  allowed constant pg_catalog.text[] := case
    when private.caller_is_trusted() then scope
    else array(
      select w.id from pg_catalog.unnest(scope) as w (id) where w.id = any (private.my_workspaces())
    )
  end;
  condition constant pg_catalog.text := private.search_condition('memory_item', filter);
  query constant pg_catalog.tsquery := private.keyword_query(query_text);
  found bigint;
begin
  return query execute pg_catalog.format(
    $statement$
      select f.workspace_id, f.id, f.keyword_score, (pg_catalog.row_number() over (
        order by f.keyword_score desc, f.workspace_id, f.id
      ))::integer
      from (
        select
          r.workspace_id, r.id, pg_catalog.ts_rank(r.search_document, $4, 1)::double precision as keyword_score
        from public.memory_items as r
        where r.workspace_id = any ($2) and r.search_document operator(pg_catalog.@@) $4 and %1$s
        order by keyword_score desc, r.workspace_id, r.id
        limit $3
      ) as f
      order by 4
    $statement$,
    condition
  ) using filter, allowed, match_count, query;
  get diagnostics found = row_count;
  -- What is similar could not be held against an exclusion, and a sentence is hardly ever similar to a title as a whole: its
  -- trigrams are those of most titles, and all of these would be compared.
  if found >= match_count or query::pg_catalog.text like '%!%'
    or pg_catalog.cardinality(pg_catalog.regexp_split_to_array(pg_catalog.btrim(query_text), '\s+')) > 4
    or pg_catalog.to_regproc('extensions.word_similarity') is null then
    return;
  end if;
  return query execute pg_catalog.format(
    $statement$
      select f.workspace_id, f.id, f.keyword_score, ($6 + pg_catalog.row_number() over (
        order by f.keyword_score desc, f.workspace_id, f.id
      ))::integer
      from (
        select
          r.workspace_id, r.id, extensions.word_similarity($5, r.title)::double precision as keyword_score
        from public.memory_items as r
        where r.workspace_id = any ($2) and $5 operator(extensions.<%%) r.title
          and not r.search_document operator(pg_catalog.@@) $4 and %1$s
        order by keyword_score desc, r.workspace_id, r.id
        limit $3 - $6
      ) as f
      order by 4
    $statement$,
    condition
  ) using filter, allowed, match_count, query, query_text, found;
end;
$$;
comment on function private.match_keywords(text[], text, integer, private.search_filter) is
  'Memory items that hold the words, the best first; if these are too few, and the query has four words at most, those with similar words '
  'in the title after them, where the server has pg_trgm. Security definer: text operators may not use an index under row level security, so the workspaces of the caller '
  'are looked up here and are the first condition of every read.';

insert into supabase_migrations.schema_migrations (version, name) values ('20261126150300', 'search_large_banks');

commit;
