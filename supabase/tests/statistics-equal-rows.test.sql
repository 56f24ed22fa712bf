-- Counts are those of the rows after every kind of write; a rebuild finds what is wrong and says how much.
begin;
select tests.make_people();
create function pg_temp.wrong() returns bigint language sql as $$
  select count(*) from public.workspaces as w cross join lateral private.statistics_corrections(w.id) as c
$$;
create function pg_temp.numbers(workspace text) returns text language sql as $$
  select concat_ws(' ', s.total_traces, s.total_memories, s.memories_with_errors, s.memories_without_trace, s.embedded_memories)
  from public.get_statistics(array[workspace]) as s
$$;
create function pg_temp.counted(workspace text) returns text language sql as $$
  select concat_ws(
    ' ', (select count(*) from public.reasoning_traces where workspace_id = workspace), count(*),
    count(*) filter (where private.is_error(m.error_context)), count(*) filter (where m.trace_id is null), count(m.content_embedding)
  )
  from public.memory_items as m where m.workspace_id = workspace
$$;

-- One write after the other; after each, counts and rows of both workspaces are compared.
create temporary table write (place integer generated always as identity, actor text, name text, statement text);
insert into write (actor, name, statement)
values
  (null, 'a trace is added', $$select tests.add_trace('workspace-a', 't1', '{"outcome": "success", "angle": 0.1, "created_at": "2026-01-01T23:59:59Z"}')$$),
  (null, 'traces without anything are added', $$select tests.add_trace('workspace-a', 't' || n) from generate_series(2, 6) as n$$),
  (null, 'memory items are added', $$
    select tests.add_memory('workspace-a', 'm' || n, jsonb_build_object(
      'trace', case when n % 2 = 0 then 't1' end, 'angle', case when n % 3 = 0 then 0.2 end, 'domain', case when n > 3 then 'api' end,
      'tags', case when n % 2 = 0 then array['x', 'y', 'x'] end, 'stage', n, 'error_context', case when n = 4 then '{"e": 1}'::jsonb end))
    from generate_series(1, 8) as n$$),
  ('editor', 'an editor adds one', $$insert into public.memory_items (workspace_id, title, content) values ('workspace-a', 'x', 'x')$$),
  ('editor', 'by the function', $$select public.add_trace('{"workspace_id": "workspace-a", "id":
    "00000000-0000-4000-8000-000000000001", "task": "x", "memory_items": [{"id": "00000000-0000-4000-8000-000000000002",
    "title": "x", "content": "y", "domain_category": "web", "pattern_tags": ["x"]}]}')$$),
  ('editor', 'the same again', $$select public.add_trace('{"workspace_id": "workspace-a", "id":
    "00000000-0000-4000-8000-000000000001", "task": "x", "memory_items": [{"id": "00000000-0000-4000-8000-000000000002",
    "title": "x", "content": "y", "domain_category": "web", "pattern_tags": ["x"]}]}')$$),
  ('editor', 'an outcome is changed', $$update public.reasoning_traces set outcome = 'failure' where outcome is null$$),
  ('editor', 'domain and tags are changed', $$update public.memory_items set domain_category = 'web', pattern_tags = array['z'] where domain_category = 'api'$$),
  ('editor', 'values become null', $$update public.memory_items set domain_category = null, pattern_tags = null, error_context = null$$),
  ('editor', 'values come back', $$update public.memory_items set domain_category = 'null', pattern_tags = '{}', error_context = '{"e": 2}'$$),
  ('editor', 'an error context that says nothing', $$update public.memory_items set error_context = '{}'$$),
  ('editor', 'an item is embedded', format(
    $$select public.update_memory_item('workspace-a', %L, '{"title": "longer than it was"}', tests.direction(1), 'all-MiniLM-L6-v2')$$,
    md5('row m1'))),
  ('service_role', 'times are changed', $$update public.memory_items set created_at = '2025-12-31T23:59:59-05'$$),
  ('service_role', 'an item moves to the other workspace', $$update public.memory_items set workspace_id = 'workspace-b' where trace_id is null$$),
  ('service_role', 'an upsert', $$insert into public.reasoning_traces (workspace_id, id, task, outcome, embedding_status)
    select workspace_id, id, 'changed by an upsert', 'partial', 'missing' from public.reasoning_traces where task_embedding is null
    on conflict (workspace_id, id) do update set task = excluded.task, outcome = excluded.outcome$$),
  ('service_role', 'an upsert of nothing', $$insert into public.reasoning_traces (workspace_id, id, task, embedding_status)
    select workspace_id, id, task, 'missing' from public.reasoning_traces on conflict do nothing$$),
  ('service_role', 'a merge of both', $$
    with gone as (delete from public.memory_items where workspace_id = 'workspace-b' and evolution_stage > 4 returning *)
    insert into public.memory_items (workspace_id, title, content, domain_category) select 'workspace-a', title, content, 'back' from gone$$),
  ('editor', 'an item is deleted', $$delete from public.memory_items where domain_category = 'back'$$),
  ('editor', 'a trace is deleted with its items', $$delete from public.reasoning_traces where outcome = 'success'$$),
  ('editor', 'a statement that changes nothing', $$update public.memory_items set title = title where false$$),
  ('editor', 'old traces are archived', $$select public.delete_old_traces('workspace-a', 1, false, true)$$),
  (null, 'a migration', $$do $body$ begin
    perform public.start_migration_run('{"id": "00000000-0000-4000-8000-00000000000a", "source_identity": "x", "source_kind": "x", "source_location": "x", "source_timezone": "UTC", "options": {}}');
    perform public.write_migration_batch('00000000-0000-4000-8000-00000000000a', '{"traces": [{"workspace_id": "workspace-a",
      "id": "00000000-0000-4000-8000-00000000000b", "task": "m", "embedding_status": "missing", "metadata": {}, "extras": {}, "notes": [],
      "links": []}], "memory_items": []}');
    end $body$
  $$);

select plan((select 2 * count(*) + 21 from write)::integer);

create temporary table step (place integer, name text, wrong bigint, numbers text, counted text);
do $$
declare
  w record;
begin
  for w in select * from write order by place loop
    perform tests.run_as(w.actor, w.statement);
    insert into step values (
      w.place, w.name, pg_temp.wrong(), pg_temp.numbers('workspace-a') || ', ' || pg_temp.numbers('workspace-b'),
      pg_temp.counted('workspace-a') || ', ' || pg_temp.counted('workspace-b')
    );
  end loop;
end;
$$;
select is(s.wrong, 0::bigint, format('%s: every count is that of the rows', s.name)) from step as s order by s.place;
select is(s.numbers, s.counted, format('%s: totals too', s.name)) from step as s order by s.place;

-- Distributions
select tests.add_memory('workspace-a', 'd' || n, jsonb_build_object(
  'domain', (array['api', 'web'])[1 + n % 2], 'tags', array['x', 'x', 'tag' || n % 2], 'stage', n % 3, 'difficulty', 'expert'
)) from generate_series(1, 6) as n;
delete from public.memory_items where workspace_id = 'workspace-a' and difficulty_level is distinct from 'expert';
select is(
  (select concat_ws(' ', domain_distribution, pattern_tag_frequency, evolution_stage_distribution, difficulty_distribution)
    from public.get_statistics(array['workspace-a'])),
  '{"api": 3, "web": 3} {"x": 6, "tag0": 3, "tag1": 3} {"0": 2, "1": 2, "2": 2} {"expert": 6}',
  'distributions are those of the rows, a tag given twice counts once, values without rows are gone'
);
select is(
  (select avg_evolution_stage from public.get_statistics(array['workspace-a'])), 1.0::double precision, 'the average stage too'
);
select is(
  (select success_rate from public.get_statistics(array['workspace-x'])), null, 'there is no rate of nothing'
);
select is(
  tests.value_as('viewer', 'select total_memories from public.get_statistics()'), '6', 'a viewer reads the counts'
);
select is(
  tests.value_as('editor', $$select string_agg(total_memories::text, ' ') from public.list_workspace_statistics()$$), '6',
  'one row for each workspace'
);
select is(
  tests.value_as('service_role', $$select sum(memories)::text from public.get_daily_growth(array['workspace-b'])$$),
  (select count(*)::text from public.memory_items where workspace_id = 'workspace-b'), 'days sum up to all rows'
);

-- Errors that were planted
alter table public.memory_items disable trigger memory_items_count_inserted;
select tests.add_memory('workspace-a', 'unseen', '{"domain": "api", "angle": 0.1}');
alter table public.memory_items enable trigger memory_items_count_inserted;
select cmp_ok(pg_temp.wrong(), '>', 0::bigint, 'a row that no trigger saw is missing in the counts');
select is(
  (select public.rebuild_statistics(array['workspace-b'])), 0::bigint, 'a rebuild of another workspace finds nothing'
);
create temporary table found as select pg_temp.wrong() as expected, public.rebuild_statistics() as found;
select is((select found from found), (select expected from found), 'a rebuild finds every wrong count');
select is(pg_temp.wrong(), 0::bigint, 'and makes it right');
select is(public.rebuild_statistics(), 0::bigint, 'a second one finds nothing');
update private.statistics_counts set row_count = row_count + 5, byte_count = 0
where workspace_id = 'workspace-a' and facet = 'total';
select is(public.rebuild_statistics(array['workspace-a']), 2::bigint, 'counts that were tampered with are found, each');
insert into private.statistics_counts
values ('workspace-a', 'memory_item', 'domain', 'invented', null, 3, 0, 0, 0, 0, 0);
select is(public.rebuild_statistics(array['workspace-a']), 1::bigint, 'and one that was invented');
select is(pg_temp.numbers('workspace-a'), pg_temp.counted('workspace-a'), 'after which all agree');

-- Truncation, deletion, and another workspace under the same id
select tests.add_trace('workspace-b', 'b1', '{"outcome": "success"}');
delete from public.workspaces where id = 'workspace-b';
select is(
  (select count(*) from private.current_counts where workspace_id = 'workspace-b'), 0::bigint, 'a workspace takes its counts with it'
);
insert into public.workspaces (id, name) values ('workspace-b', 'Another');
select is(pg_temp.numbers('workspace-b'), '0 0 0 0 0', 'another one under its id begins at nothing');
select tests.add_trace('workspace-b', 'b2');
select is(pg_temp.numbers('workspace-b'), '1 0 0 0 0', 'and counts its own rows');
select public.rebuild_statistics();
truncate public.memory_items;
select is(pg_temp.wrong(), 0::bigint, 'after a truncate of the memory items every count is right');
truncate public.reasoning_traces cascade;
select is(pg_temp.numbers('workspace-a') || ', ' || pg_temp.numbers('workspace-b'), '0 0 0 0 0, 0 0 0 0 0', 'and of all traces');
select tests.add_memory('workspace-a', 'again');
update private.statistics_counts set row_count = 9 where facet = 'total';
select public.rebuild_statistics();
truncate public.workspaces cascade;
insert into public.workspaces (id, name) values ('workspace-a', 'Again');
select is(pg_temp.numbers('workspace-a'), '0 0 0 0 0', 'and of all workspaces, whatever was still to be added');
select tests.add_memory('workspace-a', 'again');
select is(pg_temp.wrong(), 0::bigint, 'rows of a new one are counted from nothing');

select * from finish();
rollback;
