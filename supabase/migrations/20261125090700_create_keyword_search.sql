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
