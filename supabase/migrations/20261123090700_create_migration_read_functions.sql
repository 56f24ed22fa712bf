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
