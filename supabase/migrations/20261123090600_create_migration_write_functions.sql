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
