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
