-- What the owners of workspaces and the operator see of migration runs.

alter table public.migration_runs validate constraint migration_runs_status_is_known;
alter table public.migration_runs validate constraint migration_runs_phase_is_known;

create type public.listed_migration_run as (
  id uuid,
  status text,
  phase text,
  is_live boolean,
  is_whole boolean,
  source_kind text,
  source_location text,
  started_at timestamptz,
  finished_at timestamptz,
  rolled_back_at timestamptz,
  fraction_done double precision,
  done bigint,
  total bigint,
  rows bigint,
  rows_per_second double precision,
  progress_at timestamptz,
  workspaces bigint,
  new_workspaces bigint,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  unchanged bigint,
  conflicts bigint,
  rejected bigint
);
comment on type public.listed_migration_run is
  'A migration run as its caller may see it. The counts are those of the workspaces the caller owns; is_whole says that '
  'these are all of the run''s, and only then are done, total, rows, rows_per_second and rejected told.';

create function private.list_migration_runs(
  run_filter uuid, after_started_at timestamptz, after_id uuid, match_count integer
)
returns setof public.listed_migration_run
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  sees_all constant pg_catalog.bool := private.caller_is_trusted() is true;
  owned constant pg_catalog.text[] := private.my_workspaces_as('owner');
begin
  return query
  select
    r.id,
    r.status,
    r.phase,
    r.lease_token is not null and r.lease_expires_at > pg_catalog.clock_timestamp(),
    s.is_whole,
    r.source_kind,
    case when sees_all then r.source_location else pg_catalog.regexp_replace(r.source_location, '^.*[/\\](?=.)', '') end,
    r.started_at,
    r.finished_at,
    r.rolled_back_at,
    case
      when (r.progress ->> 'total')::pg_catalog.float8 > 0
        then least((r.progress ->> 'done')::pg_catalog.float8 / (r.progress ->> 'total')::pg_catalog.float8, 1)
    end,
    case when s.is_whole then (r.progress ->> 'done')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'total')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'rows')::pg_catalog.int8 end,
    case when s.is_whole then (r.progress ->> 'rows_per_second')::pg_catalog.float8 end,
    (r.progress ->> 'updated_at')::pg_catalog.timestamptz,
    s.workspaces,
    s.new_workspaces,
    s.traces,
    s.memory_items,
    s.written,
    s.updated,
    case when r.report is not null then greatest(s.traces + s.memory_items - s.written - s.conflicts, 0) end,
    s.conflicts,
    case when s.is_whole then pg_catalog.jsonb_array_length(r.report -> 'rejects')::pg_catalog.int8 end
  from public.migration_runs as r
  cross join lateral (
    select
      sees_all or pg_catalog.bool_and(w.workspace_id = any (owned)) is true as is_whole,
      pg_catalog.count(*) filter (where sees_all or w.workspace_id = any (owned)) as workspaces,
      pg_catalog.count(*) filter (where (sees_all or w.workspace_id = any (owned)) and w.is_new) as new_workspaces,
      coalesce(pg_catalog.sum(w.traces) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as traces,
      coalesce(pg_catalog.sum(w.memory_items) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as memory_items,
      coalesce(pg_catalog.sum(w.written) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as written,
      coalesce(pg_catalog.sum(w.updated) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as updated,
      coalesce(pg_catalog.sum(w.conflicts) filter (where sees_all or w.workspace_id = any (owned)), 0)::pg_catalog.int8
        as conflicts
    from public.migration_run_workspaces as w
    where w.run_id = r.id
  ) as s
  where (sees_all or s.workspaces > 0)
    and (run_filter is null or r.id = run_filter)
    and (
      after_started_at is null
      or (r.started_at, r.id) < (after_started_at, coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
    )
  order by r.started_at desc, r.id desc
  limit match_count;
end;
$$;
comment on function private.list_migration_runs(uuid, timestamptz, uuid, integer) is
  'Security definer: nobody but the service role reads the runs, because one may span workspaces. What is told is cut to '
  'the workspaces the caller owns.';
revoke execute on function private.list_migration_runs(uuid, timestamptz, uuid, integer) from public, anon;
grant execute on function private.list_migration_runs(uuid, timestamptz, uuid, integer) to authenticated, service_role;

create function public.list_migration_runs(
  match_count integer default 50, after_started_at timestamptz default null, after_id uuid default null
)
returns setof public.listed_migration_run
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.check_match_count(list_migration_runs.match_count);
  return query
  select r.*
  from private.list_migration_runs(
    null, list_migration_runs.after_started_at, list_migration_runs.after_id, list_migration_runs.match_count
  ) as r;
end;
$$;
comment on function public.list_migration_runs(integer, timestamptz, uuid) is
  'Migration runs, the newest first, that moved rows to a workspace the caller owns; all for the service role, with the '
  'whole source_location, of which others see the last part. The next page is what comes after the last row of this one.';
revoke execute on function public.list_migration_runs(integer, timestamptz, uuid) from public, anon;
grant execute on function public.list_migration_runs(integer, timestamptz, uuid) to authenticated, service_role;

create function private.get_migration_run(run_id uuid)
returns table (
  run public.listed_migration_run,
  source_timezone text,
  options jsonb,
  holder jsonb,
  workspace_counts jsonb,
  conflict_list jsonb,
  differences jsonb,
  rejects jsonb,
  warnings jsonb,
  verification jsonb,
  timings jsonb,
  error jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  sees_all constant pg_catalog.bool := private.caller_is_trusted() is true;
  owned constant pg_catalog.text[] := private.my_workspaces_as('owner');
  listed public.listed_migration_run;
  stored public.migration_runs;
begin
  select l.* into listed from private.list_migration_runs(get_migration_run.run_id, null, null, 1) as l;
  if listed.id is null then
    return;
  end if;
  select r.* into stored from public.migration_runs as r where r.id = listed.id;
  return query
  select
    listed,
    stored.source_timezone,
    stored.options,
    case when sees_all then stored.lease_holder end,
    (
      select coalesce(pg_catalog.jsonb_agg(
        pg_catalog.jsonb_build_object(
          'workspace_id', w.workspace_id, 'name', n.name, 'is_new', w.is_new, 'traces', w.traces,
          'memory_items', w.memory_items, 'written', w.written, 'updated', w.updated, 'conflicts', w.conflicts
        )
        order by w.workspace_id
      ), '[]')
      from public.migration_run_workspaces as w
      left join public.workspaces as n on n.id = w.workspace_id
      where w.run_id = listed.id and (sees_all or w.workspace_id = any (owned))
    ),
    private.entries_of_workspaces(stored.report -> 'conflicts', case when not sees_all then owned end),
    private.entries_of_workspaces(
      stored.report -> 'verification' -> 'differences', case when not sees_all then owned end
    ),
    case when listed.is_whole then stored.report -> 'rejects' end,
    case when listed.is_whole then stored.report -> 'warnings' end,
    -- Null in the report of a run that failed before it verified.
    case
      when listed.is_whole and pg_catalog.jsonb_typeof(stored.report -> 'verification') = 'object'
        then (stored.report -> 'verification') - 'differences'
    end,
    case when listed.is_whole then stored.report -> 'timings' end,
    case
      when listed.is_whole then stored.report -> 'error'
      else pg_catalog.jsonb_build_object('code', stored.report -> 'error' -> 'code', 'message', null, 'hint', null)
    end;
end;
$$;
comment on function private.get_migration_run(uuid) is
  'Security definer: nobody but the service role reads the runs, because one may span workspaces. What is told is cut to '
  'the workspaces the caller owns.';

create function private.entries_of_workspaces(entries jsonb, workspace_filter text[])
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(pg_catalog.jsonb_agg(e.entry order by e.place), '[]')
  from pg_catalog.jsonb_array_elements(
    case when pg_catalog.jsonb_typeof(entries) = 'array' then entries else '[]' end
  ) with ordinality as e (entry, place)
  where workspace_filter is null or e.entry ->> 'workspace_id' = any (workspace_filter)
$$;
comment on function private.entries_of_workspaces(jsonb, text[]) is
  'Those entries of a list in a report that name one of the workspaces; all for null.';
revoke execute on function private.entries_of_workspaces(jsonb, text[]) from public, anon, authenticated;

revoke execute on function private.get_migration_run(uuid) from public, anon;
grant execute on function private.get_migration_run(uuid) to authenticated, service_role;

create function public.get_migration_run(run_id uuid)
returns table (
  run public.listed_migration_run,
  source_timezone text,
  options jsonb,
  holder jsonb,
  workspace_counts jsonb,
  conflict_list jsonb,
  differences jsonb,
  rejects jsonb,
  warnings jsonb,
  verification jsonb,
  timings jsonb,
  error jsonb
)
language sql
stable
set search_path = ''
as $$
  select g.* from private.get_migration_run(get_migration_run.run_id) as g
$$;
comment on function public.get_migration_run(uuid) is
  'One migration run as list_migration_runs has it, with its workspaces, conflicts and differences cut to those of the '
  'caller; rejects, warnings, verification, timings and the words of an error only for who owns every workspace of it. No '
  'row for a run the caller may not see.';
revoke execute on function public.get_migration_run(uuid) from public, anon;
grant execute on function public.get_migration_run(uuid) to authenticated, service_role;
