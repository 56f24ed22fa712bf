-- An invitation is hashed, expires, works once, for the confirmed address it was made to; a grant needs the service role.
begin;
select plan(42);
select tests.make_people();

create function pg_temp.invite(address text, role text default 'editor', expires_in interval default '7 days') returns text
language sql as $$
  select tests.value_as('owner', format(
    'select token from public.invite_to_workspace(%L, %L, %L, %L)', 'workspace-a', address, role, expires_in
  ))
$$;
create function pg_temp.accept(actor text, token text) returns text language sql as $$
  select tests.attempt(actor, format('select public.accept_invitation(%L)', token))
$$;
create function pg_temp.role_of(actor text) returns text language sql as $$
  select m.role from public.workspace_members as m
  where m.workspace_id = 'workspace-a' and m.user_id = tests.user_id(actor)
$$;
create temporary table token (name text primary key, token text);

-- Its making
insert into token values ('first', pg_temp.invite('  Newcomer@Example.com '));
select matches((select token from token), '^invitation_[0-9a-f]{64}$', 'an owner gets a long random token');
select is(
  (select email from public.workspace_invitations), 'newcomer@example.com', 'the address is kept without case and blanks'
);
select is(
  (select token_hash from public.workspace_invitations), sha256(convert_to((select token from token), 'UTF8')),
  'what is stored is the hash of the token'
);
select is(
  (select count(*) from public.workspace_invitations as i where to_jsonb(i)::text like '%' || (select token from token) || '%'),
  0::bigint, 'and nowhere the token itself'
);
select is(
  (select expires_at - now() from public.workspace_invitations), interval '7 days', 'it expires, by default after a week'
);
select is(
  tests.attempt('owner', 'select token_hash from public.workspace_invitations'), 'refused', 'not even owners read the hash'
);
select is(
  tests.value_as('owner', 'select count(id) from public.workspace_invitations'), '1', 'owners see who was invited'
);
select is(
  tests.value_as('newcomer', 'select count(id) from public.workspace_invitations'), '0', 'the invited one sees no list'
);
select is(tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'nobody')$$), '22023', 'an address has an @');
select is(tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'a b@c')$$), '22023', 'and no blanks');
select is(
  tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'a@b', 'admin')$$), '22023', 'a role is one of three'
);
select is(
  tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'a@b', 'viewer', '31 days')$$), '22023',
  'nothing is open for more than 30 days'
);
select is(
  tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'a@b', 'viewer', '-1 day')$$), '22023',
  'nor expired from the start'
);
select is(
  tests.attempt('owner', $$select public.invite_to_workspace('workspace-a', 'VIEWER@example.com')$$), 'PT409',
  'a member is not invited again'
);
select is(
  tests.attempt('editor', $$select public.invite_to_workspace('workspace-a', 'a@b', 'owner')$$), 'refused',
  'attack 21: an editor invites nobody, least of all to a higher role'
);
select is(
  tests.attempt('owner', $$select public.invite_to_workspace('workspace-b', 'a@b')$$), 'refused',
  'nobody invites to a foreign workspace'
);

-- For whom it is
select is(pg_temp.accept('stranger', (select token from token)), 'PT404', 'another address can not take it up');
select is(pg_temp.accept('anonymous', (select token from token)), 'refused', 'attack 27: nor can an anonymous sign-in');
select is(pg_temp.accept('anon', (select token from token)), 'refused', 'nor a visitor');
select is(pg_temp.accept('newcomer', 'invitation_other'), 'PT404', 'nor the right one with another token');
select is(
  tests.error_as('stranger', format('select public.accept_invitation(%L)', (select token from token))),
  tests.error_as('stranger', $$select public.accept_invitation('invitation_other')$$),
  'a token of somebody else looks like one that never was'
);
insert into token values ('unconfirmed', pg_temp.invite('unconfirmed@example.com'));
select is(
  pg_temp.accept('unconfirmed', (select token from token where name = 'unconfirmed')), 'PT404',
  'an address that was not confirmed proves nothing'
);
select is(
  (
    select tests.attempt('stranger', format(
      $$
        select set_config('request.jwt.claims', json_build_object('sub', %L::text, 'email', 'newcomer@example.com')::text, true),
          public.accept_invitation(%L)
      $$, tests.user_id('stranger'), t.token
    ))
    from token as t where t.name = 'first'
  ), 'PT404', 'the address in the token of the caller does not count'
);

-- Expiry
update public.workspace_invitations set expires_at = now() where email = 'newcomer@example.com';
select is(pg_temp.accept('newcomer', (select token from token where name = 'first')), 'PT404', 'it expires');
update public.workspace_invitations set expires_at = now() + interval '1 second' where email = 'newcomer@example.com';
select is(pg_temp.accept('newcomer', (select token from token where name = 'first')), 'allowed', 'and not a second before');

-- Withdrawn and replaced
select is(
  tests.attempt('editor', $$delete from public.workspace_invitations$$), 'nothing', 'an editor withdraws nothing'
);
insert into token values ('second', pg_temp.invite('newcomer@example.com', 'viewer'));
select is(
  (select count(*) from public.workspace_invitations where email = 'newcomer@example.com'), 1::bigint,
  'a second invitation takes the place of the first'
);
select is(pg_temp.accept('newcomer', (select token from token where name = 'first')), 'PT404', 'whose token stops working');
insert into token values ('withdrawn', pg_temp.invite('stranger@example.com'));
select tests.run_as('owner', $$delete from public.workspace_invitations where email = 'stranger@example.com'$$);
select is(
  pg_temp.accept('stranger', (select token from token where name = 'withdrawn')), 'PT404', 'a withdrawn one does not work'
);

-- Taken up, once
select is(
  tests.value_as('newcomer', format('select public.accept_invitation(%L)', (select token from token where name = 'second'))),
  'workspace-a', 'who takes it up is told the workspace'
);
select is(pg_temp.role_of('newcomer'), 'viewer', 'and has the role that was offered');
select is(
  pg_temp.accept('newcomer', (select token from token where name = 'second')), 'PT404', 'it works once'
);
delete from public.workspace_members where user_id = tests.user_id('newcomer');
select is(
  pg_temp.accept('newcomer', (select token from token where name = 'second')), 'PT404', 'also after one was removed again'
);

-- Granted by the service role
select is(
  tests.value_as('service_role', $$
    select string_agg(workspace_id || ' ' || status || ' ' || coalesce(token, '-'), ', ' order by workspace_id)
    from public.grant_workspaces('NEWCOMER@example.com', array['workspace-b', 'workspace-a', 'workspace-a'])
  $$), 'workspace-a granted -, workspace-b granted -', 'a confirmed account is a member at once, in each workspace'
);
select is(pg_temp.role_of('newcomer'), 'owner', 'by default as an owner');
select tests.run_as('service_role', $$select public.grant_workspaces('newcomer@example.com', array['workspace-a'], 'viewer')$$);
select is(pg_temp.role_of('newcomer'), 'owner', 'a second grant takes no role away');
select is(
  tests.value_as('service_role', $$
    select string_agg(status, ', ') from public.grant_workspaces('unconfirmed@example.com', array['workspace-a'])
  $$), 'invited', 'an account that is not confirmed is invited'
);
select is(
  tests.value_as('service_role', $$
    select string_agg(status, ', ') from public.grant_workspaces('later@example.com', array['workspace-a'], 'editor')
  $$), 'invited', 'and so is an address without an account'
);
select is(
  tests.attempt('service_role', $$select public.grant_workspaces('newcomer@example.com', array['workspace-a', 'workspace-x'])$$),
  'PT404', 'an unknown workspace is an error'
);
select is(
  tests.attempt('service_role', $$select public.grant_workspaces('newcomer@example.com', array['workspace-a'], 'admin')$$),
  '22023', 'and an unknown role'
);
insert into token
select 'later', g.token from public.grant_workspaces('later@example.com', array['workspace-a'], 'editor') as g;
select tests.add_user('later');
select is(pg_temp.accept('later', (select token from token where name = 'later')), 'allowed', 'who comes later takes it up');
select tests.run_as('later', format('select public.accept_invitation(%L)', (select token from token where name = 'later')));
select is(pg_temp.role_of('later'), 'editor', 'and has the role that was granted');

select * from finish();
rollback;
