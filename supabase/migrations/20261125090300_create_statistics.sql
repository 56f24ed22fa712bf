-- Counts are kept while rows are written, so that a dashboard never counts rows. A statement's changes go straight into
-- the counts of a workspace when nobody else is at them, else into a list that the next writer folds in: no writer
-- waits for another, and none can deadlock with another. What is read is always the counts plus the list.

create table private.statistics_counts (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  subject text not null check (subject in ('reasoning_trace', 'memory_item')),
  facet text not null check (
    facet in ('total', 'day', 'outcome', 'domain', 'difficulty', 'evolution_stage', 'tag', 'embedding_model')
  ),
  value text,
  day date,
  row_count bigint not null,
  embedded_count bigint not null,
  error_count bigint not null,
  orphan_count bigint not null,
  stage_sum bigint not null,
  byte_count bigint not null,
  constraint statistics_counts_key unique nulls not distinct (workspace_id, subject, facet, value, day)
)
-- Room on each page for the next version of its counts.
with (fillfactor = 60);
comment on table private.statistics_counts is
  'How many rows of a workspace have one value of one facet. A trace''s day is split by its outcome.';
comment on column private.statistics_counts.value is 'Null where rows have no value.';
comment on column private.statistics_counts.day is 'Day of created_at in UTC; null where rows have no time.';
comment on column private.statistics_counts.embedded_count is 'Rows with a searchable vector.';
comment on column private.statistics_counts.error_count is 'Memory items with an error context.';
comment on column private.statistics_counts.orphan_count is 'Memory items without a trace.';
comment on column private.statistics_counts.byte_count is 'Bytes of texts, JSON and vectors, before compression and without indexes.';

create table private.statistics_changes (
  id bigint generated always as identity primary key,
  workspace_id text not null,
  subject text not null,
  facet text not null,
  value text,
  day date,
  row_count bigint not null,
  embedded_count bigint not null,
  error_count bigint not null,
  orphan_count bigint not null,
  stage_sum bigint not null,
  byte_count bigint not null
);
comment on table private.statistics_changes is
  'What is still to be added to statistics_counts. No foreign key: it would make writers of one workspace wait.';

create index statistics_changes_workspace_index on private.statistics_changes (workspace_id);

alter table private.statistics_counts enable row level security;
alter table private.statistics_changes enable row level security;

create policy "Members read the counts of their workspaces"
  on private.statistics_counts for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members read the open changes of their workspaces' counts"
  on private.statistics_changes for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on private.statistics_counts, private.statistics_changes from public, anon, authenticated, service_role;
grant select on private.statistics_counts, private.statistics_changes to authenticated, service_role;

create view private.current_counts with (security_invoker = true) as
select
  s.workspace_id, s.subject, s.facet, s.value, s.day,
  s.row_count, s.embedded_count, s.error_count, s.orphan_count, s.stage_sum, s.byte_count
from private.statistics_counts as s
union all
select
  l.workspace_id, l.subject, l.facet, l.value, l.day,
  l.row_count, l.embedded_count, l.error_count, l.orphan_count, l.stage_sum, l.byte_count
from private.statistics_changes as l;
comment on view private.current_counts is
  'The counts plus what is still listed: several rows may belong to one count, which is their sum.';
revoke all on private.current_counts from public, anon, authenticated, service_role;
grant select on private.current_counts to authenticated, service_role;

create type private.statistics_change as (
  workspace_id text,
  subject text,
  facet text,
  value text,
  day date,
  row_count bigint,
  embedded_count bigint,
  error_count bigint,
  orphan_count bigint,
  stage_sum bigint,
  byte_count bigint
);

-- What one row adds to the counts (sign 1) or takes from them (sign -1).
create type private.counted_trace as (
  workspace_id text,
  outcome text,
  day date,
  embedding_model text,
  bytes bigint,
  sign integer
);

create type private.counted_memory_item as (
  workspace_id text,
  domain text,
  difficulty text,
  evolution_stage integer,
  tags text[],
  day date,
  embedding_model text,
  has_error boolean,
  is_orphan boolean,
  bytes bigint,
  sign integer
);

create function private.is_error(error_context jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return error_context is not null and error_context not in ('{}', 'null', '""');
end;
$$;
comment on function private.is_error(jsonb) is 'Whether an item was learned from a mistake: its error context says something.';
revoke execute on function private.is_error(jsonb) from public, anon;
grant execute on function private.is_error(jsonb) to authenticated, service_role;

create function private.count_trace(trace public.reasoning_traces, sign integer)
returns private.counted_trace
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    trace.workspace_id,
    trace.outcome,
    (trace.created_at at time zone 'UTC')::pg_catalog.date,
    case when trace.task_embedding is not null then trace.embedding_model end,
    pg_catalog.octet_length(trace.task)
      + coalesce(pg_catalog.octet_length(trace.trajectory::pg_catalog.text), 0)
      + pg_catalog.octet_length(trace.metadata::pg_catalog.text)
      + pg_catalog.octet_length(trace.extras::pg_catalog.text)
      + coalesce(4 * extensions.vector_dims(trace.task_embedding), 0)
      + coalesce(pg_catalog.octet_length(trace.source_embedding), 0),
    sign
  )::private.counted_trace;
end;
$$;
comment on function private.count_trace(public.reasoning_traces, integer) is 'What the statistics have to know of one trace.';
revoke execute on function private.count_trace(public.reasoning_traces, integer) from public, anon;

create function private.count_memory_item(item public.memory_items, sign integer)
returns private.counted_memory_item
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    item.workspace_id,
    item.domain_category,
    item.difficulty_level,
    item.evolution_stage,
    item.pattern_tags,
    (item.created_at at time zone 'UTC')::pg_catalog.date,
    case when item.content_embedding is not null then item.embedding_model end,
    private.is_error(item.error_context),
    item.trace_id is null,
    pg_catalog.octet_length(item.title)
      + coalesce(pg_catalog.octet_length(item.description), 0)
      + pg_catalog.octet_length(item.content)
      + coalesce(pg_catalog.octet_length(item.error_context::pg_catalog.text), 0)
      + pg_catalog.octet_length(item.extras::pg_catalog.text)
      + coalesce(4 * extensions.vector_dims(item.content_embedding), 0)
      + coalesce(pg_catalog.octet_length(item.source_embedding), 0),
    sign
  )::private.counted_memory_item;
end;
$$;
comment on function private.count_memory_item(public.memory_items, integer) is
  'What the statistics have to know of one memory item.';
revoke execute on function private.count_memory_item(public.memory_items, integer) from public, anon;

create function private.trace_changes(counted private.counted_trace[])
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    c.workspace_id,
    'reasoning_trace',
    case
      when grouping(c.day) = 0 then 'day'
      when grouping(c.outcome) = 0 then 'outcome'
      when grouping(c.embedding_model) = 0 then 'embedding_model'
      else 'total'
    end,
    case when grouping(c.embedding_model) = 0 then c.embedding_model else c.outcome end,
    c.day,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    0,
    0,
    0,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  group by grouping sets (
    (c.workspace_id), (c.workspace_id, c.outcome), (c.workspace_id, c.outcome, c.day), (c.workspace_id, c.embedding_model)
  )
$$;
comment on function private.trace_changes(private.counted_trace[]) is 'The counts that these traces change, and by how much.';
revoke execute on function private.trace_changes(private.counted_trace[]) from public, anon;

create function private.memory_item_changes(counted private.counted_memory_item[])
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    c.workspace_id,
    'memory_item',
    case
      when grouping(c.day) = 0 then 'day'
      when grouping(c.domain) = 0 then 'domain'
      when grouping(c.difficulty) = 0 then 'difficulty'
      when grouping(c.evolution_stage) = 0 then 'evolution_stage'
      when grouping(c.embedding_model) = 0 then 'embedding_model'
      else 'total'
    end,
    coalesce(c.domain, c.difficulty, c.evolution_stage::pg_catalog.text, c.embedding_model),
    c.day,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.has_error), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.is_orphan), 0),
    pg_catalog.sum(c.sign * c.evolution_stage)::bigint,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  group by grouping sets (
    (c.workspace_id), (c.workspace_id, c.day), (c.workspace_id, c.domain), (c.workspace_id, c.difficulty),
    (c.workspace_id, c.evolution_stage), (c.workspace_id, c.embedding_model)
  )
  union all
  select
    c.workspace_id,
    'memory_item',
    'tag',
    t.tag,
    null,
    pg_catalog.sum(c.sign),
    coalesce(pg_catalog.sum(c.sign) filter (where c.embedding_model is not null), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.has_error), 0),
    coalesce(pg_catalog.sum(c.sign) filter (where c.is_orphan), 0),
    pg_catalog.sum(c.sign * c.evolution_stage)::bigint,
    pg_catalog.sum(c.sign * c.bytes)::bigint
  from pg_catalog.unnest(counted) as c
  cross join lateral (select distinct g.tag from pg_catalog.unnest(c.tags) as g (tag)) as t
  group by c.workspace_id, t.tag
$$;
comment on function private.memory_item_changes(private.counted_memory_item[]) is
  'The counts that these memory items change, and by how much. A tag given twice counts once.';
revoke execute on function private.memory_item_changes(private.counted_memory_item[]) from public, anon;

create function private.apply_statistics_changes(changes private.statistics_change[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- A workspace that is being deleted takes its counts with it.
  with change as materialized (
    select c.*
    from pg_catalog.unnest(changes) as c
    where (c.row_count, c.embedded_count, c.error_count, c.orphan_count, c.stage_sum, c.byte_count)
      <> (0, 0, 0, 0, 0, 0)
      and exists (select from public.workspaces as w where w.id = c.workspace_id)
  ),
  mine as materialized (
    select w.workspace_id
    from (
      select distinct c.workspace_id from change as c order by c.workspace_id limit 64
    ) as w
    where pg_catalog.current_setting('transaction_isolation') = 'read committed'
      and pg_catalog.pg_try_advisory_xact_lock(
        pg_catalog.hashtextextended('private.statistics_counts ' || w.workspace_id, 0)
      )
  ),
  listed as (
    insert into private.statistics_changes (
      workspace_id, subject, facet, value, day,
      row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
    )
    select
      c.workspace_id, c.subject, c.facet, c.value, c.day,
      c.row_count, c.embedded_count, c.error_count, c.orphan_count, c.stage_sum, c.byte_count
    from change as c
    where c.workspace_id not in (select m.workspace_id from mine as m)
  ),
  folded as (
    delete from private.statistics_changes as l
    using mine as m
    where l.workspace_id = m.workspace_id
    returning
      l.workspace_id, l.subject, l.facet, l.value, l.day,
      l.row_count, l.embedded_count, l.error_count, l.orphan_count, l.stage_sum, l.byte_count
  )
  insert into private.statistics_counts as s (
    workspace_id, subject, facet, value, day,
    row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
  )
  select
    a.workspace_id, a.subject, a.facet, a.value, a.day,
    pg_catalog.sum(a.row_count), pg_catalog.sum(a.embedded_count), pg_catalog.sum(a.error_count),
    pg_catalog.sum(a.orphan_count), pg_catalog.sum(a.stage_sum), pg_catalog.sum(a.byte_count)
  from (
    select c.* from change as c join mine as m on m.workspace_id = c.workspace_id
    union all
    select f.* from folded as f
  ) as a
  group by a.workspace_id, a.subject, a.facet, a.value, a.day
  on conflict on constraint statistics_counts_key do update set
    row_count = s.row_count + excluded.row_count,
    embedded_count = s.embedded_count + excluded.embedded_count,
    error_count = s.error_count + excluded.error_count,
    orphan_count = s.orphan_count + excluded.orphan_count,
    stage_sum = s.stage_sum + excluded.stage_sum,
    byte_count = s.byte_count + excluded.byte_count;
end;
$$;
comment on function private.apply_statistics_changes(private.statistics_change[]) is
  'Adds changes to the counts of the workspaces it gets for itself, lists those of the others. A lock is only tried, '
  'never waited for, and held to the end of the transaction. Security definer: nobody writes counts but the triggers.';
revoke execute on function private.apply_statistics_changes(private.statistics_change[]) from public, anon;

create function private.count_changed_traces()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  counted private.counted_trace[];
begin
  case tg_op
    when 'INSERT' then
      counted := array(select private.count_trace(a, 1) from added as a);
    when 'DELETE' then
      counted := array(select private.count_trace(r, -1) from removed as r);
    else
      counted := array(
        select private.count_trace(a, 1) from added as a
        union all
        select private.count_trace(r, -1) from removed as r
      );
  end case;
  if pg_catalog.cardinality(counted) > 0 then
    perform private.apply_statistics_changes(
      array(select c from private.trace_changes(counted) as c)
    );
  end if;
  return null;
end;
$$;
comment on function private.count_changed_traces() is
  'Keeps the counts of reasoning_traces. Security definer: it calls what nobody else may execute.';
revoke execute on function private.count_changed_traces() from public, anon;

create function private.count_changed_memory_items()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  counted private.counted_memory_item[];
begin
  case tg_op
    when 'INSERT' then
      counted := array(select private.count_memory_item(a, 1) from added as a);
    when 'DELETE' then
      counted := array(select private.count_memory_item(r, -1) from removed as r);
    else
      counted := array(
        select private.count_memory_item(a, 1) from added as a
        union all
        select private.count_memory_item(r, -1) from removed as r
      );
  end case;
  if pg_catalog.cardinality(counted) > 0 then
    perform private.apply_statistics_changes(
      array(select c from private.memory_item_changes(counted) as c)
    );
  end if;
  return null;
end;
$$;
comment on function private.count_changed_memory_items() is
  'Keeps the counts of memory_items. Security definer: it calls what nobody else may execute.';
revoke execute on function private.count_changed_memory_items() from public, anon;

create trigger reasoning_traces_count_inserted
  after insert on public.reasoning_traces
  referencing new table as added
  for each statement execute function private.count_changed_traces();
create trigger reasoning_traces_count_updated
  after update on public.reasoning_traces
  referencing new table as added old table as removed
  for each statement execute function private.count_changed_traces();
create trigger reasoning_traces_count_deleted
  after delete on public.reasoning_traces
  referencing old table as removed
  for each statement execute function private.count_changed_traces();

create trigger memory_items_count_inserted
  after insert on public.memory_items
  referencing new table as added
  for each statement execute function private.count_changed_memory_items();
create trigger memory_items_count_updated
  after update on public.memory_items
  referencing new table as added old table as removed
  for each statement execute function private.count_changed_memory_items();
create trigger memory_items_count_deleted
  after delete on public.memory_items
  referencing old table as removed
  for each statement execute function private.count_changed_memory_items();

create function private.statistics_corrections(workspace_id text)
returns setof private.statistics_change
language sql
stable
set search_path = ''
as $$
  select
    d.workspace_id, d.subject, d.facet, d.value, d.day,
    pg_catalog.sum(d.row_count)::bigint, pg_catalog.sum(d.embedded_count)::bigint,
    pg_catalog.sum(d.error_count)::bigint, pg_catalog.sum(d.orphan_count)::bigint,
    pg_catalog.sum(d.stage_sum)::bigint, pg_catalog.sum(d.byte_count)::bigint
  from (
    select r.*
    from private.trace_changes(array(
      select private.count_trace(t, 1)
      from public.reasoning_traces as t where t.workspace_id = statistics_corrections.workspace_id
    )) as r
    union all
    select r.*
    from private.memory_item_changes(array(
      select private.count_memory_item(m, 1)
      from public.memory_items as m where m.workspace_id = statistics_corrections.workspace_id
    )) as r
    union all
    select
      k.workspace_id, k.subject, k.facet, k.value, k.day,
      -k.row_count, -k.embedded_count, -k.error_count, -k.orphan_count, -k.stage_sum, -k.byte_count
    from private.current_counts as k
    where k.workspace_id = statistics_corrections.workspace_id
  ) as d
  group by d.workspace_id, d.subject, d.facet, d.value, d.day
  having (
    pg_catalog.sum(d.row_count), pg_catalog.sum(d.embedded_count), pg_catalog.sum(d.error_count),
    pg_catalog.sum(d.orphan_count), pg_catalog.sum(d.stage_sum), pg_catalog.sum(d.byte_count)
  ) <> (0, 0, 0, 0, 0, 0)
$$;
comment on function private.statistics_corrections(text) is
  'What would have to be added to the counts of a workspace to make them those of its rows; no rows when they are right.';
revoke execute on function private.statistics_corrections(text) from public, anon;
grant execute on function private.statistics_corrections(text) to service_role;

create function private.rebuild_statistics(workspace_filter text[])
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  wanted pg_catalog.text;
  corrections private.statistics_change[];
  total bigint := 0;
begin
  for wanted in
    select w.id
    from public.workspaces as w
    where workspace_filter is null or w.id = any (workspace_filter)
    order by w.id
  loop
    -- Rows and counts of one snapshot: what is written meanwhile comes with changes of its own.
    corrections := array(select c from private.statistics_corrections(wanted) as c);
    perform private.apply_statistics_changes(corrections);
    total := total + pg_catalog.cardinality(corrections);
  end loop;
  return total;
end;
$$;
comment on function private.rebuild_statistics(text[]) is 'Security definer: nobody writes counts but this and the triggers.';
revoke execute on function private.rebuild_statistics(text[]) from public, anon;
grant execute on function private.rebuild_statistics(text[]) to service_role;

create function public.rebuild_statistics(workspace_filter text[] default null)
returns bigint
language sql
set search_path = ''
as $$
  select private.rebuild_statistics(workspace_filter)
$$;
comment on function public.rebuild_statistics(text[]) is
  'Makes the counts of these workspaces (null: of all) those of their rows and returns how many were wrong: 0 unless '
  'rows were written with the triggers off. Writers need not stop.';
revoke execute on function public.rebuild_statistics(text[]) from public, anon, authenticated;
grant execute on function public.rebuild_statistics(text[]) to service_role;

create function private.rebuild_after_truncate()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Of workspaces that were truncated too: their counts went with them.
  delete from private.statistics_changes as l
  where not exists (select from public.workspaces as w where w.id = l.workspace_id);
  perform private.rebuild_statistics(null);
  return null;
end;
$$;
comment on function private.rebuild_after_truncate() is
  'Truncate fires no delete trigger. Security definer: it calls what only the service role may execute.';
revoke execute on function private.rebuild_after_truncate() from public, anon;

-- reasoning_traces can not be truncated without memory_items, which refer to it.
create trigger memory_items_rebuild_after_truncate
  after truncate on public.memory_items
  for each statement execute function private.rebuild_after_truncate();

create function private.forget_statistics()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.statistics_changes as l
  using removed as r
  where l.workspace_id = r.id;
  return null;
end;
$$;
comment on function private.forget_statistics() is
  'A later workspace may have the same id. Security definer: nobody writes counts but the triggers.';
revoke execute on function private.forget_statistics() from public, anon;

create trigger workspaces_forget_statistics
  after delete on public.workspaces
  referencing old table as removed
  for each statement execute function private.forget_statistics();

-- Rows that were there before the triggers.
select private.rebuild_statistics(null);
