-- Who may do what. A caller's workspaces come from the table, never from the token: whoever is removed is out at once.
-- What runs with every call is plpgsql, which keeps its plans: before PostgreSQL 18 sql functions are planned at each call.

create function private.caller_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    nullif(pg_catalog.current_setting('request.jwt.claim.sub', true), ''),
    nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::pg_catalog.jsonb ->> 'sub'
  )::pg_catalog.uuid;
end;
$$;
comment on function private.caller_id() is
  'As auth.uid(), for functions with their owner''s rights: that one names its types without their schema, so in such a '
  'function a type of the caller''s own pg_temp would take their place and run his code.';
revoke execute on function private.caller_id() from public, anon;
grant execute on function private.caller_id() to authenticated, service_role;

create function private.caller_is_anonymous()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::pg_catalog.jsonb ->> 'is_anonymous')::boolean,
    false
  );
end;
$$;
comment on function private.caller_is_anonymous() is
  'Whether the caller signed in without an account; such users have the role authenticated too.';
revoke execute on function private.caller_is_anonymous() from public, anon;
grant execute on function private.caller_is_anonymous() to authenticated, service_role;

create function private.my_workspaces_as(minimum_role text)
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(
    (
      select pg_catalog.array_agg(m.workspace_id)
      from public.workspace_members as m
      where m.user_id = (select private.caller_id())
        and m.role = any (
          case minimum_role
            when 'viewer' then array['viewer', 'editor', 'owner']
            when 'editor' then array['editor', 'owner']
            when 'owner' then array['owner']
          end
        )
        and not (select private.caller_is_anonymous())
    ),
    '{}'
  );
end;
$$;
comment on function private.my_workspaces_as(text) is
  'Workspaces in which the caller is at least viewer, editor or owner; none for an anonymous sign-in. Security definer: '
  'the policies of workspace_members call it, and reading that table under its own policies would recurse.';
revoke execute on function private.my_workspaces_as(text) from public, anon;
grant execute on function private.my_workspaces_as(text) to authenticated, service_role;

create or replace function private.my_workspaces()
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.my_workspaces_as('viewer');
end;
$$;
comment on function private.my_workspaces() is
  'Workspaces the caller belongs to. Security definer: the policies of workspace_members call it, '
  'and reading that table under its own policies would recurse.';

create function private.caller_is_trusted()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select r.rolsuper or r.rolbypassrls
    from pg_catalog.pg_roles as r
    where r.rolname = case pg_catalog.current_setting('role')
      when 'none' then session_user
      else pg_catalog.current_setting('role')
    end
  );
end;
$$;
comment on function private.caller_is_trusted() is
  'Whether the caller stands above row level security: the service role, or an administrator. The setting "role" is what '
  'the API sets for each request; unlike current_user it stays the same inside a security definer function.';
revoke execute on function private.caller_is_trusted() from public, anon;
grant execute on function private.caller_is_trusted() to authenticated, service_role;

create function private.require_role(workspace_id text, minimum_role text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if (
    private.caller_is_trusted()
    or require_role.workspace_id = any (private.my_workspaces_as(minimum_role))
  ) is not true then
    raise exception 'You need to be % of workspace "%"', minimum_role, require_role.workspace_id
      using errcode = '42501', hint = 'Ask an owner of the workspace to invite you or to change your role.';
  end if;
end;
$$;
comment on function private.require_role(text, text) is
  'Raises 42501 unless the caller is trusted or has at least this role; the same for a workspace that does not exist.';
revoke execute on function private.require_role(text, text) from public, anon;
grant execute on function private.require_role(text, text) to authenticated, service_role;

create policy "Owners rename their workspaces"
  on public.workspaces for update to authenticated
  using (id = any ((select private.my_workspaces_as('owner'))::text[]))
  with check (id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners change the roles in their workspaces"
  on public.workspace_members for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('owner'))::text[]));

create policy "Owners remove members and members leave"
  on public.workspace_members for delete to authenticated
  using (
    workspace_id = any ((select private.my_workspaces_as('owner'))::text[])
    or (
      user_id = (select auth.uid())
      and workspace_id = any ((select private.my_workspaces())::text[])
    )
  );

grant update (name) on public.workspaces to authenticated;
grant update (role), delete on public.workspace_members to authenticated;

create function private.keep_an_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  ownerless pg_catalog.text;
begin
  -- Two owners who leave at the same moment wait for each other here.
  perform
  from public.workspaces as w
  where w.id in (select f.workspace_id from former as f where f.role = 'owner')
  order by w.id
  for no key update;

  select w.id into ownerless
  from former as f
  join public.workspaces as w on w.id = f.workspace_id
  where f.role = 'owner'
    and exists (select from auth.users as u where u.id = f.user_id)
    and not exists (
      select from public.workspace_members as m where m.workspace_id = f.workspace_id and m.role = 'owner'
    )
  limit 1;
  if ownerless is not null then
    raise exception 'Workspace "%" would be left without an owner', ownerless
      using errcode = 'PT409', hint = 'Make another member an owner first, or delete the workspace.';
  end if;
  return null;
end;
$$;
comment on function private.keep_an_owner() is
  'A workspace that has an owner keeps one, unless the workspace itself or the owner''s account goes. Security definer: '
  'it counts owners that the caller may no longer see, and reads auth.users.';
revoke execute on function private.keep_an_owner() from public, anon;

create trigger workspace_members_keep_an_owner_on_update
  after update on public.workspace_members
  referencing old table as former
  for each statement execute function private.keep_an_owner();

create trigger workspace_members_keep_an_owner_on_delete
  after delete on public.workspace_members
  referencing old table as former
  for each statement execute function private.keep_an_owner();

create function private.create_workspace(name text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  creator constant pg_catalog.uuid := private.caller_id();
  new_id constant pg_catalog.text := pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '');
begin
  if creator is null or private.caller_is_anonymous() then
    raise exception 'Only a signed-in user with an account can create a workspace'
      using errcode = '42501', hint = 'Sign up or sign in first.';
  end if;
  if pg_catalog.btrim(create_workspace.name) = '' or create_workspace.name is null
    or pg_catalog.char_length(create_workspace.name) > 200 then
    raise exception 'A workspace needs a name of 1 to 200 characters'
      using errcode = '22023', hint = 'Give a name, such as that of the project.';
  end if;
  insert into public.workspaces (id, name) values (new_id, pg_catalog.btrim(create_workspace.name));
  insert into public.workspace_members (workspace_id, user_id, role) values (new_id, creator, 'owner');
  return new_id;
end;
$$;
comment on function private.create_workspace(text) is
  'Makes a workspace owned by the caller and returns its id, which is always new: with an id of his choice a user '
  'could take the one that a migration is about to fill. Security definer: nobody is a member of a workspace yet to be made.';
revoke execute on function private.create_workspace(text) from public, anon;
grant execute on function private.create_workspace(text) to authenticated;

create function public.create_workspace(name text)
returns text
language sql
set search_path = ''
as $$
  select private.create_workspace(create_workspace.name)
$$;
comment on function public.create_workspace(text) is
  'Makes a workspace owned by the caller and returns its id.';
revoke execute on function public.create_workspace(text) from public, anon, service_role;
grant execute on function public.create_workspace(text) to authenticated;

create function private.delete_workspace(workspace_id text, confirm_name text)
returns table (deleted_traces bigint, deleted_memory_items bigint)
language plpgsql
security definer
set search_path = ''
as $$
declare
  actual_name pg_catalog.text;
begin
  perform private.require_role(delete_workspace.workspace_id, 'owner');
  select w.name into actual_name
  from public.workspaces as w where w.id = delete_workspace.workspace_id
  for update;
  if not found then
    raise exception 'There is no workspace "%"', delete_workspace.workspace_id
      using errcode = 'PT404', hint = 'Check the id.';
  end if;
  if confirm_name is distinct from actual_name then
    raise exception 'The name given is not that of workspace "%"', delete_workspace.workspace_id
      using errcode = '22023', hint = 'Type the name of the workspace exactly: deleting it can not be undone.';
  end if;
  select pg_catalog.count(*) into deleted_traces
  from public.reasoning_traces as t where t.workspace_id = delete_workspace.workspace_id;
  select pg_catalog.count(*) into deleted_memory_items
  from public.memory_items as m where m.workspace_id = delete_workspace.workspace_id;
  delete from public.workspaces as w where w.id = delete_workspace.workspace_id;
  return next;
end;
$$;
comment on function private.delete_workspace(text, text) is
  'Deletes a workspace and everything in it. Security definer: nobody may delete the row without typing its name.';
revoke execute on function private.delete_workspace(text, text) from public, anon;
grant execute on function private.delete_workspace(text, text) to authenticated, service_role;

create function public.delete_workspace(workspace_id text, confirm_name text)
returns table (deleted_traces bigint, deleted_memory_items bigint)
language sql
set search_path = ''
as $$
  select d.deleted_traces, d.deleted_memory_items
  from private.delete_workspace(delete_workspace.workspace_id, delete_workspace.confirm_name) as d
$$;
comment on function public.delete_workspace(text, text) is
  'Deletes a workspace with all its traces and memory items, for an owner who types its name.';
revoke execute on function public.delete_workspace(text, text) from public, anon;
grant execute on function public.delete_workspace(text, text) to authenticated, service_role;

create function private.list_workspace_members(workspace_id text)
returns table (user_id uuid, email text, role text, created_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(list_workspace_members.workspace_id, 'viewer');
  return query
  select m.user_id, u.email::pg_catalog.text, m.role, m.created_at
  from public.workspace_members as m
  join auth.users as u on u.id = m.user_id
  where m.workspace_id = list_workspace_members.workspace_id
  order by m.created_at, m.user_id;
end;
$$;
comment on function private.list_workspace_members(text) is
  'Security definer: addresses are in auth.users, which users can not read. Only members of the workspace get an answer.';
revoke execute on function private.list_workspace_members(text) from public, anon;
grant execute on function private.list_workspace_members(text) to authenticated, service_role;

create function public.list_workspace_members(workspace_id text)
returns table (user_id uuid, email text, role text, created_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select m.user_id, m.email, m.role, m.created_at
  from private.list_workspace_members(list_workspace_members.workspace_id) as m
$$;
comment on function public.list_workspace_members(text) is
  'Members of a workspace with their addresses and roles, the oldest first, for its members.';
revoke execute on function public.list_workspace_members(text) from public, anon;
grant execute on function public.list_workspace_members(text) to authenticated, service_role;
