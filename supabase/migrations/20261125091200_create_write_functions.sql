alter table public.reasoning_traces add column content_digest bytea;
alter table public.reasoning_traces
  add constraint reasoning_traces_content_digest_is_sha256
    check (pg_catalog.octet_length(content_digest) = 32) not valid;
comment on column public.reasoning_traces.content_digest is
  'SHA-256 of what add_trace was given, vectors left out: the same again changes nothing.';

grant insert (source_id, source_created_at, notes, content_digest) on public.reasoning_traces to authenticated;
grant insert (source_id, source_created_at, notes) on public.memory_items to authenticated;
grant update (evolution_stage) on public.memory_items to authenticated;

create function private.embedding_status(embedding extensions.vector)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when embedding is null then 'missing' else 'present' end
$$;
comment on function private.embedding_status(extensions.vector) is 'The status of a row that was written here.';
revoke execute on function private.embedding_status(extensions.vector) from public, anon;
grant execute on function private.embedding_status(extensions.vector) to authenticated, service_role;

create function private.json_object(document text, expected text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := document::pg_catalog.jsonb;
begin
  if pg_catalog.jsonb_typeof(content) is distinct from 'object' then
    raise exception 'Expected %, got JSON of type %', expected, coalesce(pg_catalog.jsonb_typeof(content), 'null')
      using errcode = '22023', hint = 'Give a JSON object as text.';
  end if;
  return content;
end;
$$;
comment on function private.json_object(text, text) is 'Raises 22023 for JSON that is no object, 22P02 for text that is no JSON.';
revoke execute on function private.json_object(text, text) from public, anon;
grant execute on function private.json_object(text, text) to authenticated, service_role;

create function private.add_links(workspace_id text, child_kind text, child_id uuid, links jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into public.lineage_links (
    workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id, source_reference
  )
  select
    add_links.workspace_id, add_links.child_kind, add_links.child_id, l.relation, l.ordinal, l.target_kind, l.target_id,
    l.source_reference
  from pg_catalog.jsonb_to_recordset(coalesce(links, '[]')) as l (
    relation pg_catalog.text, ordinal integer, target_kind pg_catalog.text, target_id pg_catalog.uuid, source_reference pg_catalog.text
  )
$$;
comment on function private.add_links(text, text, uuid, jsonb) is
  'Links of one row: [{"relation", "ordinal", "target_kind", "target_id", "source_reference"}, ...].';
revoke execute on function private.add_links(text, text, uuid, jsonb) from public, anon;
grant execute on function private.add_links(text, text, uuid, jsonb) to authenticated, service_role;

create function private.check_embedding_model(workspace_id text, subject text, model text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  stored constant pg_catalog.jsonb := private.distribution(
    array[check_embedding_model.workspace_id], check_embedding_model.subject, 'embedding_model'
  );
begin
  if stored <> '{}' and not stored ? model then
    raise exception 'The vectors given are of "%", those in workspace "%" of %', model,
      check_embedding_model.workspace_id,
      (select pg_catalog.string_agg(pg_catalog.quote_ident(k), ', ' order by k) from pg_catalog.jsonb_object_keys(stored) as k)
      using errcode = '22023', detail = 'embedding_mismatch',
        hint = 'Vectors of two models can not be compared: embed with the same model.';
  end if;
end;
$$;
comment on function private.check_embedding_model(text, text, text) is
  'Raises 22023 where vectors of a second model would come into a workspace.';
revoke execute on function private.check_embedding_model(text, text, text) from public, anon;
grant execute on function private.check_embedding_model(text, text, text) to authenticated, service_role;

create function private.content_of(document jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select (document - array['task_embedding', 'memory_items', 'content_digest']) || pg_catalog.jsonb_build_object(
    'memory_items',
    (
      select coalesce(pg_catalog.jsonb_agg(i.item - 'content_embedding' order by i.place), '[]')
      from pg_catalog.jsonb_array_elements(coalesce(nullif(document -> 'memory_items', 'null'), '[]')) with ordinality as i (item, place)
    )
  )
$$;
comment on function private.content_of(jsonb) is
  'A document without its vectors: the same text embedded twice may differ in a last bit.';
revoke execute on function private.content_of(jsonb) from public, anon;
grant execute on function private.content_of(jsonb) to authenticated, service_role;

create function private.add_memory_items(trace public.reasoning_traces, items jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.memory_items (
    workspace_id, id, source_id, trace_id, ordinal, title, description, content, content_embedding, embedding_status,
    embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at,
    source_created_at, extras, notes
  )
  select
    trace.workspace_id, m.id, m.source_id, trace.id, i.place - 1, m.title, m.description, m.content,
    m.content_embedding, private.embedding_status(m.content_embedding),
    case when m.content_embedding is not null then m.embedding_model end, nullif(m.error_context, 'null'),
    m.pattern_tags, m.difficulty_level, m.domain_category, coalesce(m.evolution_stage, 0),
    coalesce(m.created_at, trace.created_at), m.source_created_at, coalesce(m.extras, '{}'), coalesce(m.notes, '[]')
  from pg_catalog.jsonb_array_elements(items) with ordinality as i (item, place)
  cross join lateral pg_catalog.jsonb_populate_record(null::public.memory_items, i.item) as m;
exception when unique_violation then
  raise exception 'Workspace "%" has another memory item under an id of trace %', trace.workspace_id, trace.id
    using errcode = 'PT409', detail = 'memory_item_conflict', hint = 'Give each memory item a new id.';
end;
$$;
comment on function private.add_memory_items(public.reasoning_traces, jsonb) is
  'The memory items of a trace that was just added, in their order. Raises PT409 for an id that is taken.';
revoke execute on function private.add_memory_items(public.reasoning_traces, jsonb) from public, anon;
grant execute on function private.add_memory_items(public.reasoning_traces, jsonb) to authenticated, service_role;

create function public.add_trace(document text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := private.json_object(document, 'a reasoning trace');
  items constant pg_catalog.jsonb := coalesce(nullif(content -> 'memory_items', 'null'), '[]');
  given public.reasoning_traces := pg_catalog.jsonb_populate_record(null::public.reasoning_traces, content);
  known pg_catalog.bytea;
begin
  if given.workspace_id is null or given.id is null or given.task is null then
    raise exception 'The document lacks workspace_id, id or task'
      using errcode = '22023', hint = 'Give the trace as JSON with these three.';
  end if;
  if pg_catalog.jsonb_typeof(items) <> 'array'
    or pg_catalog.jsonb_path_exists(items, '$[*] ? (@.type() != "object" || !exists(@.id) || @.id == null)') then
    raise exception 'memory_items of trace % is no list of objects with an id', given.id
      using errcode = '22023', hint = 'Give each memory item as an object with an id, a title and a content.';
  end if;
  given.created_at := coalesce(given.created_at, pg_catalog.now());
  given.content_digest := coalesce(
    given.content_digest, pg_catalog.sha256(pg_catalog.convert_to(private.content_of(content)::pg_catalog.text, 'UTF8'))
  );
  if private.caller_is_trusted() then
    insert into public.workspaces (id, name) values (given.workspace_id, given.workspace_id)
    on conflict (id) do nothing;
  end if;
  if given.task_embedding is not null then
    perform private.check_embedding_model(given.workspace_id, 'reasoning_trace', given.embedding_model);
  end if;
  perform private.check_embedding_model(given.workspace_id, 'memory_item', m.embedding_model)
  from (
    select distinct i.item ->> 'embedding_model' as embedding_model
    from pg_catalog.jsonb_array_elements(items) as i (item)
    where i.item ->> 'content_embedding' is not null
  ) as m;

  insert into public.reasoning_traces (
    workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata,
    created_at, source_created_at, extras, notes, content_digest
  )
  values (
    given.workspace_id, given.id, given.source_id, given.task, given.task_embedding,
    private.embedding_status(given.task_embedding),
    case when given.task_embedding is not null then given.embedding_model end, nullif(given.trajectory, 'null'),
    given.outcome, coalesce(given.metadata, '{}'), given.created_at, given.source_created_at,
    coalesce(given.extras, '{}'), coalesce(given.notes, '[]'), given.content_digest
  )
  on conflict (workspace_id, id) do nothing;
  if not found then
    select t.content_digest into known
    from public.reasoning_traces as t where (t.workspace_id, t.id) = (given.workspace_id, given.id);
    if known = given.content_digest then
      return 'unchanged';
    end if;
    raise exception 'Workspace "%" has another trace under the id %', given.workspace_id, given.id
      using errcode = 'PT409', detail = 'trace_conflict', hint = 'Give the trace a new id.';
  end if;

  perform private.add_memory_items(given, items);
  perform private.add_links(given.workspace_id, 'trace', given.id, content -> 'links');
  perform private.add_links(given.workspace_id, 'memory_item', (i.item ->> 'id')::pg_catalog.uuid, i.item -> 'links')
  from pg_catalog.jsonb_array_elements(items) as i (item);
  return 'added';
end;
$$;
comment on function public.add_trace(text) is
  'Stores a trace with its memory items and links, all or nothing, for editors. The document is JSON sent as text, so that its '
  'numbers keep all their digits: the columns of reasoning_traces, "memory_items" with those of memory_items in their order, and '
  '"links" on each. Returns added, or unchanged when content_digest (by default the SHA-256 of the document without vectors) '
  'is that of the stored trace. Raises PT409 for other content under a known id, 22023 for vectors of a second model.';
revoke execute on function public.add_trace(text) from public, anon;
grant execute on function public.add_trace(text) to authenticated, service_role;

create function private.set_memory_embedding(
  workspace_id text, memory_item_id uuid, embedding extensions.vector, model text
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(set_memory_embedding.workspace_id, 'editor');
  if set_memory_embedding.embedding is not null then
    perform private.check_embedding_model(
      set_memory_embedding.workspace_id, 'memory_item', set_memory_embedding.model
    );
  end if;
  update public.memory_items as m
  set
    content_embedding = set_memory_embedding.embedding,
    embedding_model = case when set_memory_embedding.embedding is not null then set_memory_embedding.model end,
    embedding_status = private.embedding_status(set_memory_embedding.embedding)
  where m.workspace_id = set_memory_embedding.workspace_id and m.id = memory_item_id;
end;
$$;
comment on function private.set_memory_embedding(text, uuid, extensions.vector, text) is
  'Security definer: a vector and the name of its model change together or not at all, so users may set neither column.';
revoke execute on function private.set_memory_embedding(text, uuid, extensions.vector, text) from public, anon;
grant execute on function private.set_memory_embedding(text, uuid, extensions.vector, text)
  to authenticated, service_role;

create function public.update_memory_item(
  workspace_id text,
  memory_item_id uuid,
  changes text,
  embedding extensions.vector default null,
  embedding_model text default null,
  expected_updated_at timestamptz default null
)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := private.json_object(changes, 'the columns to change');
  given constant public.memory_items := pg_catalog.jsonb_populate_record(null::public.memory_items, wanted);
  unknown pg_catalog.text;
  changed_at pg_catalog.timestamptz;
begin
  select pg_catalog.string_agg(k, ', ' order by k) into unknown
  from pg_catalog.jsonb_object_keys(wanted) as k
  where k <> all (array[
    'title', 'description', 'content', 'error_context', 'pattern_tags', 'difficulty_level', 'domain_category',
    'evolution_stage'
  ]);
  if unknown is not null then
    raise exception 'These can not be changed: %', unknown
      using errcode = '22023',
        hint = 'Change title, description, content, error_context, pattern_tags, difficulty_level, domain_category or evolution_stage.';
  end if;
  update public.memory_items as m
  set
    title = case when wanted ? 'title' then given.title else m.title end,
    description = case when wanted ? 'description' then given.description else m.description end,
    content = case when wanted ? 'content' then given.content else m.content end,
    error_context = case when wanted ? 'error_context' then nullif(given.error_context, 'null') else m.error_context end,
    pattern_tags = case when wanted ? 'pattern_tags' then given.pattern_tags else m.pattern_tags end,
    difficulty_level = case when wanted ? 'difficulty_level' then given.difficulty_level else m.difficulty_level end,
    domain_category = case when wanted ? 'domain_category' then given.domain_category else m.domain_category end,
    evolution_stage = case when wanted ? 'evolution_stage' then given.evolution_stage else m.evolution_stage end
  where m.workspace_id = update_memory_item.workspace_id
    and m.id = memory_item_id
    and (expected_updated_at is null or m.updated_at = expected_updated_at);
  if not found then
    if private.is_there('memory_item', update_memory_item.workspace_id, memory_item_id) then
      perform private.require_role(update_memory_item.workspace_id, 'editor');
      raise exception 'Memory item % was changed by somebody else meanwhile', memory_item_id
        using errcode = 'PT409', hint = 'Read it again and repeat the change.';
    end if;
    raise exception 'There is no memory item % in workspace "%"', memory_item_id, update_memory_item.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  if embedding is not null then
    perform private.set_memory_embedding(
      update_memory_item.workspace_id, memory_item_id, embedding, update_memory_item.embedding_model
    );
  end if;
  select m.updated_at into changed_at
  from public.memory_items as m
  where m.workspace_id = update_memory_item.workspace_id and m.id = memory_item_id;
  return changed_at;
end;
$$;
comment on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz) is
  'Changes the named columns of a memory item (a JSON object sent as text) and, if given, its vector with the name of its '
  'model, for editors; returns the new updated_at. Without a vector for a new text the old one is marked stale. Raises PT404, '
  '22023, and PT409 when the row is not as old as expected.';
revoke execute on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz)
  from public, anon;
grant execute on function public.update_memory_item(text, uuid, text, extensions.vector, text, timestamptz)
  to authenticated, service_role;
