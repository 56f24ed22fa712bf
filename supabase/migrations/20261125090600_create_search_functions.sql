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
