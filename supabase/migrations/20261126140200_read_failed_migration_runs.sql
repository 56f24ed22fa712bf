-- The report of a run that failed before it verified can be read too.

create or replace function private.get_migration_run(run_id uuid)
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
