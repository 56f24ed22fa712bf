-- Attacks 31 to 36: functions that run with more rights, search paths, leaky predicates, recursion. What is decided by the
-- catalog alone is in function-grants and catalog-rules.
begin;
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');

select plan((
  select 18 + count(*)
  from pg_class as c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
    and has_any_column_privilege('authenticated', c.oid, 'select')
)::integer);

-- Attack 32: a caller's temporary schema is searched before all others, for tables and types whatever the search path is
create temporary table workspace_members as
select 'workspace-a'::text as workspace_id, tests.user_id('stranger') as user_id, 'owner'::text as role;
create temporary table workspaces as select 'workspace-a'::text as id, 'Workspace A'::text as name;
create temporary table memory_items as select 'workspace-a'::text as workspace_id, 'Taken'::text as title;
grant select on workspace_members, workspaces, memory_items to authenticated;
create function pg_temp.lower(text) returns text language sql as $$select 'stranger@example.com'$$;
create function pg_temp.now() returns timestamptz language sql as $$select '1970-01-01'::timestamptz$$;
create function pg_temp.uid() returns uuid language sql as $$select tests.user_id('owner')$$;
select is(
  tests.value_as('stranger', 'select string_agg(id, $$, $$) from workspaces'), 'workspace-a',
  'attack 32: tables with the names of ours are found first'
);
select is(
  tests.value_as('stranger', 'select private.my_workspaces()::text'), '{workspace-b}', 'attack 32: but not by what policies call'
);
select is(
  tests.attempt('stranger', $$select public.delete_workspace('workspace-a', 'Workspace A')$$), 'refused',
  'attack 32: nor by functions with more rights'
);
select is(
  tests.attempt('stranger', $$select public.list_workspace_members('workspace-a')$$), 'refused', 'attack 32: whatever they read'
);
select is(
  tests.value_as('stranger', $$select string_agg(workspace_id, ', ') from public.search_memories_by_keyword('secretword')$$),
  'workspace-b', 'attack 32: or find'
);
drop table pg_temp.workspace_members, pg_temp.workspaces, pg_temp.memory_items;


-- Attack 33
create table tests.leaked (value text);
grant all on tests.leaked to authenticated;
create function tests.leak(value text) returns boolean language plpgsql cost 0.0000001 as $$
begin
  insert into tests.leaked values (leak.value);
  return true;
end;
$$;
grant execute on function tests.leak(text) to authenticated;
select tests.run_as('stranger', 'select from public.memory_items where tests.leak(title)');
select tests.run_as('stranger', 'select from public.reasoning_traces where tests.leak(workspace_id)');
select tests.run_as('stranger', 'select from public.workspaces where tests.leak(name)');
select tests.run_as('stranger', 'select from public.workspace_members where tests.leak(workspace_id)');
select tests.run_as('stranger', 'select from private.statistics_counts where tests.leak(workspace_id)');
select tests.run_as('stranger', 'update public.memory_items set title = title where tests.leak(title)');
select tests.run_as('stranger', 'delete from public.lineage_links where tests.leak(workspace_id)');
select isnt_empty($$select from tests.leaked$$, 'attack 33: a cheap function looks at rows in a where clause');
select is_empty(
  $$select value from tests.leaked where value ~* 'workspace.a'$$, 'attack 33: and sees none of A before the policy did'
);
select is(
  tests.attempt('stranger', $$select from public.memory_items where workspace_id = 'workspace-a' and (title::integer) = 1$$),
  'nothing', 'attack 33: a cast that fails is not tried on a title of A'
);
select is(
  tests.attempt('stranger', $$select from public.memory_items where (1 / (strpos(workspace_id, '-b'))) is not null$$),
  'allowed', 'attack 33: a division by zero would tell of a row of A'
);
select is(
  tests.attempt('stranger', $$
    select from private.match_keywords(array['workspace-a'], 'secretword', 5, null) where 1 / (strpos(workspace_id, '-b')) = 1
  $$), 'nothing', 'attack 33: a function with more rights hands none on'
);
select is(
  tests.attempt('stranger', $$
    select from private.match_keywords(array['workspace-a'], 'x'' or true --', 5,
      row(array['x'') or true --'], array['''}'], null, null, null, null, null, null, null, null, null))
  $$), 'nothing', 'attack 33: no value becomes part of a statement'
);
select is(
  tests.attempt('stranger', $$select public.search_memories_by_keyword('"unclosed & | ! :* <->')$$), 'nothing',
  'attack 33: nor of a query of words'
);
select is(
  tests.attempt('owner', $$select public.search_memories_by_keyword('secretword', domain_filter => array['x'') or (true'])$$),
  'nothing', 'attack 33: also in the own workspace'
);

-- Attack 35
select is(
  tests.attempt('owner', format(
    'select %I from %s',
    (
      select a.attname from pg_attribute as a
      where a.attrelid = c.oid and a.attnum > 0 and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
      order by a.attnum limit 1
    ), c.oid::regclass
  )),
  'allowed', format('attack 35: reading %s does not end in recursion', c.relname)
)
from pg_class as c
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
  and has_any_column_privilege('authenticated', c.oid, 'select')
order by c.relname;

-- Attack 36
select ok(
  has_function_privilege('authenticated', 'private.my_workspaces()', 'execute'), 'attack 36: users may execute what policies call'
);
select ok(
  has_function_privilege('authenticated', 'private.my_workspaces_as(text)', 'execute'), 'attack 36: with a role too'
);
select ok(
  not has_function_privilege('anon', 'private.my_workspaces()', 'execute')
    and not has_function_privilege('anon', 'private.my_workspaces_as(text)', 'execute'),
  'attack 36: visitors may not'
);
select is(tests.attempt('anon', 'select private.my_workspaces()'), 'refused', 'attack 36: and do not reach it');
select is(
  tests.attempt('stranger', $$select private.add_member('workspace-a', tests.user_id('stranger'), 'owner')$$), 'refused',
  'attack 31: nobody calls the step that makes a member'
);

select * from finish();
rollback;
