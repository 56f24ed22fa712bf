-- What an edit does to a row beside the values that were given, and what it refuses.
begin;
select plan(26);
select tests.make_people();
select tests.add_trace('workspace-a', 't', '{"angle": 0.1}');
select tests.add_memory('workspace-a', 'm', '{"trace": "t", "angle": 0.1, "title": "As it was"}');
select tests.add_memory('workspace-a', 'bare', '{"title": "Without a vector"}');

create function pg_temp.is_stale(name text) returns boolean language sql as $$
  select embedding_is_stale from public.memory_items where id = tests.row_id(is_stale.name)
$$;
create function pg_temp.edit(name text, changes text, arguments text default '') returns text language sql as $$
  select format('select public.update_memory_item(%L, %L, %L%s)', 'workspace-a', tests.row_id(name), changes, arguments)
$$;
create function pg_temp.add(document jsonb) returns text language sql as $$
  select format('select public.add_trace(%L)', '{"workspace_id": "workspace-a"}'::jsonb || document)
$$;

-- Inserted as if long ago.
insert into public.reasoning_traces (workspace_id, id, task, updated_at)
values ('workspace-a', tests.row_id('long ago'), 'x', '2020-01-01');
insert into public.memory_items (workspace_id, id, title, content, updated_at)
values ('workspace-a', tests.row_id('long ago'), 'x', 'x', '2020-01-01');
select tests.run_as('editor', $$update public.reasoning_traces set outcome = 'success'$$);
select is(
  (select updated_at from public.reasoning_traces where id = tests.row_id('long ago')), now(), 'a trace knows when it was changed'
);
select tests.run_as('service_role', $$update public.memory_items set updated_at = '2019-01-01'$$);
select is(
  (select updated_at from public.memory_items where id = tests.row_id('long ago')), now(),
  'a memory item knows it too, whatever it is told'
);

-- Vectors and the texts they were made of
select tests.run_as('editor', format('update public.memory_items set domain_category = %L', 'api'));
select ok(not pg_temp.is_stale('m'), 'a vector is as good as before when only a domain changes');
select tests.run_as('editor', $$update public.memory_items set title = title$$);
select ok(not pg_temp.is_stale('m'), 'or when the text stays the same');
select tests.run_as('editor', $$update public.memory_items set title = 'New'$$);
select ok(pg_temp.is_stale('m'), 'it is stale when the text changes');
select ok(not pg_temp.is_stale('bare'), 'there is none to be stale');
select tests.run_as('editor', pg_temp.edit('m', '{"content": "Newer"}', $$, tests.direction(1), 'all-MiniLM-L6-v2'$$));
select ok(not pg_temp.is_stale('m'), 'and fresh with a new one');
select tests.run_as('editor', pg_temp.edit('bare', '{}', $$, tests.direction(1), 'all-MiniLM-L6-v2'$$));
select is(
  (select concat_ws(' ', embedding_status, embedding_model) from public.memory_items where id = tests.row_id('bare')),
  'present all-MiniLM-L6-v2', 'a vector brings its status and its model'
);
select is(
  tests.attempt('editor', pg_temp.edit('m', '{}', $$, tests.direction(1), 'another model'$$)), '22023',
  'vectors of two models do not come together'
);
select is(
  tests.attempt('editor', pg_temp.add('{"id": "00000000-0000-4000-8000-000000000001", "task": "x", "embedding_model": "another model"}'::jsonb
    || jsonb_build_object('task_embedding', tests.direction(1)::text))), '22023', 'nor with a trace'
);
select is(
  tests.attempt('service_role', $$update public.memory_items set embedding_model = null$$), '23514', 'no vector without a model'
);
select is(
  tests.attempt('service_role', $$update public.memory_items set content_embedding = null$$), '23514', 'no status that is not so'
);

-- What the source had is kept beside a vector made here
select tests.add_memory('workspace-a', 'came', '{"angle": 0.1}');
select tests.add_memory('workspace-a', 'came bare', '{}');
update public.memory_items set migrated_digest = sha256('x') where id in (tests.row_id('came'), tests.row_id('came bare'));
create temporary table source as
select private.vector_bytes(content_embedding) as bytes from public.memory_items where id = tests.row_id('came');
select tests.run_as('editor', pg_temp.edit('came', '{}', $$, tests.direction(0.8), 'all-MiniLM-L6-v2'$$));
select tests.run_as('editor', pg_temp.edit('came', '{}', $$, tests.direction(0.9), 'all-MiniLM-L6-v2'$$));
select tests.run_as('editor', pg_temp.edit('came bare', '{}', $$, tests.direction(0.8), 'all-MiniLM-L6-v2'$$));
select is(
  (select concat_ws(' ', source_embedding, source_embedding_model) from public.memory_items where id = tests.row_id('came')),
  (select concat_ws(' ', bytes, 'all-MiniLM-L6-v2') from source), 'a migrated item keeps the vector it came with, and its model'
);
select is(
  (select concat_ws(' ', source_embedding, source_embedding_model) from public.memory_items where id = tests.row_id('came bare')),
  '\x', 'or that it came with none'
);
select is(
  (select source_embedding from public.memory_items where id = tests.row_id('bare')), null, 'a row that was not migrated keeps nothing'
);

-- One edit does not undo another
select is(
  tests.attempt('editor', pg_temp.edit('m', '{"title": "x"}', $$, expected_updated_at => '2020-01-01'$$)), 'PT409',
  'who looked before somebody else changed it is told'
);
select is(
  tests.attempt('editor', pg_temp.edit('m', '{"title": "x"}', ', expected_updated_at => now()')), 'allowed',
  'who looked at it as it is changes it'
);
select is(
  tests.attempt('viewer', pg_temp.edit('m', '{"title": "x"}', $$, expected_updated_at => '2020-01-01'$$)), 'refused',
  'a viewer is refused, not told to try again'
);
select is(tests.attempt('editor', pg_temp.edit('m', '{"source_id": "x"}')), '22023', 'an unknown key is an error');
select is(tests.attempt('editor', pg_temp.edit('nobody', '{"title": "x"}')), 'PT404', 'an unknown item too');

-- A trace is added once
create temporary table document as
select '{"id": "00000000-0000-4000-8000-000000000002", "task": "x", "memory_items": [{"id":
  "00000000-0000-4000-8000-000000000003", "title": "x", "content": "x"}]}'::jsonb as content;
select is(tests.value_as('editor', pg_temp.add((select content from document))), 'added', 'a trace is added');
select is(tests.value_as('editor', pg_temp.add((select content from document))), 'unchanged', 'once');
select is(
  tests.attempt('editor', pg_temp.add((select content || '{"task": "other"}' from document))), 'PT409',
  'another one under its id is an error'
);
select is(
  tests.attempt('editor', pg_temp.add((select content || '{"id": "00000000-0000-4000-8000-000000000004"}' from document))), 'PT409',
  'and an item under the id of another'
);
select is(
  (select count(*) from public.reasoning_traces where id = '00000000-0000-4000-8000-000000000004'), 0::bigint,
  'which leaves nothing of the trace'
);
select is(
  tests.attempt('editor', $$select public.add_trace('{"workspace_id": "workspace-a"}')$$), '22023', 'a trace has an id and a task'
);

select * from finish();
rollback;
