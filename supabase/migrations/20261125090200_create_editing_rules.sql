-- Editors write what they own up to: content and curation. Provenance (ids, times, models, migration runs) is set once.

alter table public.reasoning_traces
  alter column id set default pg_catalog.gen_random_uuid(),
  alter column embedding_status set default 'missing',
  add constraint reasoning_traces_embedding_names_its_model
    check (task_embedding is null or embedding_model is not null) not valid;

alter table public.memory_items
  alter column id set default pg_catalog.gen_random_uuid(),
  alter column embedding_status set default 'missing',
  add column embedding_is_stale boolean not null default false,
  add constraint memory_items_embedding_names_its_model
    check (content_embedding is null or embedding_model is not null) not valid;
comment on column public.memory_items.embedding_is_stale is
  'The text was edited after the vector was made; it still finds the item by its former text until it is embedded again.';

create function private.mark_stale_embedding()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.content_embedding is null or old.content_embedding is null
    or new.content_embedding operator(extensions.<>) old.content_embedding then
    new.embedding_is_stale := false;
  elsif (new.title, new.description, new.content) is distinct from (old.title, old.description, old.content) then
    new.embedding_is_stale := true;
  end if;
  return new;
end;
$$;
comment on function private.mark_stale_embedding() is 'Keeps embedding_is_stale true to its word.';
revoke execute on function private.mark_stale_embedding() from public, anon;

create trigger memory_items_mark_stale_embedding
  before update of title, description, content, content_embedding on public.memory_items
  for each row execute function private.mark_stale_embedding();

create policy "Editors add traces to their workspaces"
  on public.reasoning_traces for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors correct the traces of their workspaces"
  on public.reasoning_traces for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete traces of their workspaces"
  on public.reasoning_traces for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors add memory items to their workspaces"
  on public.memory_items for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors correct the memory items of their workspaces"
  on public.memory_items for update to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]))
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete memory items of their workspaces"
  on public.memory_items for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors add lineage to their workspaces"
  on public.lineage_links for insert to authenticated
  with check (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

create policy "Editors delete lineage of their workspaces"
  on public.lineage_links for delete to authenticated
  using (workspace_id = any ((select private.my_workspaces_as('editor'))::text[]));

grant insert (
  workspace_id, id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata,
  created_at, extras
) on public.reasoning_traces to authenticated;
grant update (outcome, metadata) on public.reasoning_traces to authenticated;
grant delete on public.reasoning_traces to authenticated;

grant insert (
  workspace_id, id, trace_id, ordinal, title, description, content, content_embedding, embedding_status,
  embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at, extras
) on public.memory_items to authenticated;
grant update (title, description, content, error_context, pattern_tags, difficulty_level, domain_category)
  on public.memory_items to authenticated;
grant delete on public.memory_items to authenticated;

grant insert, delete on public.lineage_links to authenticated;
