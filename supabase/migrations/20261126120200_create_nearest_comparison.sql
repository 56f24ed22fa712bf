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
