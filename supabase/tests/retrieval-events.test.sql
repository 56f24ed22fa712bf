-- Any member records a search, nobody writes one directly, the text is kept where the workspace allows it, and who recorded it
-- says whether it helped.
begin;
select plan(35);
select tests.make_people();
select tests.add_trace('workspace-a', 'served', '{"outcome": "success"}');
select tests.add_trace('workspace-a', 'served badly', '{"outcome": "failure"}');
select tests.add_memory('workspace-a', 'm' || n) from generate_series(1, 4) as n;

create function pg_temp.record(actor text, name text, arguments text default '', workspace text default 'workspace-a') returns text
language sql as $$
  select tests.value_as(actor, format(
    'select public.record_retrieval(%L, %L, %L, 5, event_id => %L%s)', workspace, 'supabase', 'semantic', tests.row_id(name),
    coalesce(', ' || nullif(arguments, ''), '')
  ))
$$;
create function pg_temp.ids(variadic names text[]) returns text language sql as $$
  select quote_literal(array(select tests.row_id(n) from unnest(names) as n)::text) || '::uuid[]'
$$;

-- Recording
select is(
  pg_temp.record('viewer', 'first', format(
    'query_text => %L, result_ids => %s, result_scores => array[0.9, 0.5], embedding_ms => 3.5, database_ms => 1.5, total_ms => 6',
    'how to retry', pg_temp.ids('m1', 'm2')
  )), tests.row_id('first')::text, 'a viewer records a search'
);
select is(
  (select concat_ws(' ', user_id = tests.user_id('viewer'), backend, search_kind, match_count, result_count, embedding_ms, database_ms, total_ms)
    from public.retrieval_events),
  't supabase semantic 5 2 3.5 1.5 6', 'in his name, with what it cost'
);
select is(
  (select string_agg(concat_ws(' ', rank, result_id = tests.row_id('m' || rank), score, is_helpful is null), ', ' order by rank)
    from public.retrieval_results),
  '1 t 0.9 t, 2 t 0.5 t', 'and the results in their order'
);
select ok((select query_text is null from public.retrieval_events), 'the text is not kept unless the workspace says so');
select is(
  (select query_hash from public.retrieval_events), sha256('how to retry'), 'its hash is'
);
select pg_temp.record('stranger', 'of b', $$query_text => 'asked in b'$$, 'workspace-b');
select tests.run_as('owner', $$update public.workspaces set records_query_text = true where id = 'workspace-a'$$);
select pg_temp.record('viewer', 'second', $$query_text => 'kept now', served_trace_id => $$ || quote_literal(tests.row_id('served badly')));
select is(
  (select query_text from public.retrieval_events where id = tests.row_id('second')), 'kept now', 'where it does, the text is kept'
);
select ok(
  (select query_text is null from public.retrieval_events where id = tests.row_id('of b')), 'other workspaces decide for themselves'
);
select is(
  tests.value_as('stranger', 'select count(query_text) || '' '' || count(*) from public.retrieval_events'), '0 1',
  'and nobody else reads it'
);
select pg_temp.record('editor', 'first', format('result_ids => %s', pg_temp.ids('m3')));
select is(
  (select user_id from public.retrieval_events where id = tests.row_id('first')), tests.user_id('viewer'),
  'a second record under the same id changes nothing'
);
select is((select count(*) from public.retrieval_results where event_id = tests.row_id('first')), 2::bigint, 'no result either');
select pg_temp.record('stranger', 'first', '', 'workspace-b');
select is(
  (select count(*) from public.retrieval_events where id = tests.row_id('first')), 2::bigint, 'the same id elsewhere is another event'
);
select is(
  tests.attempt('stranger', $$select public.record_retrieval('workspace-a', 'x', 'semantic', 5)$$), 'refused',
  'a stranger records nothing in A'
);
select is(
  tests.attempt('viewer', format('select public.record_retrieval(%L, %L, %L, 5, %s)', 'workspace-a', 'x', 'semantic', a.arguments)),
  a.outcome, a.name
)
from (
  values
    ($$occurred_at => now() + interval '2 minutes'$$, '22023', 'not in the future'),
    ($$occurred_at => now() - interval '1 year'$$, 'allowed', 'but of the past'),
    ($$result_ids => array[gen_random_uuid()], result_scores => array[1.0, 2.0]$$, '22023', 'a score for each result'),
    ($$total_ms => -1$$, '23514', 'no time is negative'),
    ($$result_ids => array(select gen_random_uuid() from generate_series(1, 1001))$$, '23514', 'no more than 1000 results'),
    ($$error_code => ''$$, '23514', 'an error has a code')
) as a (arguments, outcome, name);
select is(
  tests.attempt('viewer', $$select public.record_retrieval('workspace-a', 'x', 'guessing', 5)$$), '23514', 'five kinds of search'
);
select pg_temp.record('service_role', 'by service');
select ok(
  (select user_id is null from public.retrieval_events where id = tests.row_id('by service')), 'the service role is nobody'
);

-- Nobody writes directly
select is(
  tests.attempt('owner', format('insert into public.retrieval_events (workspace_id, backend, search_kind, match_count, result_count)
    values (%L, %L, %L, 1, 0)', 'workspace-a', 'x', 'semantic')), 'refused', 'not even an owner adds a row'
);
select is(tests.attempt('owner', 'update public.retrieval_events set total_ms = 0'), 'refused', 'or changes one');
select is(tests.attempt('owner', 'update public.retrieval_results set is_helpful = true'), 'refused', 'or an opinion');
select is(tests.attempt('owner', 'delete from public.retrieval_events'), 'refused', 'or deletes one');

-- Whether it helped
create function pg_temp.mark(actor text, event text, arguments text) returns text language sql as $$
  select tests.attempt(actor, format('select public.mark_retrieval(%L, %L, %s)', 'workspace-a', tests.row_id(event), arguments))
$$;
select is(pg_temp.mark('owner', 'first', pg_temp.ids('m1')), 'PT404', 'an owner does not speak for a viewer');
select is(pg_temp.mark('stranger', 'first', pg_temp.ids('m1')), 'refused', 'nor a stranger');
select is(pg_temp.mark('service_role', 'first', pg_temp.ids('m1')), 'allowed', 'the service role may');
select is(
  tests.value_as('viewer', format(
    'select public.mark_retrieval(%L, %L, %s, %s, %L)', 'workspace-a', tests.row_id('first'), pg_temp.ids('m1', 'm4'), pg_temp.ids('m2'),
    tests.row_id('served')
  )), '2', 'who recorded it marks results it had'
);
select is(
  (select string_agg(is_helpful::text, ' ' order by rank) from public.retrieval_results where event_id = tests.row_id('first')),
  'true false', 'some helped, some did not'
);
select is(
  (select served_trace_id from public.retrieval_events where id = tests.row_id('first') and workspace_id = 'workspace-a'),
  tests.row_id('served'), 'and it served a trace'
);

-- What they tell
select pg_temp.record('viewer', 'failed', $$error_code => 'timeout', total_ms => 100$$);
select is(
  tests.value_as('viewer', $$
    select concat_ws(
      ' ', searches, errors, error_rate, hits, round(hit_rate::numeric, 1), helpful_results, unhelpful_results, helpful_rate,
      traces_with_memories, success_rate_with_memories, traces_without_memories, success_rate_without_memories
    )
    from public.get_retrieval_statistics()
  $$), '4 1 25 1 33.3 1 1 50 1 100 1 0', 'hits, errors, help, and success with and without memories'
);
select is(
  tests.value_as('viewer', $$
    select concat_ws(' ', searches, errors, embedded_searches, embedding_p50_ms, total_p50_ms, round(total_p95_ms::numeric, 1))
    from public.get_retrieval_latency('1 day')
  $$), '4 1 1 3.5 53 95.3', 'percentiles of what was measured'
);
select is(
  tests.value_as('viewer', $$select string_agg(title || ' ' || recalls, ', ' order by title) from public.list_recalled_memories()$$),
  'Title m1 1, Title m2 1', 'what was recalled'
);
select is(
  tests.value_as('viewer', $$select string_agg(title, ', ' order by title) from public.list_never_recalled_memories()$$),
  'Title m3, Title m4', 'and what never was'
);

-- Retention
update public.retrieval_events set occurred_at = now() - interval '40 days' where id = tests.row_id('second');
select is(
  tests.value_as('editor', $$select public.delete_old_retrievals('workspace-a', 30)$$) || tests.value_as('editor', $$
    select public.delete_old_retrievals('workspace-a', 30, false)$$) || tests.value_as('editor', $$
    select public.delete_old_retrievals('workspace-a', 30, false)$$), '110',
  'old events are counted first, then deleted, once'
);

select * from finish();
rollback;
