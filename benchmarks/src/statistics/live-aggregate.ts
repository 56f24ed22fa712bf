/** The figures of `get_statistics`, counted from the rows in one pass over each table. */
export const liveAggregate = `
  select
    (select jsonb_agg(t) from (
      select r.outcome, count(*) as row_count, count(r.task_embedding) as embedded, min(r.created_at), max(r.created_at)
      from public.reasoning_traces as r where r.workspace_id = any ($1::text[]) group by grouping sets ((), (r.outcome))
    ) as t) as traces,
    (select jsonb_agg(m) from (
      select
        i.domain_category, i.difficulty_level, i.evolution_stage, count(*) as row_count,
        count(i.content_embedding) as embedded, count(i.error_context) as errors, avg(i.evolution_stage),
        count(*) filter (where i.trace_id is null) as orphans
      from public.memory_items as i where i.workspace_id = any ($1::text[])
      group by grouping sets ((), (i.domain_category), (i.difficulty_level), (i.evolution_stage))
    ) as m) as memories,
    (select jsonb_object_agg(g.tag, g.row_count) from (
      select tag, count(*) as row_count
      from public.memory_items as i cross join lateral unnest(i.pattern_tags) as tag
      where i.workspace_id = any ($1::text[]) group by tag
    ) as g) as tags`

/** The figures of `get_daily_growth`, counted from the rows. */
export const liveDailyGrowth = `
  select d.day, sum(d.traces) as traces, sum(d.memories) as memories
  from (
    select (r.created_at at time zone 'UTC')::date as day, count(*) as traces, 0 as memories
    from public.reasoning_traces as r where r.workspace_id = any ($1::text[]) group by 1
    union all
    select (i.created_at at time zone 'UTC')::date, 0, count(*)
    from public.memory_items as i where i.workspace_id = any ($1::text[]) group by 1
  ) as d
  group by d.day order by d.day`
