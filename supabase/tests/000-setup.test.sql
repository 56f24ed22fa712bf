-- Sorts first and stays: the other files use what it makes in the schema "tests", the last one drops it.
begin;
create extension if not exists pgtap with schema extensions;
drop schema if exists tests cascade;
create schema tests;
grant usage on schema tests to anon, authenticated, service_role;

select plan(8);

create function tests.user_id(actor text) returns uuid language sql immutable as $$
  select pg_catalog.md5(actor)::uuid
$$;

create function tests.row_id(name text) returns uuid language sql immutable as $$
  select pg_catalog.md5('row ' || name)::uuid
$$;

-- Who asks, for the rest of the transaction: a user by name, anon, service_role, or null for the administrator. Expressions
-- of plpgsql keep the plans of SQL functions to the end of a transaction, with the policies of who asked first.
create function tests.act_as(actor text) returns void language plpgsql as $$
begin
  discard plans;
  perform
    pg_catalog.set_config('role', case
      when actor is null then 'none'
      when actor in ('anon', 'service_role') then actor
      else 'authenticated'
    end, true),
    pg_catalog.set_config('request.jwt.claims', case
      when actor is null then ''
      when actor in ('anon', 'service_role') then pg_catalog.json_build_object('role', actor)::text
      else pg_catalog.json_build_object(
        'sub', tests.user_id(actor), 'role', 'authenticated', 'aud', 'authenticated',
        'email', actor || '@example.com', 'is_anonymous', actor = 'anonymous'
      )::text
    end, true);
end;
$$;

-- What a statement comes to for an actor, without leaving a trace: allowed (rows), nothing (no rows), refused (42501), or
-- the SQLSTATE of another error.
create function tests.attempt(actor text, statement text) returns text language plpgsql as $$
declare
  affected bigint;
  outcome text;
begin
  begin
    perform tests.act_as(actor);
    execute statement;
    get diagnostics affected = row_count;
    outcome := case when affected > 0 then 'allowed' else 'nothing' end;
    raise exception using errcode = 'TEST0';
  exception
    when sqlstate 'TEST0' then null;
    when insufficient_privilege then outcome := 'refused';
    when others then outcome := sqlstate;
  end;
  discard plans;
  return outcome;
end;
$$;

-- Does it and keeps what it did; returns how many rows that were.
create function tests.run_as(actor text, statement text) returns bigint language plpgsql as $$
declare
  affected bigint;
begin
  perform tests.act_as(actor);
  execute statement;
  get diagnostics affected = row_count;
  perform tests.act_as(null);
  return affected;
end;
$$;

-- The one value that a query gives to an actor, as text; what the query did stays.
create function tests.value_as(actor text, query text) returns text language plpgsql as $$
declare
  answer text;
begin
  perform tests.act_as(actor);
  execute query into answer;
  perform tests.act_as(null);
  return answer;
end;
$$;

-- The message, detail and hint that an actor gets to read for an error.
create function tests.error_as(actor text, statement text) returns text language plpgsql as $$
declare
  code text;
  message text;
  detail text;
  hint text;
begin
  begin
    perform tests.act_as(actor);
    execute statement;
    raise exception using errcode = 'TEST0', message = 'no error';
  exception when others then
    get stacked diagnostics
      code = returned_sqlstate, message = message_text, detail = pg_exception_detail, hint = pg_exception_hint;
  end;
  discard plans;
  return pg_catalog.concat_ws(' | ', code, message, detail, hint);
end;
$$;

create function tests.add_user(actor text, is_confirmed boolean default true) returns uuid language sql as $$
  insert into auth.users (id, aud, role, email, email_confirmed_at, raw_user_meta_data, is_anonymous)
  values (
    tests.user_id(actor), 'authenticated', 'authenticated', actor || '@example.com',
    case when is_confirmed then pg_catalog.now() end, '{}', actor = 'anonymous'
  )
  returning id
$$;

create function tests.actors() returns text[] language sql immutable as $$
  select array['anon', 'owner', 'editor', 'viewer', 'stranger', 'removed', 'anonymous', 'service_role']
$$;

-- Workspace A with an owner, an editor and a viewer, one whose membership ended, and one who signed in anonymously although
-- a row says editor; workspace B of a stranger; and two who belong nowhere, one with an unconfirmed address.
create function tests.make_people() returns void language plpgsql as $$
begin
  perform tests.add_user(u.name, u.name <> 'unconfirmed')
  from pg_catalog.unnest(
    array['owner', 'editor', 'viewer', 'stranger', 'removed', 'anonymous', 'newcomer', 'unconfirmed']
  ) as u (name);
  insert into public.workspaces (id, name) values ('workspace-a', 'Workspace A'), ('workspace-b', 'Workspace B');
  insert into public.workspace_members (workspace_id, user_id, role)
  values
    ('workspace-a', tests.user_id('owner'), 'owner'),
    ('workspace-a', tests.user_id('editor'), 'editor'),
    ('workspace-a', tests.user_id('viewer'), 'viewer'),
    ('workspace-a', tests.user_id('removed'), 'editor'),
    ('workspace-a', tests.user_id('anonymous'), 'editor'),
    ('workspace-b', tests.user_id('stranger'), 'owner');
  delete from public.workspace_members as m where m.user_id = tests.user_id('removed');
end;
$$;

-- A unit vector whose cosine with direction(0) is cos(angle).
create function tests.direction(angle double precision) returns extensions.vector language sql immutable strict as $$
  select (array[pg_catalog.cos(angle), pg_catalog.sin(angle)]::real[] || pg_catalog.array_fill(0::real, array[382]))
    ::extensions.vector
$$;

create function tests.add_trace(workspace_id text, name text, settings jsonb default '{}') returns uuid
language sql as $$
  insert into public.reasoning_traces (
    workspace_id, id, task, task_embedding, embedding_status, embedding_model, outcome, created_at, trajectory, metadata
  )
  select
    add_trace.workspace_id, tests.row_id(name), coalesce(s.task, 'Task ' || name),
    tests.direction(s.angle), case when s.angle is null then 'missing' else 'present' end,
    case when s.angle is not null then coalesce(s.model, 'all-MiniLM-L6-v2') end,
    s.outcome, s.created_at, s.trajectory, coalesce(s.metadata, '{}')
  from pg_catalog.jsonb_to_record(settings) as s (
    task text, angle double precision, model text, outcome text, created_at timestamptz, trajectory jsonb, metadata jsonb
  )
  returning id
$$;

create function tests.add_memory(workspace_id text, name text, settings jsonb default '{}') returns uuid
language sql as $$
  insert into public.memory_items (
    workspace_id, id, trace_id, title, content, content_embedding, embedding_status, embedding_model, error_context,
    pattern_tags, difficulty_level, domain_category, evolution_stage, created_at
  )
  select
    add_memory.workspace_id, tests.row_id(name), tests.row_id(s.trace), coalesce(s.title, 'Title ' || name),
    coalesce(s.content, 'Content ' || name),
    tests.direction(s.angle), case when s.angle is null then 'missing' else 'present' end,
    case when s.angle is not null then coalesce(s.model, 'all-MiniLM-L6-v2') end,
    s.error_context, s.tags, s.difficulty, s.domain, coalesce(s.stage, 0), s.created_at
  from pg_catalog.jsonb_to_record(settings) as s (
    trace text, title text, content text, angle double precision, model text, error_context jsonb, tags text[],
    difficulty text, domain text, stage integer, created_at timestamptz
  )
  returning id
$$;

create function tests.add_link(workspace_id text, child text, target text, settings jsonb default '{}') returns void
language sql as $$
  insert into public.lineage_links (workspace_id, child_kind, child_id, relation, ordinal, target_kind, target_id)
  select
    add_link.workspace_id, coalesce(s.child_kind, 'memory_item'), tests.row_id(child), coalesce(s.relation, 'parent'),
    coalesce(s.ordinal, 0), coalesce(s.target_kind, 'memory_item'), tests.row_id(target)
  from pg_catalog.jsonb_to_record(settings) as s (
    child_kind text, relation text, ordinal integer, target_kind text
  )
$$;

-- One row of everything in a workspace, named for it.
create function tests.make_rows(workspace_id text) returns void language plpgsql as $$
begin
  perform
    tests.add_trace(
      workspace_id, workspace_id || ' trace',
      '{"angle": 0.1, "outcome": "success", "created_at": "2026-01-02T03:04:05Z", "task": "Keep the secretword"}'
    );
  perform
    tests.add_memory(
      workspace_id, workspace_id || ' memory',
      pg_catalog.jsonb_build_object(
        'trace', workspace_id || ' trace', 'angle', 0.1, 'domain', 'api', 'tags', array['retry'], 'difficulty', 'simple',
        'title', 'Mind the secretword of ' || workspace_id, 'created_at', '2026-01-02T03:04:05Z'
      )
    );
  perform tests.add_link(workspace_id, workspace_id || ' memory', workspace_id || ' ancestor');
  perform public.record_retrieval(
    workspace_id, 'supabase', 'semantic', 5, array[tests.row_id(workspace_id || ' memory')], array[0.5],
    event_id => tests.row_id(workspace_id || ' event'), total_ms => 12
  );
  insert into public.archived_traces (workspace_id, id, trace, memory_items, lineage_links)
  values (
    make_rows.workspace_id, tests.row_id(make_rows.workspace_id || ' archived'),
    pg_catalog.to_jsonb(pg_catalog.jsonb_populate_record(null::public.reasoning_traces, pg_catalog.jsonb_build_object(
      'workspace_id', make_rows.workspace_id, 'id', tests.row_id(make_rows.workspace_id || ' archived'),
      'task', 'Put away', 'embedding_status', 'missing', 'metadata', '{}'::jsonb, 'extras', '{}'::jsonb,
      'notes', '[]'::jsonb, 'inserted_at', pg_catalog.now(), 'updated_at', pg_catalog.now()
    ))),
    '[]', '[]'
  );
  insert into public.workspace_invitations (workspace_id, email, role, token_hash, expires_at)
  values (
    make_rows.workspace_id, make_rows.workspace_id || '@example.com', 'viewer',
    pg_catalog.sha256(pg_catalog.convert_to(make_rows.workspace_id, 'UTF8')), pg_catalog.now() + interval '1 day'
  );
  insert into private.statistics_changes (
    workspace_id, subject, facet, value, row_count, embedded_count, error_count, orphan_count, stage_sum, byte_count
  )
  values (make_rows.workspace_id, 'memory_item', 'domain', 'listed', 1, 0, 0, 0, 0, 0);
  insert into public.migration_owed_indexes (index_name, table_name, definition, run_id)
  values (make_rows.workspace_id, 'memory_items', '', tests.row_id(make_rows.workspace_id || ' run'));
  insert into public.memory_maps (workspace_id, embedding_model, method, source_vectors, source_digest, ids, x, y)
  values (
    make_rows.workspace_id, 'all-MiniLM-L6-v2', 'pca', 1, 'made up', array[tests.row_id(workspace_id || ' memory')], '{0}', '{0}'
  );
  insert into public.saved_views (workspace_id, id, user_id, page, name, query)
  values (
    make_rows.workspace_id, tests.row_id(make_rows.workspace_id || ' view'), tests.user_id('owner'), 'memories', 'Mistakes',
    'errors=only'
  );
  insert into public.migration_runs (id, source_identity, source_kind, source_location, source_timezone)
  values (tests.row_id(make_rows.workspace_id || ' run'), 'identity', 'chroma', 'somewhere', 'UTC');
  insert into public.migration_verifications (id, source_identity, binding)
  values (tests.row_id(make_rows.workspace_id || ' verification'), 'identity', 'options');
  insert into public.migration_run_workspaces (run_id, workspace_id)
  values (tests.row_id(make_rows.workspace_id || ' run'), make_rows.workspace_id);
  insert into public.migration_batches (run_id, rows, written)
  values (tests.row_id(make_rows.workspace_id || ' run'), 1, 1);
  insert into public.migration_replaced_rows (run_id, kind, workspace_id, id, replaced_row, replaced_links)
  values (
    tests.row_id(make_rows.workspace_id || ' run'), 'memory_item', make_rows.workspace_id,
    tests.row_id(make_rows.workspace_id || ' memory'), '{}', '[]'
  );
end;
$$;

grant execute on all functions in schema tests to anon, authenticated, service_role;

select tests.make_people();
select is(tests.value_as('owner', 'select auth.uid()'), tests.user_id('owner')::text, 'an actor has his own id');
select is(tests.value_as('viewer', 'select current_user'), 'authenticated', 'a user is the role authenticated');
select is(tests.value_as('service_role', 'select current_user'), 'service_role', 'the service role is itself');
select is(current_setting('role'), 'none', 'afterwards the administrator is back');
select is(
  tests.attempt('owner', $$update public.workspaces set name = 'Other' where id = 'workspace-a'$$), 'allowed',
  'what may be done is allowed'
);
select is(
  (select name from public.workspaces where id = 'workspace-a'), 'Workspace A', 'an attempt leaves nothing behind'
);
select is(tests.attempt('anon', 'select from public.workspaces'), 'refused', 'what may not be done is refused');
select is(tests.attempt('owner', 'select 1 / 0'), '22012', 'another error is told by its code');

select * from finish();
delete from public.workspaces where id in ('workspace-a', 'workspace-b');
delete from auth.users where email like '%@example.com';
commit;
