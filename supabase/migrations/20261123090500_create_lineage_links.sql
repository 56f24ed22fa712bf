create table public.lineage_links (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  child_kind text not null check (child_kind in ('trace', 'memory_item')),
  child_id uuid not null,
  relation text not null check (relation in ('parent', 'derived_from', 'related')),
  ordinal integer not null check (ordinal >= 0),
  target_kind text not null check (target_kind in ('trace', 'memory_item')),
  target_id uuid not null,
  source_reference text,
  primary key (workspace_id, child_kind, child_id, relation, ordinal)
);
comment on table public.lineage_links is
  'One edge from a trace or memory item to where it came from. The far end may be missing or lie in '
  'another workspace; the near end''s workspace guards the row.';
comment on column public.lineage_links.source_reference is
  'The reference as the source wrote it, when that is not the UUID itself.';

create index lineage_links_target_index
  on public.lineage_links (workspace_id, target_kind, target_id);

alter table public.lineage_links enable row level security;

create policy "Members read their workspaces' lineage"
  on public.lineage_links for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.lineage_links from anon, authenticated, service_role;
grant select on public.lineage_links to authenticated;
grant select, insert, update, delete on public.lineage_links to service_role;

-- Links have no foreign key to rows of two kinds, so they leave with the row they start from.
create function private.delete_lineage_links()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.lineage_links as l
  using removed as r
  where l.workspace_id = r.workspace_id
    and l.child_kind = tg_argv[0]
    and l.child_id = r.id;
  return null;
end;
$$;
comment on function private.delete_lineage_links() is
  'Security definer: whoever may delete a row removes its links with it.';
revoke execute on function private.delete_lineage_links() from public;

create trigger reasoning_traces_delete_links
  after delete on public.reasoning_traces
  referencing old table as removed
  for each statement execute function private.delete_lineage_links('trace');

create trigger memory_items_delete_links
  after delete on public.memory_items
  referencing old table as removed
  for each statement execute function private.delete_lineage_links('memory_item');
