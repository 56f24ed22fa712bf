-- Lists run newest first, rows without a time last. "greatest" and not "coalesce": row level security would keep that out of
-- the index, for want of knowing that it is leakproof.
create index memory_items_newest_index
  on public.memory_items (workspace_id, (greatest(created_at, '-infinity'::timestamptz)) desc, id);
create index reasoning_traces_newest_index
  on public.reasoning_traces (workspace_id, (greatest(created_at, '-infinity'::timestamptz)) desc, id);

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
        select row(p.workspace_id, p.id, null, null, null, null, null)::private.match
        from pg_catalog.unnest($2) as w (id)
        cross join lateral (
          select r.workspace_id, r.id, greatest(r.created_at, '-infinity') as created_at
          from public.memory_items as r
          where r.workspace_id = w.id and %s
            and greatest(r.created_at, '-infinity') <= $3
            and (greatest(r.created_at, '-infinity') < $3 or $5 is null or (r.workspace_id, r.id) > ($4, $5))
          order by greatest(r.created_at, '-infinity') desc, r.id
          limit $6
        ) as p
        order by p.created_at desc, p.workspace_id, p.id
        limit $6
      )
    $statement$,
    private.search_condition('memory_item', filter)
  ) into matches using
    filter, scope, case when after_id is null then 'infinity' else coalesce(after_created_at, '-infinity') end,
    coalesce(after_workspace_id, ''), after_id, match_count;
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
        p.workspace_id, p.id, p.source_id, p.task, p.outcome, p.metadata, p.extras, p.notes, p.embedding_status,
        p.embedding_model, p.created_at, p.updated_at, private.links_of(p.workspace_id, 'trace', p.id),
        (
          select pg_catalog.count(*)
          from public.memory_items as m where (m.workspace_id, m.trace_id) = (p.workspace_id, p.id)
        )
      from (
        select r.*
        from pg_catalog.unnest($2) as w (id)
        cross join lateral (
          select r.*
          from public.reasoning_traces as r
          where r.workspace_id = w.id and %s
            and greatest(r.created_at, '-infinity') <= $3
            and (greatest(r.created_at, '-infinity') < $3 or $5 is null or (r.workspace_id, r.id) > ($4, $5))
          order by greatest(r.created_at, '-infinity') desc, r.id
          limit $6
        ) as r
        order by greatest(r.created_at, '-infinity') desc, r.workspace_id, r.id
        limit $6
      ) as p
      order by p.created_at desc nulls last, p.workspace_id, p.id
    $statement$,
    private.search_condition('reasoning_trace', filter)
  ) using
    filter, scope, case when after_id is null then 'infinity' else coalesce(after_created_at, '-infinity') end,
    coalesce(after_workspace_id, ''), after_id, match_count;
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
