create table public.archived_traces (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  id uuid not null,
  archived_at timestamptz not null default pg_catalog.now(),
  archived_by uuid references auth.users (id) on delete set null,
  trace jsonb not null,
  memory_items jsonb not null,
  lineage_links jsonb not null,
  primary key (workspace_id, id)
);
comment on table public.archived_traces is
  'A trace that was put away with its memory items and links, as their rows were. Searches and statistics do not see it.';

create index archived_traces_archived_by_index on public.archived_traces (archived_by);

alter table public.archived_traces enable row level security;

create policy "Members read the archives of their workspaces"
  on public.archived_traces for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.archived_traces from anon, authenticated, service_role;
grant select on public.archived_traces to authenticated;
grant select, insert, update, delete on public.archived_traces to service_role;

create function private.delete_old_traces(
  workspace_id text, retention_days integer, dry_run boolean, archive boolean
)
returns table (
  deleted_traces bigint, deleted_memory_items bigint, kept_without_time bigint, retention_cutoff timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  old_ids pg_catalog.uuid[];
begin
  perform private.require_role(delete_old_traces.workspace_id, 'editor');
  perform private.check_retention_days(retention_days);
  retention_cutoff := pg_catalog.now() - pg_catalog.make_interval(days => retention_days);
  old_ids := array(
    select t.id
    from public.reasoning_traces as t
    where t.workspace_id = delete_old_traces.workspace_id and t.created_at < retention_cutoff
    order by t.id
  );
  deleted_traces := pg_catalog.cardinality(old_ids);
  select pg_catalog.count(*) into deleted_memory_items
  from public.memory_items as m
  where m.workspace_id = delete_old_traces.workspace_id and m.trace_id = any (old_ids);
  select pg_catalog.count(*) into kept_without_time
  from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.created_at is null;
  if dry_run is not false then
    return next;
    return;
  end if;

  -- New memory items of these traces wait, and then find them gone.
  perform
  from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids)
  order by t.id
  for update;

  if archive is true then
    insert into public.archived_traces as a (workspace_id, id, archived_by, trace, memory_items, lineage_links)
    select
      t.workspace_id,
      t.id,
      private.caller_id(),
      pg_catalog.to_jsonb(t),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(m) - 'search_document' order by m.ordinal, m.id), '[]')
        from public.memory_items as m
        where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
      ),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l) order by l.child_kind, l.child_id, l.relation, l.ordinal), '[]')
        from public.lineage_links as l
        where l.workspace_id = t.workspace_id
          and (
            (l.child_kind = 'trace' and l.child_id = t.id)
            or (
              l.child_kind = 'memory_item'
              and l.child_id in (
                select m.id from public.memory_items as m where (m.workspace_id, m.trace_id) = (t.workspace_id, t.id)
              )
            )
          )
      )
    from public.reasoning_traces as t
    where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids)
    on conflict (workspace_id, id) do update set
      archived_at = pg_catalog.now(),
      archived_by = excluded.archived_by,
      trace = excluded.trace,
      memory_items = excluded.memory_items,
      lineage_links = excluded.lineage_links;
  end if;
  delete from public.reasoning_traces as t
  where t.workspace_id = delete_old_traces.workspace_id and t.id = any (old_ids);
  return next;
end;
$$;
comment on function private.delete_old_traces(text, integer, boolean, boolean) is
  'Security definer: nobody but this may write the archive.';
revoke execute on function private.delete_old_traces(text, integer, boolean, boolean) from public, anon;
grant execute on function private.delete_old_traces(text, integer, boolean, boolean) to authenticated, service_role;

create function public.delete_old_traces(
  workspace_id text, retention_days integer, dry_run boolean default true, archive boolean default false
)
returns table (
  deleted_traces bigint, deleted_memory_items bigint, kept_without_time bigint, retention_cutoff timestamptz
)
language sql
set search_path = ''
as $$
  select d.deleted_traces, d.deleted_memory_items, d.kept_without_time, d.retention_cutoff
  from private.delete_old_traces(
    delete_old_traces.workspace_id, delete_old_traces.retention_days, delete_old_traces.dry_run,
    delete_old_traces.archive
  ) as d
$$;
comment on function public.delete_old_traces(text, integer, boolean, boolean) is
  'Deletes, or archives, the traces of a workspace that are older than so many days, each with all its memory items, for '
  'editors. By default it only counts them. Traces without a time stay; links of younger rows to what is gone stay too.';
revoke execute on function public.delete_old_traces(text, integer, boolean, boolean) from public, anon;
grant execute on function public.delete_old_traces(text, integer, boolean, boolean) to authenticated, service_role;

create function private.insert_json_rows(relation regclass, json_rows jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  columns constant pg_catalog.text := (
    select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum)
    from pg_catalog.pg_attribute as a
    where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  );
begin
  execute pg_catalog.format(
    'insert into %1$s (%2$s) select %2$s from pg_catalog.jsonb_populate_recordset(null::%1$s, $1)', relation, columns
  ) using json_rows;
end;
$$;
comment on function private.insert_json_rows(regclass, jsonb) is 'Puts rows back as to_jsonb made them.';
revoke execute on function private.insert_json_rows(regclass, jsonb) from public, anon;

create function private.restore_archived_trace(workspace_id text, trace_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  archived public.archived_traces;
begin
  perform private.require_role(restore_archived_trace.workspace_id, 'editor');
  delete from public.archived_traces as a
  where a.workspace_id = restore_archived_trace.workspace_id and a.id = restore_archived_trace.trace_id
  returning a.* into archived;
  if not found then
    raise exception 'There is no archived trace % in workspace "%"', restore_archived_trace.trace_id,
      restore_archived_trace.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  perform
    private.insert_json_rows('public.reasoning_traces', pg_catalog.jsonb_build_array(archived.trace)),
    private.insert_json_rows('public.memory_items', archived.memory_items),
    private.insert_json_rows('public.lineage_links', archived.lineage_links);
  return pg_catalog.jsonb_array_length(archived.memory_items);
end;
$$;
comment on function private.restore_archived_trace(text, uuid) is
  'Security definer: nobody but this may take from the archive or write the columns that users may not.';
revoke execute on function private.restore_archived_trace(text, uuid) from public, anon;
grant execute on function private.restore_archived_trace(text, uuid) to authenticated, service_role;

create function public.restore_archived_trace(workspace_id text, trace_id uuid)
returns bigint
language sql
set search_path = ''
as $$
  select private.restore_archived_trace(restore_archived_trace.workspace_id, restore_archived_trace.trace_id)
$$;
comment on function public.restore_archived_trace(text, uuid) is
  'Puts an archived trace back as it was, for editors, and returns how many memory items came with it. Raises PT404, and '
  '23505 when its id was given to another trace meanwhile.';
revoke execute on function public.restore_archived_trace(text, uuid) from public, anon;
grant execute on function public.restore_archived_trace(text, uuid) to authenticated, service_role;
