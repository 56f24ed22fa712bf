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
