create table public.saved_views (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null default pg_catalog.gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  page text not null check (page in ('memories', 'traces')),
  name text not null check (pg_catalog.char_length(pg_catalog.btrim(name)) between 1 and 80),
  query text not null check (pg_catalog.char_length(query) between 1 and 4000),
  created_at timestamptz not null default pg_catalog.now(),
  primary key (workspace_id, id),
  constraint saved_views_name_key unique (workspace_id, user_id, page, name)
);
comment on table public.saved_views is 'Filters of a list that a user gave a name; nobody else sees them.';
comment on column public.saved_views.query is 'The filters as they stand in the address, such as outcome=failure&tag=retry.';

create index saved_views_user_index on public.saved_views (user_id);

alter table public.saved_views enable row level security;

create policy "Members read their own views"
  on public.saved_views for select to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members save views of their own"
  on public.saved_views for insert to authenticated
  with check (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members change their own views"
  on public.saved_views for update to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]))
  with check (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

create policy "Members delete their own views"
  on public.saved_views for delete to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.saved_views from anon, authenticated, service_role;
grant select, delete on public.saved_views to authenticated;
grant insert (workspace_id, id, user_id, page, name, query) on public.saved_views to authenticated;
grant update (name, query) on public.saved_views to authenticated;
grant select, insert, update, delete on public.saved_views to service_role;
