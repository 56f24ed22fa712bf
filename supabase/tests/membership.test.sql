-- A workspace keeps an owner, belongs to whom its rows say, and can be made and deleted by nobody else.
begin;
select plan(43);
select tests.make_people();
select tests.make_rows('workspace-a');

create function pg_temp.leave(actor text) returns text language sql as $$
  select tests.attempt(
    actor, format('delete from public.workspace_members where user_id = %L', tests.user_id(actor))
  )
$$;
create function pg_temp.set_role(actor text, member text, role text) returns text language sql as $$
  select tests.attempt(
    actor, format(
      'update public.workspace_members set role = %L where workspace_id = %L and user_id = %L',
      role, 'workspace-a', tests.user_id(member)
    )
  )
$$;

-- Leaving and being removed
select is(pg_temp.leave('viewer'), 'allowed', 'a viewer may leave');
select is(pg_temp.leave('editor'), 'allowed', 'an editor may leave');
select is(pg_temp.leave('owner'), 'PT409', 'attack 22: the last owner can not leave');
select is(pg_temp.set_role('owner', 'owner', 'viewer'), 'PT409', 'attack 22: the last owner can not be demoted');
select is(
  tests.attempt('owner', 'delete from public.workspace_members'), 'PT409',
  'attack 22: nobody is removed when the last owner would be'
);
select is(
  tests.attempt('service_role', $$delete from public.workspace_members where role = 'owner'$$), 'PT409',
  'attack 22: the service role can not remove the last owner either'
);
select is(
  tests.attempt(
    'service_role', format('update public.workspace_members set role = %L where role = %L', 'editor', 'owner')
  ), 'PT409', 'nor can it demote all owners at once'
);
select matches(
  tests.error_as('owner', format('delete from public.workspace_members where user_id = %L', tests.user_id('owner'))),
  'Workspace "workspace-a" would be left without an owner.*Make another member an owner first',
  'the error says which workspace and what to do'
);
select is(pg_temp.set_role('owner', 'editor', 'owner'), 'allowed', 'an owner makes a second owner');
select is(pg_temp.set_role('owner', 'viewer', 'editor'), 'allowed', 'an owner changes a role');
select is(pg_temp.set_role('owner', 'viewer', 'admin'), '23514', 'there are three roles');
select tests.run_as('owner', format(
  'update public.workspace_members set role = %L where user_id = %L', 'owner', tests.user_id('editor')
));
select is(pg_temp.leave('owner'), 'allowed', 'one of two owners may leave');
select is(pg_temp.set_role('editor', 'owner', 'viewer'), 'allowed', 'one of two owners may demote the other');
select is(
  tests.attempt(null, format('delete from auth.users where id = %L', tests.user_id('owner'))), 'allowed',
  'an account may be deleted'
);
update public.workspace_members set role = 'editor' where user_id = tests.user_id('editor');
select is(
  tests.attempt(null, format('delete from auth.users where id = %L', tests.user_id('owner'))), 'allowed',
  'even that of a last owner: his workspace waits for a grant'
);

-- Who is removed is out at once, with the same token
select is(
  tests.value_as('editor', 'select count(*) from public.memory_items'), '1', 'a member reads the rows of his workspace'
);
select is(
  tests.run_as('owner', format('delete from public.workspace_members where user_id = %L', tests.user_id('editor'))), 1::bigint,
  'an owner removes a member'
);
select is(
  tests.value_as('editor', 'select count(*) from public.memory_items'), '0',
  'attack 26: who was removed reads nothing, although the token is the same'
);
select is(
  tests.value_as('editor', $$select total_traces from public.get_statistics()$$), '0',
  'attack 26: nor counts anything'
);
select is(
  tests.attempt('editor', $$insert into public.memory_items (workspace_id, title, content) values ('workspace-a', 'x', 'x')$$),
  'refused', 'attack 26: nor writes anything'
);

-- The first workspace
select is(
  tests.value_as('newcomer', 'select count(*) from public.workspaces'), '0', 'a new user has no workspace'
);
select matches(
  tests.value_as('newcomer', $$select public.create_workspace('  First  ')$$), '^[0-9a-f]{32}$',
  'a new user makes a first workspace, and its id is not his choice'
);
select is(
  tests.value_as('newcomer', 'select name from public.workspaces'), 'First', 'sees it, and nothing else'
);
select is(
  tests.value_as('newcomer', 'select role from public.workspace_members'), 'owner', 'and owns it'
);
select is(
  tests.attempt('newcomer', $$select public.add_trace(json_build_object(
    'workspace_id', (select id from public.workspaces), 'id', gen_random_uuid(), 'task', 'x')::text)$$),
  'allowed', 'and writes into it'
);
select is(tests.attempt('newcomer', $$select public.create_workspace('  ')$$), '22023', 'a workspace needs a name');
select is(tests.attempt('newcomer', $$select public.create_workspace(null)$$), '22023', 'which is not null');
select is(
  tests.attempt('newcomer', $$select public.create_workspace(repeat('x', 201))$$), '22023', 'and not longer than 200 characters'
);
select is(
  tests.attempt('newcomer', $$insert into public.workspaces (id, name) values ('workspace-c', 'C')$$), 'refused',
  'nobody takes an id that a migration may be about to fill'
);
select is(
  tests.attempt('newcomer', format(
    'insert into public.workspace_members values (%L, %L, %L)', 'workspace-a', tests.user_id('newcomer'), 'owner'
  )), 'refused', 'nobody makes himself a member'
);
select is(
  tests.attempt('anonymous', $$select public.create_workspace('Mine')$$), 'refused',
  'attack 27: an anonymous sign-in makes no workspace'
);

-- Deleting a workspace
select is(
  tests.attempt('owner', $$select public.delete_workspace('workspace-a', 'workspace a')$$), '22023',
  'a workspace is deleted only by who types its name exactly'
);
select is(
  tests.attempt('owner', $$select public.delete_workspace('workspace-a', null)$$), '22023', 'no name is not its name'
);
select is(
  tests.attempt('service_role', $$select public.delete_workspace('workspace-c', 'C')$$), 'PT404',
  'the service role is told when there is none'
);
select is(
  tests.error_as('stranger', $$select public.delete_workspace('workspace-a', 'x')$$),
  replace(tests.error_as('stranger', $$select public.delete_workspace('workspace-c', 'x')$$), 'workspace-c', 'workspace-a'),
  'to others a foreign workspace is the same as none'
);
select is(
  tests.value_as('owner', $$
    select deleted_traces || ' ' || deleted_memory_items from public.delete_workspace('workspace-a', 'Workspace A')
  $$), '1 1', 'its owner deletes it and is told what went'
);
select is_empty(
  $$
    select 1 from public.reasoning_traces where workspace_id = 'workspace-a'
    union all select 1 from public.memory_items where workspace_id = 'workspace-a'
    union all select 1 from public.lineage_links where workspace_id = 'workspace-a'
    union all select 1 from public.workspace_members where workspace_id = 'workspace-a'
    union all select 1 from public.workspace_invitations where workspace_id = 'workspace-a'
    union all select 1 from public.retrieval_events where workspace_id = 'workspace-a'
    union all select 1 from public.retrieval_results where workspace_id = 'workspace-a'
    union all select 1 from public.archived_traces where workspace_id = 'workspace-a'
    union all select 1 from private.statistics_counts where workspace_id = 'workspace-a'
    union all select 1 from private.statistics_changes where workspace_id = 'workspace-a'
  $$, 'and everything in it is gone'
);
select isnt_empty($$select from public.workspaces where id = 'workspace-b'$$, 'others are still there');

-- Who is in it
select is(
  tests.value_as('stranger', $$
    select string_agg(email || ' ' || role, ', ') from public.list_workspace_members('workspace-b')
  $$), 'stranger@example.com owner', 'members see the addresses of members'
);
select is(tests.attempt('owner', $$select public.list_workspace_members('workspace-b')$$), 'refused', 'others do not');

-- The rules of roles
insert into public.workspaces (id, name) values ('workspace-d', 'D');
select is(
  tests.attempt('service_role', format(
    'insert into public.workspace_members values (%L, %L, %L)', 'workspace-d', tests.user_id('viewer'), 'viewer'
  )), 'allowed', 'a workspace without an owner may get members'
);
select is(
  tests.attempt('service_role', $$delete from public.workspaces where id = 'workspace-b'$$), 'allowed',
  'and a workspace may be deleted with its owner'
);
select is(
  tests.attempt('stranger', $$select private.my_workspaces_as('administrator')$$), 'allowed', 'an unknown role is no error'
);

select * from finish();
rollback;
