create table public.workspace_invitations (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  workspace_id text not null references public.workspaces (id) on delete cascade,
  email text not null check (email = pg_catalog.lower(email) and email like '_%@_%'),
  role text not null check (role in ('owner', 'editor', 'viewer')),
  token_hash bytea not null unique check (pg_catalog.octet_length(token_hash) = 32),
  invited_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default pg_catalog.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz
);
comment on table public.workspace_invitations is
  'A place in a workspace, offered to one address. The token itself is known only to whom it was given.';
comment on column public.workspace_invitations.token_hash is 'SHA-256 of the token.';
comment on column public.workspace_invitations.invited_by is 'Null when the service role granted it, or the account is gone.';

create unique index workspace_invitations_pending_index
  on public.workspace_invitations (workspace_id, email) where accepted_at is null;
create index workspace_invitations_workspace_index on public.workspace_invitations (workspace_id);
create index workspace_invitations_invited_by_index on public.workspace_invitations (invited_by);

alter table public.workspace_invitations enable row level security;

create policy "Owners see the invitations to their workspaces"
  on public.workspace_invitations for select to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners withdraw invitations to their workspaces"
  on public.workspace_invitations for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

revoke all on public.workspace_invitations from anon, authenticated, service_role;
grant select (id, workspace_id, email, role, invited_by, created_at, expires_at, accepted_at)
  on public.workspace_invitations to authenticated;
grant delete on public.workspace_invitations to authenticated;
grant select, insert, update, delete on public.workspace_invitations to service_role;

create function private.role_rank(role text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select pg_catalog.array_position(array['viewer', 'editor', 'owner'], role_rank.role)
$$;
comment on function private.role_rank(text) is '1 for viewer, 2 for editor, 3 for owner.';
revoke execute on function private.role_rank(text) from public, anon;

create function private.add_invitation(
  workspace_id text, email text, role text, expires_in interval, invited_by uuid
)
returns table (id uuid, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  address constant pg_catalog.text := pg_catalog.lower(pg_catalog.btrim(add_invitation.email));
  new_token constant pg_catalog.text := 'invitation_'
    || pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text || pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '');
begin
  if (address like '_%@_%' and address !~ '\s' and pg_catalog.char_length(address) <= 320) is not true then
    raise exception '"%" is not an e-mail address', add_invitation.email
      using errcode = '22023', hint = 'Give an address such as name@example.com.';
  end if;
  if private.role_rank(add_invitation.role) is null then
    raise exception '"%" is not a role', add_invitation.role
      using errcode = '22023', hint = 'Give owner, editor or viewer.';
  end if;
  if (add_invitation.expires_in between interval '1 minute' and interval '30 days') is not true then
    raise exception 'An invitation can not expire in %', add_invitation.expires_in
      using errcode = '22023', hint = 'Give between 1 minute and 30 days.';
  end if;

  return query
  insert into public.workspace_invitations as i (workspace_id, email, role, token_hash, invited_by, expires_at)
  values (
    add_invitation.workspace_id,
    address,
    add_invitation.role,
    pg_catalog.sha256(pg_catalog.convert_to(new_token, 'UTF8')),
    add_invitation.invited_by,
    pg_catalog.now() + add_invitation.expires_in
  )
  on conflict (workspace_id, email) where accepted_at is null
  do update set
    role = excluded.role,
    token_hash = excluded.token_hash,
    invited_by = excluded.invited_by,
    created_at = pg_catalog.now(),
    expires_at = excluded.expires_at
  returning i.id, new_token, i.expires_at;
end;
$$;
comment on function private.add_invitation(text, text, text, interval, uuid) is
  'Offers a place to an address and returns the token, which is stored only as its hash: 244 random bits. A second '
  'invitation takes the place of the first, whose link stops working. Security definer: called by the functions below, '
  'after they made sure who asks; nobody else may execute it.';
revoke execute on function private.add_invitation(text, text, text, interval, uuid) from public, anon;

create function private.confirmed_account(email text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select u.id
  from auth.users as u
  where pg_catalog.lower(u.email) = pg_catalog.lower(pg_catalog.btrim(confirmed_account.email))
    and u.email_confirmed_at is not null
  order by u.created_at, u.id
  limit 1
$$;
comment on function private.confirmed_account(text) is
  'The user who proved to own an address, null when nobody did. Security definer: reads auth.users; nobody may execute it '
  'but the functions below.';
revoke execute on function private.confirmed_account(text) from public, anon;

create function private.invite_to_workspace(workspace_id text, email text, role text, expires_in interval)
returns table (id uuid, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(invite_to_workspace.workspace_id, 'owner');
  if exists (
    select
    from public.workspace_members as m
    where m.workspace_id = invite_to_workspace.workspace_id
      and m.user_id = private.confirmed_account(invite_to_workspace.email)
  ) then
    raise exception '% is a member of this workspace already', invite_to_workspace.email
      using errcode = 'PT409', hint = 'Change the role of the member instead.';
  end if;
  return query
  select i.id, i.token, i.expires_at
  from private.add_invitation(
    invite_to_workspace.workspace_id, invite_to_workspace.email, invite_to_workspace.role,
    invite_to_workspace.expires_in, private.caller_id()
  ) as i;
end;
$$;
comment on function private.invite_to_workspace(text, text, text, interval) is
  'Security definer: only here does a token come into being, and the table takes no row from a user.';
revoke execute on function private.invite_to_workspace(text, text, text, interval) from public, anon;
grant execute on function private.invite_to_workspace(text, text, text, interval) to authenticated;

create function public.invite_to_workspace(
  workspace_id text, email text, role text default 'viewer', expires_in interval default '7 days'
)
returns table (id uuid, token text, expires_at timestamptz)
language sql
set search_path = ''
as $$
  select i.id, i.token, i.expires_at
  from private.invite_to_workspace(
    invite_to_workspace.workspace_id, invite_to_workspace.email, invite_to_workspace.role,
    invite_to_workspace.expires_in
  ) as i
$$;
comment on function public.invite_to_workspace(text, text, text, interval) is
  'Invites an address to a workspace, for its owners. The token is shown this once.';
revoke execute on function public.invite_to_workspace(text, text, text, interval) from public, anon, service_role;
grant execute on function public.invite_to_workspace(text, text, text, interval) to authenticated;

create function private.add_member(workspace_id text, user_id uuid, role text)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into public.workspace_members as m (workspace_id, user_id, role)
  values (add_member.workspace_id, add_member.user_id, add_member.role)
  on conflict on constraint workspace_members_pkey do update set role = excluded.role
  where private.role_rank(m.role) < private.role_rank(excluded.role)
$$;
comment on function private.add_member(text, uuid, text) is
  'Makes a user a member; who is one already keeps the higher role. Security definer: called by the functions below only; '
  'nobody else may execute it.';
revoke execute on function private.add_member(text, uuid, text) from public, anon;

create function private.accept_invitation(token text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation public.workspace_invitations;
begin
  if private.caller_id() is null or private.caller_is_anonymous() then
    raise exception 'Only a signed-in user with an account can accept an invitation'
      using errcode = '42501', hint = 'Sign up or sign in with the address that was invited.';
  end if;
  update public.workspace_invitations as i
  set accepted_at = pg_catalog.now()
  from auth.users as u
  where u.id = private.caller_id()
    and u.email_confirmed_at is not null
    and i.email = pg_catalog.lower(u.email)
    and i.token_hash = pg_catalog.sha256(pg_catalog.convert_to(accept_invitation.token, 'UTF8'))
    and i.accepted_at is null
    and i.expires_at > pg_catalog.now()
  returning i.* into invitation;
  if not found then
    raise exception 'This invitation is not open to you: it may be used, expired, withdrawn, or meant for another address'
      using errcode = 'PT404', hint = 'Sign in with the address that was invited, or ask for a new invitation.';
  end if;
  perform private.add_member(invitation.workspace_id, private.caller_id(), invitation.role);
  return invitation.workspace_id;
end;
$$;
comment on function private.accept_invitation(text) is
  'Security definer: the invited one is no member yet, and the address that counts is the confirmed one of auth.users, not '
  'that of the token.';
revoke execute on function private.accept_invitation(text) from public, anon;
grant execute on function private.accept_invitation(text) to authenticated;

create function public.accept_invitation(token text)
returns text
language sql
set search_path = ''
as $$
  select private.accept_invitation(accept_invitation.token)
$$;
comment on function public.accept_invitation(text) is
  'Takes up an invitation that was made to the caller''s confirmed address and returns the workspace''s id.';
revoke execute on function public.accept_invitation(text) from public, anon, service_role;
grant execute on function public.accept_invitation(text) to authenticated;

create function private.grant_workspaces(email text, workspace_ids text[], role text, expires_in interval)
returns table (workspace_id text, status text, token text, expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  account constant pg_catalog.uuid := private.confirmed_account(grant_workspaces.email);
  unknown pg_catalog.text;
  wanted pg_catalog.text;
begin
  if private.role_rank(grant_workspaces.role) is null then
    raise exception '"%" is not a role', grant_workspaces.role
      using errcode = '22023', hint = 'Give owner, editor or viewer.';
  end if;
  select pg_catalog.string_agg(pg_catalog.quote_ident(g.id), ', ' order by g.id) into unknown
  from pg_catalog.unnest(grant_workspaces.workspace_ids) as g (id)
  where not exists (select from public.workspaces as w where w.id = g.id);
  if unknown is not null then
    raise exception 'There is no workspace %', unknown
      using errcode = 'PT404', hint = 'Nothing was granted. Check the ids.';
  end if;

  for wanted in
    select distinct w.id
    from public.workspaces as w
    where grant_workspaces.workspace_ids is null or w.id = any (grant_workspaces.workspace_ids)
    order by w.id
  loop
    if account is null then
      return query
      select wanted, 'invited', i.token, i.expires_at
      from private.add_invitation(
        wanted, grant_workspaces.email, grant_workspaces.role, grant_workspaces.expires_in, null
      ) as i;
    else
      perform private.add_member(wanted, account, grant_workspaces.role);
      return query select wanted, 'granted', null::pg_catalog.text, null::pg_catalog.timestamptz;
    end if;
  end loop;
end;
$$;
comment on function private.grant_workspaces(text, text[], text, interval) is
  'Security definer: reads auth.users, which the service role can not.';
revoke execute on function private.grant_workspaces(text, text[], text, interval) from public, anon;
grant execute on function private.grant_workspaces(text, text[], text, interval) to service_role;

create function public.grant_workspaces(
  email text, workspace_ids text[] default null, role text default 'owner', expires_in interval default '7 days'
)
returns table (workspace_id text, status text, token text, expires_at timestamptz)
language sql
set search_path = ''
as $$
  select g.workspace_id, g.status, g.token, g.expires_at
  from private.grant_workspaces(
    grant_workspaces.email, grant_workspaces.workspace_ids, grant_workspaces.role, grant_workspaces.expires_in
  ) as g
$$;
comment on function public.grant_workspaces(text, text[], text, interval) is
  'Gives an address a role in workspaces (null: in every one), in all or none of them, for the service role: "granted" when a confirmed account '
  'has the address, else "invited" with a token to hand over.';
revoke execute on function public.grant_workspaces(text, text[], text, interval) from public, anon, authenticated;
grant execute on function public.grant_workspaces(text, text[], text, interval) to service_role;
