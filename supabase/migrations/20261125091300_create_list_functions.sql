create function public.list_memories(
  workspace_filter text[] default null,
  domain_filter text[] default null,
  tag_filter text[] default null,
  difficulty_filter text[] default null,
  include_errors boolean default true,
  outcome_filter text[] default null,
  only_errors boolean default false,
  min_evolution_stage integer default null,
  max_evolution_stage integer default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  after_created_at timestamptz default null,
  after_workspace_id text default null,
  after_id uuid default null,
  match_count integer default 50,
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  filter constant private.search_filter := row(
    domain_filter, tag_filter, difficulty_filter, outcome_filter, include_errors, only_errors, min_evolution_stage,
    max_evolution_stage, created_from, created_to, null
  );
  matches private.match[];
begin
  perform private.check_match_count(match_count);
  execute pg_catalog.format(
    $statement$
      select array(
        select row(r.workspace_id, r.id, null, null, null, null, null)::private.match
        from public.memory_items as r
        where r.workspace_id = any ($2) and %s
          and (
            $5 is null
            or r.created_at < $3
            or ($3 is not null and r.created_at is null)
            or (r.created_at is not distinct from $3 and (r.workspace_id, r.id) > ($4, $5))
          )
        order by r.created_at desc nulls last, r.workspace_id, r.id
        limit $6
      )
    $statement$,
    private.search_condition('memory_item', filter)
  ) into matches using filter, scope, after_created_at, coalesce(after_workspace_id, ''), after_id, match_count;
  return query
  select f.*
  from private.describe_matches(matches, row(0.6, 0.3, 0.1, 30)) as f
  order by f.created_at desc nulls last, f.workspace_id, f.id;
end;
$$;
comment on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) is
  'Memory items, the newest first, those without a time last. The next page begins after the created_at, workspace_id and id of '
  'the last row of this one.';
revoke execute on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) from public, anon;
grant execute on function public.list_memories(
  text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamptz, timestamptz, timestamptz, text,
  uuid, integer, boolean
) to authenticated, service_role;

create type public.listed_trace as (
  workspace_id text,
  id uuid,
  source_id text,
  task text,
  outcome text,
  metadata jsonb,
  extras jsonb,
  notes jsonb,
  embedding_status text,
  embedding_model text,
  created_at timestamptz,
  updated_at timestamptz,
  links jsonb,
  memory_items bigint
);
comment on type public.listed_trace is 'A reasoning trace without its trajectory, and how many memory items it taught.';

create function public.list_traces(
  workspace_filter text[] default null,
  outcome_filter text[] default null,
  domain_filter text[] default null,
  created_from timestamptz default null,
  created_to timestamptz default null,
  after_created_at timestamptz default null,
  after_workspace_id text default null,
  after_id uuid default null,
  match_count integer default 50,
  all_workspaces boolean default false
)
returns setof public.listed_trace
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
  filter constant private.search_filter := row(
    domain_filter, null, null, outcome_filter, null, null, null, null, created_from, created_to, null
  );
begin
  perform private.check_match_count(match_count);
  return query execute pg_catalog.format(
    $statement$
      select
        r.workspace_id, r.id, r.source_id, r.task, r.outcome, r.metadata, r.extras, r.notes, r.embedding_status,
        r.embedding_model, r.created_at, r.updated_at, private.links_of(r.workspace_id, 'trace', r.id),
        (
          select pg_catalog.count(*)
          from public.memory_items as m where (m.workspace_id, m.trace_id) = (r.workspace_id, r.id)
        )
      from public.reasoning_traces as r
      where r.workspace_id = any ($2) and %s
        and (
          $5 is null
          or r.created_at < $3
          or ($3 is not null and r.created_at is null)
          or (r.created_at is not distinct from $3 and (r.workspace_id, r.id) > ($4, $5))
        )
      order by r.created_at desc nulls last, r.workspace_id, r.id
      limit $6
    $statement$,
    private.search_condition('reasoning_trace', filter)
  ) using filter, scope, after_created_at, coalesce(after_workspace_id, ''), after_id, match_count;
end;
$$;
comment on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) is
  'Reasoning traces, the newest first, those without a time last. The next page begins after the created_at, workspace_id and '
  'id of the last row of this one.';
revoke execute on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) from public, anon;
grant execute on function public.list_traces(
  text[], text[], text[], timestamptz, timestamptz, timestamptz, text, uuid, integer, boolean
) to authenticated, service_role;

create function public.get_trace(workspace_id text, id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select (
    pg_catalog.to_jsonb(t) - array['task_embedding', 'source_embedding', 'migrated_digest', 'content_digest']
    || pg_catalog.jsonb_build_object(
      'links', private.links_of(t.workspace_id, 'trace', t.id),
      'memory_items', (
        select coalesce(
          pg_catalog.jsonb_agg(
            pg_catalog.to_jsonb(m)
              - array['content_embedding', 'source_embedding', 'migrated_digest', 'search_document']
              || pg_catalog.jsonb_build_object('links', private.links_of(m.workspace_id, 'memory_item', m.id))
            order by m.ordinal, m.id
          ),
          '[]'
        )
        from public.memory_items as m where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
      )
    )
  )::pg_catalog.text
  from public.reasoning_traces as t
  where (t.workspace_id, t.id) = (get_trace.workspace_id, get_trace.id)
$$;
comment on function public.get_trace(text, uuid) is
  'A trace with trajectory, links and memory items as JSON text, so that its numbers keep all their digits; null when the '
  'caller sees none.';
revoke execute on function public.get_trace(text, uuid) from public, anon;
grant execute on function public.get_trace(text, uuid) to authenticated, service_role;

create function private.newest_migration()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select pg_catalog.max(m.version) from supabase_migrations.schema_migrations as m
$$;
comment on function private.newest_migration() is 'Security definer: users may not read the list of migrations.';
revoke execute on function private.newest_migration() from public, anon;
grant execute on function private.newest_migration() to authenticated, service_role;

create function public.get_health()
returns table (role text, schema_version text, workspaces bigint)
language sql
stable
set search_path = ''
as $$
  select
    pg_catalog.current_setting('role'), private.newest_migration(),
    (select pg_catalog.count(*) from public.workspaces)
$$;
comment on function public.get_health() is 'Who the caller is to the database, its newest migration, and how many workspaces he sees.';
revoke execute on function public.get_health() from public, anon;
grant execute on function public.get_health() to authenticated, service_role;
