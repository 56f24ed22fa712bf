-- Attack 32: a caller's temporary schema is searched for tables and types before all others, whatever the search path is.
begin;
select tests.make_people();
select tests.make_rows('workspace-b');
select plan(4);

create table tests.caught (caught_by name, called_by pg_catalog.text);
grant insert on tests.caught to authenticated;
create temporary table definer_call (name pg_catalog.text, statement pg_catalog.text);
insert into definer_call
values
  ('a function of others', 'select auth.uid()'),
  ('my_workspaces', 'select from public.memory_items'),
  ('create_workspace', $$select public.create_workspace('Mine')$$),
  ('list_workspace_members', $$select public.list_workspace_members('workspace-b')$$),
  ('invite_to_workspace', $$select public.invite_to_workspace('workspace-b', 'a@example.com')$$),
  ('accept_invitation', $$select public.accept_invitation('invitation_x')$$),
  ('record_retrieval', $$select public.record_retrieval('workspace-b', 'x', 'keyword', 1, query_text => 'asked')$$),
  ('delete_old_retrievals', $$select public.delete_old_retrievals('workspace-b', 1, false)$$),
  ('mark_retrieval', $$select public.mark_retrieval('workspace-b', pg_catalog.gen_random_uuid())$$),
  ('match_keywords', $$select public.search_memories_by_keyword('secretword')$$),
  ('set_memory_embedding', format(
    $$select private.set_memory_embedding('workspace-b', %L, tests.direction(0.5), 'all-MiniLM-L6-v2')$$,
    tests.row_id('workspace-b memory')
  )),
  ('insert', $$insert into public.memory_items (workspace_id, title, content) values ('workspace-b', 'x', 'x')$$),
  ('update', $$update public.memory_items set title = 'New'$$),
  ('keep_an_owner', $$update public.workspace_members set role = 'viewer'$$),
  ('delete_old_traces', $$select public.delete_old_traces('workspace-b', 1, false, true)$$),
  ('restore_archived_trace', format(
    $$select public.restore_archived_trace('workspace-b', %L)$$, tests.row_id('workspace-b archived')
  )),
  ('delete_workspace', $$select public.delete_workspace('workspace-b', 'Workspace B')$$);
create function pg_temp.catch(pg_catalog.text) returns boolean language plpgsql as $$
declare
  stack pg_catalog.text;
begin
  get diagnostics stack = pg_context;
  insert into tests.caught values (current_user, (pg_catalog.regexp_match(stack, 'function "?(private\.\w+)'))[1]);
  return true;
end;
$$;
-- Nothing of the tests' own may run between the making of these types and their end.
do $$
declare
  claims pg_catalog.text := json_build_object('sub', tests.user_id('stranger'), 'role', 'authenticated');
  type_name pg_catalog.text;
  call pg_catalog.record;
begin
  foreach type_name in array array['text', 'uuid', 'jsonb', 'bytea', 'timestamptz', 'date', 'name'] loop
    execute format('create domain pg_temp.%1$I as pg_catalog.%1$I check (pg_temp.catch(value::pg_catalog.text))', type_name);
  end loop;
  discard plans;
  for call in select c.name, c.statement from definer_call as c loop
    begin
      perform set_config('request.jwt.claims', claims, true), set_config('role', 'authenticated', true);
      execute call.statement;
    exception when others then null;
    end;
    perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true);
  end loop;
  foreach type_name in array array['text', 'uuid', 'jsonb', 'bytea', 'timestamptz', 'date', 'name'] loop
    execute format('drop domain pg_temp.%I', type_name);
  end loop;
  discard plans;
end;
$$;
select is_empty(
  $$select distinct caught_by, called_by from tests.caught where caught_by <> 'authenticated'$$,
  'attack 32: nothing of a caller runs with the rights of a function''s owner'
);
select isnt_empty($$select from tests.caught where caught_by = 'authenticated'$$, 'attack 32: though it runs with his own, where types are named without a schema');
select is_empty(
  $$
    select p.oid::regprocedure, m.found[1]
    from pg_proc as p
    cross join regexp_matches(
      p.prosrc, '(?:::|\mconstant )((?:text|uuid|jsonb|json|bytea|date|timestamptz|name|record|tsquery|tsvector)\M)', 'g'
    ) as m (found)
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      -- What only the service role executes runs with no other rights than its own.
      and (p.prosecdef or has_function_privilege('authenticated', p.oid, 'execute'))
      and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  $$,
  'attack 32: bodies name types with their schema'
);
select is_empty(
  $$
    select p.oid::regprocedure from pg_proc as p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prosecdef and p.prosrc ~ '\mauth\.\w+\('
  $$,
  'attack 32: and none with more rights calls a function that does not'
);

select * from finish();
rollback;
