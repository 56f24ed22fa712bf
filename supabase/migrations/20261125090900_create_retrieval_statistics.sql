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
