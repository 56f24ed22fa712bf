create function private.search_scope(workspace_filter text[], all_workspaces boolean)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  mine pg_catalog.text[];
begin
  if not private.caller_is_trusted() then
    mine := private.my_workspaces();
    if workspace_filter is null then
      return mine;
    end if;
    return array(
      select w.id from pg_catalog.unnest(mine) as w (id) where w.id = any (workspace_filter) order by w.id
    );
  end if;
  if workspace_filter is not null then
    return array(select distinct w.id from pg_catalog.unnest(workspace_filter) as w (id) order by w.id);
  end if;
  if all_workspaces is true then
    return array(select w.id from public.workspaces as w order by w.id);
  end if;
  raise exception 'No workspace was named'
    using errcode = '22023',
      hint = 'Give workspace_filter, or all_workspaces => true to mean every workspace of this database.';
end;
$$;
comment on function private.search_scope(text[], boolean) is
  'The workspaces a call is about: for a user his own, narrowed by the filter; the service role, who sees everything, has to '
  'name them or to ask for all. Raises 22023.';
revoke execute on function private.search_scope(text[], boolean) from public, anon;
grant execute on function private.search_scope(text[], boolean) to authenticated, service_role;

create function private.distribution(scope text[], subject text, facet text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(pg_catalog.jsonb_object_agg(r.value, r.row_count), '{}')
    from (
      select c.value, pg_catalog.sum(c.row_count)::bigint as row_count
      from private.current_counts as c
      where c.workspace_id = any (scope) and c.subject = distribution.subject and c.facet = distribution.facet
        and c.value is not null
      group by c.value
      having pg_catalog.sum(c.row_count) > 0
    ) as r
  );
end;
$$;
comment on function private.distribution(text[], text, text) is 'Rows by value of one facet: {"value": rows}.';
revoke execute on function private.distribution(text[], text, text) from public, anon;
grant execute on function private.distribution(text[], text, text) to authenticated, service_role;

create function public.get_statistics(workspace_filter text[] default null, all_workspaces boolean default false)
returns table (
  total_traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  other_outcome_traces bigint,
  success_rate double precision,
  failure_rate double precision,
  partial_rate double precision,
  total_memories bigint,
  memories_with_errors bigint,
  memories_without_trace bigint,
  avg_evolution_stage double precision,
  embedded_traces bigint,
  embedded_memories bigint,
  trace_embedding_coverage double precision,
  embedding_coverage double precision,
  difficulty_distribution jsonb,
  domain_distribution jsonb,
  evolution_stage_distribution jsonb,
  pattern_tag_frequency jsonb,
  embedding_models jsonb,
  first_trace_at timestamptz,
  last_trace_at timestamptz,
  content_bytes bigint
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  stages bigint;
begin
  select
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'total' and g.subject = 'reasoning_trace'), 0),
    coalesce(pg_catalog.sum(g.embedded_count) filter (where g.facet = 'total' and g.subject = 'reasoning_trace'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'success'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'failure'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'outcome' and g.value = 'partial'), 0),
    coalesce(pg_catalog.sum(g.row_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.embedded_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.error_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.orphan_count) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.stage_sum) filter (where g.facet = 'total' and g.subject = 'memory_item'), 0),
    coalesce(pg_catalog.sum(g.byte_count) filter (where g.facet = 'total'), 0),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'difficulty'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'domain'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'evolution_stage'), '{}'),
    coalesce(pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (where g.is_listed and g.facet = 'tag'), '{}'),
    coalesce(
      pg_catalog.jsonb_object_agg(g.value, g.row_count) filter (
        where g.is_listed and g.facet = 'embedding_model' and g.subject = 'memory_item'
      ), '{}'
    )
  into
    total_traces, embedded_traces, success_traces, failure_traces, partial_traces, total_memories, embedded_memories,
    memories_with_errors, memories_without_trace, stages, content_bytes, difficulty_distribution, domain_distribution,
    evolution_stage_distribution, pattern_tag_frequency, embedding_models
  from (
    select
      c.subject, c.facet, c.value,
      pg_catalog.sum(c.row_count)::bigint as row_count, pg_catalog.sum(c.embedded_count) as embedded_count,
      pg_catalog.sum(c.error_count) as error_count, pg_catalog.sum(c.orphan_count) as orphan_count,
      pg_catalog.sum(c.stage_sum) as stage_sum, pg_catalog.sum(c.byte_count) as byte_count,
      c.value is not null and pg_catalog.sum(c.row_count) > 0 as is_listed
    from private.current_counts as c
    where c.workspace_id = any (scope)
      and c.subject = any (array['reasoning_trace', 'memory_item'])
      and c.facet = any (array['total', 'outcome', 'difficulty', 'domain', 'evolution_stage', 'tag', 'embedding_model'])
    group by c.subject, c.facet, c.value
  ) as g;
  other_outcome_traces := total_traces - success_traces - failure_traces - partial_traces;
  success_rate := 100.0 * success_traces / nullif(total_traces, 0);
  failure_rate := 100.0 * failure_traces / nullif(total_traces, 0);
  partial_rate := 100.0 * partial_traces / nullif(total_traces, 0);
  avg_evolution_stage := stages::double precision / nullif(total_memories, 0);
  trace_embedding_coverage := 100.0 * embedded_traces / nullif(total_traces, 0);
  embedding_coverage := 100.0 * embedded_memories / nullif(total_memories, 0);

  select pg_catalog.min(t.first_at), pg_catalog.max(t.last_at)
  into first_trace_at, last_trace_at
  from pg_catalog.unnest(scope) as s (workspace_id)
  cross join lateral (
    select pg_catalog.min(r.created_at) as first_at, pg_catalog.max(r.created_at) as last_at
    from public.reasoning_traces as r where r.workspace_id = s.workspace_id
  ) as t;
  return next;
end;
$$;
comment on function public.get_statistics(text[], boolean) is
  'One row about all of these workspaces together. Rates and coverages are percentages, null where there is nothing to '
  'divide by; distributions are {"value": rows}; content_bytes counts texts, JSON and vectors.';
revoke execute on function public.get_statistics(text[], boolean) from public, anon;
grant execute on function public.get_statistics(text[], boolean) to authenticated, service_role;

create function public.list_workspace_statistics(workspace_filter text[] default null, all_workspaces boolean default false)
returns table (
  workspace_id text,
  name text,
  total_traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  success_rate double precision,
  total_memories bigint,
  memories_with_errors bigint,
  avg_evolution_stage double precision,
  embedding_coverage double precision,
  first_trace_at timestamptz,
  last_trace_at timestamptz,
  top_domains text[],
  content_bytes bigint
)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return query
  select
    w.id,
    w.name,
    s.total_traces,
    s.success_traces,
    s.failure_traces,
    s.partial_traces,
    s.success_rate,
    s.total_memories,
    s.memories_with_errors,
    s.avg_evolution_stage,
    s.embedding_coverage,
    s.first_trace_at,
    s.last_trace_at,
    array(
      select d.key
      from pg_catalog.jsonb_each(s.domain_distribution) as d
      order by d.value::bigint desc, d.key
      limit 3
    ),
    s.content_bytes
  from pg_catalog.unnest(
    private.search_scope(list_workspace_statistics.workspace_filter, list_workspace_statistics.all_workspaces)
  ) as c (id)
  join public.workspaces as w on w.id = c.id
  cross join lateral public.get_statistics(array[w.id]) as s
  order by w.name, w.id;
end;
$$;
comment on function public.list_workspace_statistics(text[], boolean) is 'One row for each of these workspaces, by name.';
revoke execute on function public.list_workspace_statistics(text[], boolean) from public, anon;
grant execute on function public.list_workspace_statistics(text[], boolean) to authenticated, service_role;

create function public.get_daily_growth(
  workspace_filter text[] default null,
  from_day date default null,
  to_day date default null,
  all_workspaces boolean default false
)
returns table (
  day date,
  traces bigint,
  success_traces bigint,
  failure_traces bigint,
  partial_traces bigint,
  memories bigint,
  memories_with_errors bigint,
  content_bytes bigint
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
  return query
  select
    c.day,
    coalesce(pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace'), 0)::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'success'), 0
    )::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'failure'), 0
    )::bigint,
    coalesce(
      pg_catalog.sum(c.row_count) filter (where c.subject = 'reasoning_trace' and c.value = 'partial'), 0
    )::bigint,
    coalesce(pg_catalog.sum(c.row_count) filter (where c.subject = 'memory_item'), 0)::bigint,
    coalesce(pg_catalog.sum(c.error_count) filter (where c.subject = 'memory_item'), 0)::bigint,
    coalesce(pg_catalog.sum(c.byte_count), 0)::bigint
  from private.current_counts as c
  where c.workspace_id = any (scope)
    and c.subject = any (array['reasoning_trace', 'memory_item'])
    and c.facet = 'day'
    and (get_daily_growth.from_day is null or c.day >= get_daily_growth.from_day)
    and (get_daily_growth.to_day is null or c.day <= get_daily_growth.to_day)
  group by c.day
  having pg_catalog.sum(c.row_count) > 0
  order by c.day;
end;
$$;
comment on function public.get_daily_growth(text[], date, date, boolean) is
  'Rows by day of their created_at in UTC, days without any left out, both ends included; rows without a time come under '
  'a null day, the last, unless a range is given.';
revoke execute on function public.get_daily_growth(text[], date, date, boolean) from public, anon;
grant execute on function public.get_daily_growth(text[], date, date, boolean) to authenticated, service_role;
