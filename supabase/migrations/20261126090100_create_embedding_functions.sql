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
