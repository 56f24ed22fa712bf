-- A view is its user's own, in workspaces he belongs to.
begin;
select plan(12);
select tests.make_people();
select tests.make_rows('workspace-a');

select is(
  tests.attempt('viewer', format(
    $$insert into public.saved_views (workspace_id, user_id, page, name, query) values ('workspace-a', %L, 'traces', 'Mine', 'outcome=failure')$$,
    tests.user_id('viewer')
  )),
  'allowed', 'a viewer saves views of his own'
);
select is(
  tests.attempt('editor', format(
    $$insert into public.saved_views (workspace_id, user_id, page, name, query) values ('workspace-a', %L, 'traces', 'Theirs', 'outcome=failure')$$,
    tests.user_id('viewer')
  )),
  'refused', 'but none for others'
);
select is(
  tests.attempt('stranger', format(
    $$insert into public.saved_views (workspace_id, user_id, page, name, query) values ('workspace-a', %L, 'traces', 'Mine', 'outcome=failure')$$,
    tests.user_id('stranger')
  )),
  'refused', 'nor in a workspace he does not belong to'
);
insert into public.saved_views (workspace_id, user_id, page, name, query)
values
  ('workspace-a', tests.user_id('removed'), 'memories', 'Left behind', 'errors=only'),
  ('workspace-a', tests.user_id('editor'), 'memories', 'Mistakes', 'errors=only');
select is(
  tests.attempt('removed', 'select from public.saved_views'), 'nothing', 'who was removed does not even see his own'
);
select is(
  tests.value_as('editor', 'select count(*) from public.saved_views'), '1', 'two users may give the same name'
);
-- Statements that read no column are held by their own policy alone, not by that for reading.
select is(
  tests.attempt('viewer', $$update public.saved_views set query = 'stage=1'$$), 'nothing',
  'who has none changes none, not of another in the same workspace either'
);
select is(
  tests.attempt('removed', $$update public.saved_views set query = 'stage=1'$$), 'nothing',
  'nor does who was removed change what he left behind'
);
select is(
  tests.attempt('viewer', 'delete from public.saved_views'), 'nothing', 'who has none deletes none'
);
select is(
  tests.attempt('removed', 'delete from public.saved_views'), 'nothing', 'nor does who was removed'
);
select throws_ok(
  $$insert into public.saved_views (workspace_id, user_id, page, name, query) values ('workspace-a', tests.user_id('editor'), 'memories', 'Mistakes', 'stage=2')$$,
  '23505', null, 'but one user gives it once a page'
);
select throws_ok(
  $$insert into public.saved_views (workspace_id, user_id, page, name, query) values ('workspace-a', tests.user_id('editor'), 'memories', ' ', 'stage=2')$$,
  '23514', null, 'a name is not blank'
);

select is(
  (select p.with_check from pg_catalog.pg_policies as p where p.policyname = 'Members change their own views'),
  (select p.qual from pg_catalog.pg_policies as p where p.policyname = 'Members change their own views'),
  'a changed view is held against the same as before, should its user or workspace ever be granted for update'
);

select * from finish();
rollback;
