-- What is archived and restored is equal to what it was; what is deleted for its age is what was announced.
begin;
select plan(33);
select tests.make_people();
select tests.add_trace('workspace-a', 'old', '{"angle": 0.123456789, "outcome": "success", "created_at": "2020-01-02T03:04:05.678901Z",
  "trajectory": [{"n": 12345678901234567890.123456789, "text": "ünï\ncode"}], "metadata": {"k": 1e400}}');
select tests.add_memory('workspace-a', 'old ' || n, jsonb_build_object(
  'trace', 'old', 'angle', n / 7.0, 'tags', array['a', 'b'], 'stage', n, 'domain', 'api', 'error_context', case when n = 2 then '{"e": 1.10}'::jsonb end,
  'created_at', '2020-01-02T03:04:05.678901Z'
)) from generate_series(1, 3) as n;
update public.memory_items set source_embedding = '\x00000080', source_id = 'as it was', notes = '["odd"]'
where id = tests.row_id('old 1');
update public.reasoning_traces set migrated_digest = sha256('x'), source_created_at = 'yesterday', extras = '{"more": [1.50]}';
update public.memory_items set content = 'edited' where id = tests.row_id('old 3');
select tests.add_link('workspace-a', 'old 1', 'old 2');
select tests.add_link('workspace-a', 'old', 'elsewhere', '{"child_kind": "trace", "target_kind": "trace", "relation": "derived_from"}');
select tests.add_trace('workspace-a', 'young', jsonb_build_object('created_at', now()));
select tests.add_memory('workspace-a', 'young item', jsonb_build_object('trace', 'young', 'created_at', '2019-01-01'));
select tests.add_link('workspace-a', 'young item', 'old 1');
select tests.add_trace('workspace-a', 'timeless');
select tests.add_memory('workspace-a', 'orphan', '{"created_at": "2019-01-01"}');
select tests.add_trace('workspace-b', 'old of b', '{"created_at": "2020-01-01"}');

create function pg_temp.everything() returns text[] language sql as $$
  select array(
    select to_jsonb(t)::text from public.reasoning_traces as t
    union all select to_jsonb(m)::text from public.memory_items as m
    union all select to_jsonb(l)::text from public.lineage_links as l
    order by 1
  )
$$;
create function pg_temp.wrong() returns bigint language sql as $$
  select count(*) from public.workspaces as w cross join lateral private.statistics_corrections(w.id) as c
$$;
create temporary table before as
select pg_temp.everything() as rows, (select to_jsonb(s)::text from public.get_statistics(array['workspace-a']) as s) as statistics;

-- Only announced
select is(
  tests.value_as('editor', $$
    select concat_ws(' ', deleted_traces, deleted_memory_items, kept_without_time, retention_cutoff = now() - interval '30 days')
    from public.delete_old_traces('workspace-a', 30)
  $$), '1 3 1 t', 'by default an editor is told what would go'
);
select is(pg_temp.everything(), (select rows from before), 'and nothing went');
select is(
  tests.attempt('editor', format('select public.delete_old_traces(%L, %s, false)', 'workspace-a', d)), '22023',
  format('%s days are no retention', d)
)
from unnest(array['0', '-1', '36501', 'null']) as d;
select is(
  tests.value_as('editor', $$select deleted_traces from public.delete_old_traces('workspace-a', 30, null, true)$$), '1',
  'whoever says neither only asks'
);
select is(pg_temp.everything(), (select rows from before), 'and nothing went then either');
select is(
  tests.attempt('viewer', $$select public.delete_old_traces('workspace-a', 30)$$), 'refused', 'a viewer does not even ask'
);
select is(
  tests.attempt('stranger', $$select public.delete_old_traces('workspace-a', 30, false)$$), 'refused', 'nor does a stranger'
);

-- Archived
select is(
  tests.value_as('editor', $$
    select concat_ws(' ', deleted_traces, deleted_memory_items) from public.delete_old_traces('workspace-a', 30, false, true)
  $$), '1 3', 'what goes is what was announced'
);
select is((select count(*) from public.archived_traces), 1::bigint, 'one trace is in the archive');
select is((select archived_by from public.archived_traces), tests.user_id('editor'), 'put there by the editor');
select is(
  (select count(*) from public.reasoning_traces where id = tests.row_id('old')), 0::bigint, 'and gone from the traces'
);
select is((select count(*) from public.memory_items where trace_id = tests.row_id('old')), 0::bigint, 'with its items');
select is(
  (select count(*) from public.lineage_links where child_id in (tests.row_id('old'), tests.row_id('old 1'))), 0::bigint,
  'and their links'
);
select is((select count(*) from public.lineage_links), 1::bigint, 'the link of a younger item to it stays');
select is(
  (select count(*) from public.reasoning_traces where workspace_id = 'workspace-a'), 2::bigint,
  'the young and the timeless trace stay'
);
select is((select count(*) from public.reasoning_traces where workspace_id = 'workspace-b'), 1::bigint, 'and that of B');
select is(pg_temp.wrong(), 0::bigint, 'the statistics know');
select is(
  tests.value_as('viewer', 'select count(*) from public.archived_traces'), '1', 'members read the archive'
);
select is(tests.value_as('stranger', 'select count(*) from public.archived_traces'), '0', 'others do not');
select is(
  tests.value_as('viewer', $$select count(*) from public.search_memories_by_keyword('edited')$$), '0', 'no search finds it'
);

-- Restored
select is(
  tests.attempt('viewer', format('select public.restore_archived_trace(%L, %L)', 'workspace-a', tests.row_id('old'))), 'refused',
  'a viewer restores nothing'
);
select is(
  tests.attempt('stranger', format('select public.restore_archived_trace(%L, %L)', 'workspace-b', tests.row_id('old'))), 'PT404',
  'a stranger does not bring it into B'
);
select is(
  tests.value_as('editor', format('select public.restore_archived_trace(%L, %L)', 'workspace-a', tests.row_id('old'))), '3',
  'an editor does, and is told how many items came'
);
select is(pg_temp.everything(), (select rows from before), 'every value of every row is what it was');
select is(
  (select to_jsonb(s)::text from public.get_statistics(array['workspace-a']) as s), (select statistics from before),
  'and every count'
);
select is((select count(*) from public.archived_traces), 0::bigint, 'the archive has it no more');
select is(
  tests.attempt('editor', format('select public.restore_archived_trace(%L, %L)', 'workspace-a', tests.row_id('old'))), 'PT404',
  'it is restored once'
);

-- Its id in other hands
select tests.run_as('editor', $$select public.delete_old_traces('workspace-a', 30, false, true)$$);
select tests.add_trace('workspace-a', 'old', jsonb_build_object('created_at', now()));
select is(
  tests.attempt('editor', format('select public.restore_archived_trace(%L, %L)', 'workspace-a', tests.row_id('old'))), '23505',
  'a trace whose id was given away is not put over the other'
);
select is((select count(*) from public.archived_traces), 1::bigint, 'and stays in the archive');

-- Deleted
select tests.run_as('service_role', $$select public.delete_old_traces('workspace-b', 30, false)$$);
select is(
  (select count(*) from public.archived_traces where workspace_id = 'workspace-b')
    + (select count(*) from public.reasoning_traces where workspace_id = 'workspace-b'), 0::bigint,
  'what is not archived is gone'
);

select * from finish();
rollback;
