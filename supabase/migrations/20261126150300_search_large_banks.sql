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
