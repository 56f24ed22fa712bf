create table public.workspaces (
  -- Every key begins with it, and a B-tree entry ends at some 2,700 bytes.
  id text primary key check (id <> '' and pg_catalog.octet_length(id) <= 2048),
  name text not null check (name <> ''),
  created_at timestamptz not null default pg_catalog.now()
);
comment on table public.workspaces is 'One project whose memories are kept apart from all others.';
comment on column public.workspaces.id is
  'As the source has it: usually the first 16 hex digits of the SHA-256 of the project path.';

create table public.workspace_members (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, user_id)
);
comment on table public.workspace_members is 'One user''s place in one workspace.';

create index workspace_members_user_index on public.workspace_members (user_id, workspace_id);

create function private.my_workspaces()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(pg_catalog.array_agg(m.workspace_id), '{}')
  from public.workspace_members as m
  where m.user_id = (select auth.uid())
$$;
comment on function private.my_workspaces() is
  'Workspaces the caller belongs to. Security definer: the policies of workspace_members call it, '
  'and reading that table under its own policies would recurse.';
revoke execute on function private.my_workspaces() from public;
grant execute on function private.my_workspaces() to authenticated;

alter table public.workspaces enable row level security;
alter table public.workspace_members enable row level security;

create policy "Members read their workspaces"
  on public.workspaces for select to authenticated
  using (id = any ((select private.my_workspaces())::text[]));

create policy "Members read who else is in their workspaces"
  on public.workspace_members for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.workspaces, public.workspace_members from anon, authenticated, service_role;
grant select on public.workspaces, public.workspace_members to authenticated;
grant select, insert, update, delete on public.workspaces, public.workspace_members to service_role;
