-- The migration runs of one workspace, with what each moved there.

create function private.list_workspace_migration_runs(
  workspace_id text, run_filter uuid, after_started_at timestamptz, after_id uuid, match_count integer
)
returns table (
  run jsonb,
  is_new boolean,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  conflicts bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  sees_it constant pg_catalog.bool := private.caller_is_trusted() is true
    or list_workspace_migration_runs.workspace_id = any (private.my_workspaces_as('owner'));
begin
  if sees_it is not true then
    return;
  end if;
  return query
  select pg_catalog.to_jsonb(l), p.is_new, p.traces, p.memory_items, p.written, p.updated, p.conflicts
  from (
    select r.id, r.started_at, w.is_new, w.traces, w.memory_items, w.written, w.updated, w.conflicts
    from public.migration_run_workspaces as w
    join public.migration_runs as r on r.id = w.run_id
    where w.workspace_id = list_workspace_migration_runs.workspace_id
      and (list_workspace_migration_runs.run_filter is null or r.id = list_workspace_migration_runs.run_filter)
      and (
        list_workspace_migration_runs.after_started_at is null
        or (r.started_at, r.id) < (
          list_workspace_migration_runs.after_started_at,
          coalesce(list_workspace_migration_runs.after_id, '00000000-0000-0000-0000-000000000000')
        )
      )
    order by r.started_at desc, r.id desc
    limit list_workspace_migration_runs.match_count
  ) as p
  cross join lateral private.list_migration_runs(p.id, null, null, 1) as l
  order by p.started_at desc, p.id desc;
end;
$$;
comment on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer) is
  'Security definer: nobody but the service role reads the runs. It gives none of a workspace the caller does not own.';
revoke execute on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer) from public, anon;
grant execute on function private.list_workspace_migration_runs(text, uuid, timestamptz, uuid, integer)
  to authenticated, service_role;

create function public.list_workspace_migration_runs(
  workspace_id text,
  match_count integer default 50,
  after_started_at timestamptz default null,
  after_id uuid default null,
  run_filter uuid default null
)
returns table (
  run jsonb,
  is_new boolean,
  traces bigint,
  memory_items bigint,
  written bigint,
  updated bigint,
  conflicts bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.check_match_count(list_workspace_migration_runs.match_count);
  return query
  select r.*
  from private.list_workspace_migration_runs(
    list_workspace_migration_runs.workspace_id, list_workspace_migration_runs.run_filter,
    list_workspace_migration_runs.after_started_at, list_workspace_migration_runs.after_id,
    list_workspace_migration_runs.match_count
  ) as r;
end;
$$;
comment on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid) is
  'Migration runs that moved rows to this workspace, the newest first, as list_migration_runs has them (in JSON), each with its '
  'counts in this workspace; run_filter asks for one of them. None for who does not own it. The next page is what comes after the last row of this one.';
revoke execute on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid) from public, anon;
grant execute on function public.list_workspace_migration_runs(text, integer, timestamptz, uuid, uuid)
  to authenticated, service_role;
