-- Sorts last.
begin;
select plan(2);
drop schema tests cascade;
select hasnt_schema('tests'::name, 'nothing of the tests stays in the database');
select is_empty(
  $$select from auth.users where email like '%@example.com' union all select from public.workspaces where id like 'workspace-%'$$,
  'and nobody'
);
select * from finish();
commit;
