-- Attacks 1 to 10: how a stranger, who owns workspace B, might read rows of workspace A.
begin;
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');
select tests.add_memory('workspace-a', 'second of a', '{"angle": 0.3, "title": "Another secretword"}');
select tests.add_memory('workspace-b', 'second of b', '{"angle": 0.3, "title": "Another secretword"}');

-- The last ones were folded into the counts by the writes since.
insert into private.statistics_changes (
  workspace_id, subject, facet, row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
)
values ('workspace-a', 'memory_item', 'tag', 1, 0, 0, 0, 0, 0), ('workspace-b', 'memory_item', 'tag', 1, 0, 0, 0, 0, 0);

-- Those that make_rows made are the owner's.
insert into public.saved_views (workspace_id, user_id, page, name, query)
values
  ('workspace-a', tests.user_id('stranger'), 'memories', 'Of before', 'errors=only'),
  ('workspace-b', tests.user_id('stranger'), 'memories', 'Own', 'errors=only');

create temporary table tenant_table as
select format('%I.%I', n.nspname, c.relname) as relation, k.attname as workspace
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
join pg_attribute as k on k.attrelid = c.oid and not k.attisdropped
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v') and c.relname !~ '^migration_'
  and k.attname = case c.relname when 'workspaces' then 'id' else 'workspace_id' end;

-- Searches and lists, asked about A and B at once.
create temporary table asked (name text, query text);
insert into asked
values
  ('search_similar_memories', $$public.search_similar_memories(tests.direction(0.1), 100, array['workspace-a', 'workspace-b'])$$),
  ('search_similar_memories_exactly', $$public.search_similar_memories_exactly(tests.direction(0.1), 100, array['workspace-a', 'workspace-b'])$$),
  ('search_similar_traces', $$public.search_similar_traces(tests.direction(0.1), 100, array['workspace-a', 'workspace-b'])$$),
  ('search_memories', $$public.search_memories('secretword', tests.direction(0.1), 100, array['workspace-a', 'workspace-b'])$$),
  ('search_memories_by_keyword', $$public.search_memories_by_keyword('secretword', 100, array['workspace-a', 'workspace-b'])$$),
  ('search_memories_by_keyword, prefix', $$public.search_memories_by_keyword('secretw', 100)$$),
  ('match_keywords', $$private.match_keywords(array['workspace-a', 'workspace-b'], 'secretword', 100, null)$$),
  ('nearest_rows', $$private.nearest_rows(
    'memory_item', array['workspace-a', 'workspace-b'], tests.direction(0.1), 'all-MiniLM-L6-v2', 100, null)$$),
  ('find_similar_memories', $$public.find_similar_memories(
    'workspace-b', tests.row_id('second of b'), 100, array['workspace-a', 'workspace-b'])$$),
  ('list_memories', $$public.list_memories(array['workspace-a', 'workspace-b'])$$),
  ('list_traces', $$public.list_traces(array['workspace-a', 'workspace-b'])$$),
  ('list_recalled_memories', $$public.list_recalled_memories(array['workspace-a', 'workspace-b'])$$),
  ('list_never_recalled_memories', $$public.list_never_recalled_memories(array['workspace-a', 'workspace-b'])$$),
  ('list_workspace_statistics', $$public.list_workspace_statistics(array['workspace-a', 'workspace-b'])$$),
  ('get_genealogy', $$public.get_genealogy('workspace-b', tests.row_id('workspace-b memory'))$$);

select plan((
  4 * (select count(*) from tenant_table) + 2 * (select count(*) from asked) + 23
)::integer);

select is(
  tests.value_as('stranger', format('select string_agg(distinct %I, %L) from %s', t.workspace, ', ', t.relation)),
  'workspace-b', format('attack 1: without a filter %s shows own rows only', t.relation)
)
from tenant_table as t order by 1;
select is(
  tests.value_as('removed', format('select count(%I) from %s', t.workspace, t.relation)), '0',
  format('attack 1: %s shows none to who is no member', t.relation)
)
from tenant_table as t order by 1;

select is(
  tests.value_as('stranger', format('select count(*) from %s where %I = %L', t.relation, t.workspace, 'workspace-a')),
  tests.value_as('stranger', format('select count(*) from %s where %I = %L', t.relation, t.workspace, 'workspace-x')),
  format('attack 2: in %s the id of A looks like one that never was', t.relation)
)
from tenant_table as t order by 1;
select is(
  tests.value_as('stranger', format(
    'select count(*) from public.memory_items where id = %L', tests.row_id('workspace-a memory')
  )), '0', 'attack 2: a row of A is not found by its id'
);
select ok(
  tests.value_as('stranger', format('select public.get_trace(%L, %L)', 'workspace-a', tests.row_id('workspace-a trace')))
    is null, 'attack 2: nor is its trace, which is null'
);
select ok(
  tests.value_as('stranger', format('select public.get_trace(%L, %L)', 'workspace-b', tests.row_id('workspace-a trace')))
    is null, 'attack 2: not even under B'
);
select is(
  tests.error_as('stranger', format('select public.get_genealogy(%L, %L)', 'workspace-a', tests.row_id('workspace-a memory'))),
  replace(
    tests.error_as('stranger', format('select public.get_genealogy(%L, %L)', 'workspace-x', tests.row_id('workspace-a memory'))),
    'workspace-x', 'workspace-a'
  ), 'attack 2: an error about a row of A is that of a row that never was'
);
select is(
  tests.error_as('stranger', format(
    'select public.update_memory_item(%L, %L, %L)', 'workspace-a', tests.row_id('workspace-a memory'), '{"title": "x"}'
  )),
  replace(
    tests.error_as('stranger', format(
      'select public.update_memory_item(%L, %L, %L)', 'workspace-x', tests.row_id('workspace-a memory'), '{"title": "x"}'
    )), 'workspace-x', 'workspace-a'
  ), 'attack 2: also when it should be changed'
);

select is(
  tests.value_as('stranger', format('select string_agg(distinct workspace_id, %L) from %s', ', ', a.query)), 'workspace-b',
  format('attack 3: %s gives rows of B alone', a.name)
)
from asked as a;
select is(
  tests.value_as('service_role', format('select %L in (select workspace_id from %s)', 'workspace-a', replace(
    replace(a.query, $$'secretw', 100)$$, $$'secretw', 100, array['workspace-a'])$$), $$('workspace-b', tests.row_id('workspace-b memory'))$$,
    $$('workspace-a', tests.row_id('workspace-a memory'))$$
  ))), 'true', format('attack 3: rows of A were there for %s to find', a.name)
)
from asked as a;
select is(
  tests.attempt('stranger', $$select public.get_statistics(array['workspace-a'], true)$$), 'allowed',
  'attack 3: a user may ask for all workspaces'
);
select is(
  tests.value_as('stranger', $$select total_memories from public.get_statistics(all_workspaces => true)$$), '2',
  'attack 3: and means his own'
);
select is(
  tests.value_as('stranger', $$
    select count(*) from public.search_similar_memories(tests.direction(0), 100, all_workspaces => true)
  $$), '2', 'attack 3: also in a search'
);

select is(
  tests.attempt('anon', format('select from %s', t.relation)), 'refused', format('attack 4: visitors may not read %s', t.relation)
)
from tenant_table as t order by 1;
select is(tests.attempt('anon', 'select from public.migration_runs'), 'refused', 'attack 4: nor public.migration_runs');
select is(
  tests.attempt('anon', 'select from public.migration_verifications'), 'refused', 'attack 4: nor public.migration_verifications'
);

select is(
  tests.value_as('stranger', $$
    select concat_ws(' ', total_traces, total_memories, memories_with_errors, embedded_memories, domain_distribution)
    from public.get_statistics(array['workspace-a', 'workspace-b'])
  $$),
  tests.value_as('stranger', $$
    select concat_ws(' ', total_traces, total_memories, memories_with_errors, embedded_memories, domain_distribution)
    from public.get_statistics(array['workspace-b'])
  $$), 'attack 7: statistics count own rows only'
);
select is(
  tests.value_as('stranger', $$select sum(traces) || ' ' || sum(memories) from public.get_daily_growth(array['workspace-a'])$$),
  null, 'attack 7: the days of A are none'
);
select is(
  tests.value_as('stranger', $$select searches from public.get_retrieval_statistics(array['workspace-a'])$$), '0',
  'attack 7: nor are its searches'
);
select is(
  tests.value_as('stranger', $$select count(*) from public.get_retrieval_latency('1 day', array['workspace-a'])$$), '0',
  'attack 7: nor their times'
);
select is(
  tests.value_as('stranger', $$
    select count(*) || ' ' || count(t.id)
    from public.memory_items as m full join public.reasoning_traces as t on t.id = m.trace_id
  $$), '2 1', 'attack 7: joins and counts see own rows only'
);
select is(
  tests.value_as('stranger', $$select workspaces from public.get_health()$$), '1', 'attack 7: one workspace is his'
);

select is(
  tests.value_as('stranger', format(
    $$
      select string_agg(distinct workspace_id, ', ')
      from public.list_memories(null, after_created_at => '2026-01-02T03:04:05Z', after_workspace_id => 'workspace-a', after_id => %L)
    $$, tests.row_id('workspace-a memory')
  )), 'workspace-b', 'attack 9: a page that begins at a row of A holds own rows only'
);
select is(
  tests.value_as('stranger', $$
    select count(*)
    from public.list_memories(null, after_created_at => null, after_workspace_id => 'workspace-z', after_id => gen_random_uuid())
  $$), '0', 'attack 9: past the end there is nothing'
);
select is(
  tests.value_as('stranger', $$
    select count(*)
    from public.list_traces(null, after_created_at => null, after_workspace_id => 'workspace-z', after_id => gen_random_uuid())
  $$), '0', 'attack 9: nor past the last trace'
);

update public.memory_items set content = 'The hyperspecific truth' where id = tests.row_id('second of a');
select is(
  tests.value_as('stranger', $$select count(*) from public.search_memories_by_keyword('hyperspecific')$$), '0',
  'attack 10: a word that only A has is not found'
);
select is(
  tests.value_as('stranger', $$select count(*) from public.memory_items where content ilike '%hyperspecific%'$$), '0',
  'attack 10: not by a pattern either'
);
select is(
  tests.value_as('stranger', $$
    select count(*) from public.memory_items
    where search_document operator(pg_catalog.@@) websearch_to_tsquery('pg_catalog.english', 'hyperspecific')
  $$), '0', 'attack 10: nor in the document of a row'
);
select is(
  tests.value_as('owner', $$select count(*) from public.search_memories_by_keyword('hyperspecific')$$), '1',
  'attack 10: which its members find'
);

select * from finish();
rollback;
