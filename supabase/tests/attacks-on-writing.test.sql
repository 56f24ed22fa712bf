-- Attacks 13 to 23: how rows of workspace A might be written by who may not.
begin;
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');

create temporary table content_column as
select c.relname as relation, a.attname as name
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
where c.oid in ('public.reasoning_traces'::regclass, 'public.memory_items'::regclass)
  and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
create temporary table changeable (relation text, name text);
insert into changeable
values
  ('reasoning_traces', 'outcome'), ('reasoning_traces', 'metadata'), ('memory_items', 'title'),
  ('memory_items', 'description'), ('memory_items', 'content'), ('memory_items', 'error_context'),
  ('memory_items', 'pattern_tags'), ('memory_items', 'difficulty_level'), ('memory_items', 'domain_category'),
  ('memory_items', 'evolution_stage');

select plan((select count(*) + 44 from content_column)::integer);

create function pg_temp.insert_memory(actor text, workspace text, item text default 'new', trace text default null)
returns text language sql as $$
  select tests.attempt(actor, format(
    'insert into public.memory_items (workspace_id, id, trace_id, title, content) values (%L, %L, %L, %L, %L)',
    workspace, tests.row_id(item), tests.row_id(trace), 'x', 'x'
  ))
$$;

select is(pg_temp.insert_memory('stranger', 'workspace-a'), 'refused', 'attack 13: a memory item is not put into A');
select is(
  tests.attempt('stranger', $$insert into public.reasoning_traces (workspace_id, task) values ('workspace-a', 'x')$$), 'refused',
  'attack 13: nor is a trace'
);
select is(
  tests.attempt('stranger', format(
    'insert into public.lineage_links values (%L, %L, %L, %L, 1, %L, %L)', 'workspace-a', 'memory_item',
    tests.row_id('workspace-a memory'), 'parent', 'memory_item', tests.row_id('workspace-b memory')
  )), 'refused', 'attack 13: nor a link'
);
select is(
  tests.attempt('stranger', $$select public.add_trace('{"workspace_id": "workspace-a", "id":
    "00000000-0000-4000-8000-000000000001", "task": "x"}')$$), 'refused', 'attack 13: nor by the function'
);
select is(pg_temp.insert_memory('stranger', 'workspace-b'), 'allowed', 'attack 13: it would be put into B');
select is(
  tests.attempt('stranger', $$select public.add_trace('{"workspace_id": "workspace-x", "id":
    "00000000-0000-4000-8000-000000000001", "task": "x"}')$$), 'refused', 'attack 13: a user makes no workspace on the way'
);

select is(
  tests.attempt('stranger', $$update public.memory_items set workspace_id = 'workspace-a'$$), 'refused',
  'attack 14: no row is moved to A'
);
savepoint all_columns_open;
grant update on public.memory_items, public.reasoning_traces, public.workspace_members, public.workspaces to authenticated;
select is(
  tests.attempt('stranger', $$update public.memory_items set workspace_id = 'workspace-a', trace_id = null$$), 'refused',
  'attack 14: the policy of memory items refuses it too, if a grant did not'
);
select is(
  tests.attempt('stranger', $$
    update public.reasoning_traces set workspace_id = 'workspace-a', id = gen_random_uuid()
    where id not in (select trace_id from public.memory_items where trace_id is not null)
  $$), 'nothing', 'attack 14: (a trace with items can not be moved at all)'
);
delete from public.memory_items where workspace_id = 'workspace-b';
select is(
  tests.attempt('stranger', $$update public.reasoning_traces set workspace_id = 'workspace-a'$$), 'refused',
  'attack 14: so does that of traces'
);
update public.workspace_members set role = 'owner' where user_id = tests.user_id('viewer');
insert into public.workspace_members values ('workspace-b', tests.user_id('viewer'), 'viewer');
select is(
  tests.attempt('viewer', format(
    'update public.workspace_members set workspace_id = %L where user_id = %L', 'workspace-b', tests.user_id('anonymous')
  )), 'refused', 'attack 14: and that of members, also where the new place is seen'
);
select is(
  tests.attempt('viewer', $$update public.workspaces set id = 'workspace-b' where id = 'workspace-a'$$), 'refused',
  'attack 14: and that of workspaces'
);
rollback to all_columns_open;

select is(
  tests.attempt('stranger', format(
    'update public.memory_items set title = %L where id = %L', 'Taken', tests.row_id('workspace-a memory')
  )), 'nothing', 'attack 15: a row of A is not changed by its id'
);
select is(
  tests.run_as('stranger', $$update public.memory_items set title = 'Taken'$$), 1::bigint,
  'attack 15: without a filter only the own one is'
);
select is(
  tests.value_as('owner', 'select title from public.memory_items'), 'Mind the secretword of workspace-a',
  'attack 15: its members read what it was'
);
select is(
  tests.run_as('stranger', $$update public.workspaces set name = 'Taken'$$), 1::bigint,
  'attack 15: nor is the workspace renamed'
);

select is(
  tests.attempt('stranger', format('delete from public.reasoning_traces where id = %L', tests.row_id('workspace-a trace'))),
  'nothing', 'attack 16: a row of A is not deleted by its id'
);
savepoint before_delete;
select is(
  tests.run_as('stranger', 'delete from public.reasoning_traces') + tests.run_as('stranger', 'delete from public.memory_items')
    + tests.run_as('stranger', 'delete from public.lineage_links'),
  1::bigint, 'attack 16: a delete without a filter takes own rows only'
);
select is(
  (
    select string_agg(x.n::text, ' ') from (
      select count(*) as n from public.reasoning_traces union all select count(*) from public.memory_items
      union all select count(*) from public.lineage_links
    ) as x
  ), '1 1 1', 'attack 16: those of A are still there'
);
rollback to before_delete;

select is(
  tests.attempt('stranger', format(
    $$
      insert into public.memory_items (workspace_id, id, title, content) values ('workspace-a', %L, 'Taken', 'x')
      on conflict (workspace_id, id) do update set title = 'Taken'
    $$, tests.row_id('workspace-a memory')
  )), 'refused', 'attack 17: an upsert on a key of A is refused'
);
select is(
  tests.error_as('stranger', format(
    $$
      insert into public.memory_items (workspace_id, id, title, content) values ('workspace-a', %L, 'Taken', 'x')
      on conflict (workspace_id, id) do nothing
    $$, tests.row_id('workspace-a memory')
  )),
  tests.error_as('stranger', $$
    insert into public.memory_items (workspace_id, id, title, content) values ('workspace-a', gen_random_uuid(), 'Taken', 'x')
    on conflict (workspace_id, id) do nothing
  $$), 'attack 17: in the same words, whether the key is taken or free'
);
select is(
  tests.attempt('stranger', format(
    $$
      insert into public.memory_items (workspace_id, id, title, content) values ('workspace-b', %L, 'Mine', 'x')
      on conflict (workspace_id, id) do update set title = 'Mine'
    $$, tests.row_id('workspace-a memory')
  )), 'allowed', 'attack 17: the same id in B is another row'
);
select is(
  tests.value_as('owner', 'select title from public.memory_items'), 'Mind the secretword of workspace-a',
  'attack 17: the row of A is as it was'
);

select is(
  pg_temp.insert_memory('stranger', 'workspace-b', 'new', 'workspace-a trace'), '23503',
  'attack 18: an item of B has no trace of A'
);
select is(
  regexp_replace(tests.error_as('stranger', format(
    'insert into public.memory_items (workspace_id, trace_id, title, content) values (%L, %L, %L, %L)',
    'workspace-b', tests.row_id('workspace-a trace'), 'x', 'x'
  )), '[0-9a-f-]{36}', 'ID'),
  regexp_replace(tests.error_as('stranger', format(
    'insert into public.memory_items (workspace_id, trace_id, title, content) values (%L, %L, %L, %L)',
    'workspace-b', tests.row_id('no trace'), 'x', 'x'
  )), '[0-9a-f-]{36}', 'ID'),
  'attack 18: and the error does not tell whether A has it'
);
select is(
  tests.attempt('stranger', $$
    insert into public.reasoning_traces (workspace_id, task)
    select case n when 437 then 'workspace-a' else 'workspace-b' end, 'x' from generate_series(1, 500) as n
  $$), 'refused', 'attack 19: one foreign row among 500 is enough to refuse all'
);
select is(
  (select count(*) from public.reasoning_traces where task = 'x'), 0::bigint, 'attack 19: none of them is there'
);

select is(pg_temp.insert_memory('viewer', 'workspace-a'), 'refused', 'attack 20: a viewer adds nothing');
select is(
  tests.attempt('viewer', $$update public.memory_items set title = 'x'$$), 'nothing', 'attack 20: changes nothing'
);
select is(
  tests.attempt('viewer', $$update public.reasoning_traces set outcome = 'failure'$$), 'nothing', 'attack 20: of traces neither'
);
select is(tests.attempt('viewer', 'delete from public.reasoning_traces'), 'nothing', 'attack 20: deletes nothing');
select is(tests.attempt('viewer', 'delete from public.memory_items'), 'nothing', 'attack 20: no item');
select is(tests.attempt('viewer', 'delete from public.lineage_links'), 'nothing', 'attack 20: no link');
select is(
  tests.attempt('editor', $$update public.workspace_members set role = 'viewer' where role = 'owner'$$), 'nothing',
  'attack 20: an editor changes no role'
);
select is(
  tests.attempt('editor', format('delete from public.workspace_members where user_id = %L', tests.user_id('viewer'))), 'nothing',
  'attack 20: and removes nobody'
);
select is(
  tests.attempt('editor', $$update public.workspaces set records_query_text = true$$), 'nothing',
  'attack 20: nor decides what is recorded'
);

select is(
  tests.attempt('viewer', format(
    'update public.workspace_members set role = %L where user_id = %L', 'owner', tests.user_id('viewer')
  )), 'nothing', 'attack 21: a viewer does not make himself owner'
);
select is(
  tests.attempt('editor', format(
    'update public.workspace_members set role = %L where user_id = %L', 'owner', tests.user_id('editor')
  )), 'nothing', 'attack 21: nor does an editor'
);
select is(
  tests.attempt('stranger', format(
    'insert into public.workspace_members values (%L, %L, %L)', 'workspace-a', tests.user_id('stranger'), 'owner'
  )), 'refused', 'attack 21: nor a stranger'
);
select is(
  tests.attempt('stranger', format(
    'insert into public.workspace_invitations (workspace_id, email, role, token_hash, expires_at) values (%L, %L, %L, %L, now())',
    'workspace-a', 'stranger@example.com', 'owner', sha256('x')
  )), 'refused', 'attack 21: nobody writes an invitation himself'
);
select is(
  tests.attempt('owner', format(
    'update public.workspace_members set user_id = %L where user_id = %L', tests.user_id('newcomer'), tests.user_id('viewer')
  )), 'refused', 'attack 21: not even an owner makes somebody a member who was not asked'
);
select is(
  tests.attempt('owner', format(
    'insert into public.workspace_members values (%L, %L, %L)', 'workspace-a', tests.user_id('newcomer'), 'viewer'
  )), 'refused', 'attack 21: nor by adding a row'
);

select is(
  tests.attempt('editor', format('update public.%I set %2$I = %2$I', c.relation, c.name)),
  case when exists (select from changeable as a where (a.relation, a.name) = (c.relation, c.name))
    then 'allowed' else 'refused' end,
  format('attack 23: an editor and %s of %s', c.name, c.relation)
)
from content_column as c order by c.relation, c.name;
select is(
  tests.attempt('editor', format(
    'select public.update_memory_item(%L, %L, %L)', 'workspace-a', tests.row_id('workspace-a memory'),
    '{"created_at": "2020-01-01", "title": "x"}'
  )), '22023', 'attack 23: nor does the function change what is set once'
);
select is(
  tests.attempt('owner', $$update public.workspaces set id = 'workspace-x'$$), 'refused',
  'attack 23: an owner does not change the id of a workspace'
);

select * from finish();
rollback;
