-- A rollback takes away what a run inserted and puts back what it updated, in bounded transactions; what is done is gone
-- from the journal, so that a rollback which was cut short goes on.

create or replace function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- What is put back keeps its time. Only functions of ours set this; over the API nobody can.
  if pg_catalog.current_setting('reasoningbank.puts_rows_back', true) is distinct from 'on' then
    new.updated_at := pg_catalog.now();
  end if;
  return new;
end;
$$;

create or replace function private.mark_stale_embedding()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if pg_catalog.current_setting('reasoningbank.puts_rows_back', true) = 'on' then
    return new;
  end if;
  if new.content_embedding is null or old.content_embedding is null
    or new.content_embedding operator(extensions.<>) old.content_embedding then
    new.embedding_is_stale := false;
  elsif (new.title, new.description, new.content) is distinct from (old.title, old.description, old.content) then
    new.embedding_is_stale := true;
  end if;
  return new;
end;
$$;

create function private.rows_of_run(run_id uuid)
returns table (kind text, workspace_id text, id uuid, is_inserted boolean, is_edited boolean, later_run_id uuid)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  times constant pg_catalog.timestamptz[] := array(
    select distinct b.committed_at from public.migration_batches as b where b.run_id = rows_of_run.run_id
  );
begin
  return query
  select
    r.kind, r.workspace_id, r.id,
    not exists (
      select from public.migration_replaced_rows as p
      where (p.run_id, p.kind, p.workspace_id, p.id) = (rows_of_run.run_id, r.kind, r.workspace_id, r.id)
    ),
    r.updated_at <> all (times),
    null::pg_catalog.uuid
  from (
    select 'trace' as kind, t.workspace_id, t.id, t.updated_at
    from public.reasoning_traces as t where t.migration_run_id = rows_of_run.run_id
    union all
    select 'memory_item', m.workspace_id, m.id, m.updated_at
    from public.memory_items as m where m.migration_run_id = rows_of_run.run_id
  ) as r;

  return query
  select
    l.kind, l.workspace_id, l.id,
    not exists (
      select from public.migration_replaced_rows as p
      where (p.run_id, p.kind, p.workspace_id, p.id) = (rows_of_run.run_id, l.kind, l.workspace_id, l.id)
    ),
    false,
    l.run_id
  from public.migration_replaced_rows as l
  where l.replaced_run_id = rows_of_run.run_id;
end;
$$;
comment on function private.rows_of_run(uuid) is
  'Rows that a migration run wrote: is_inserted, else it updated them; is_edited since; later_run_id has updated them since.';
revoke execute on function private.rows_of_run(uuid) from public, anon, authenticated;
grant execute on function private.rows_of_run(uuid) to service_role;

create function public.list_rollback_obstacles(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.uuid := (request::pg_catalog.jsonb ->> 'run_id')::pg_catalog.uuid;
  result pg_catalog.jsonb;
begin
  create temporary table rows_to_roll_back on commit drop as select r.* from private.rows_of_run(wanted) as r;
  create index on pg_temp.rows_to_roll_back (workspace_id, id);
  analyze pg_temp.rows_to_roll_back;

  with obstacle (problem, kind, workspace_id, id, what) as (
    select case when r.later_run_id is null then 'edited' else 'updated_by_later_run' end,
      r.kind, r.workspace_id, r.id::pg_catalog.text, r.later_run_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    where r.is_edited or r.later_run_id is not null
    union all
    select 'added_under_trace', 'memory_item', m.workspace_id, m.id::pg_catalog.text, m.trace_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.memory_items as m on (m.workspace_id, m.trace_id) = (r.workspace_id, r.id)
    where r.kind = 'trace' and r.is_inserted
      and not exists (
        select from pg_temp.rows_to_roll_back as o
        where o.kind = 'memory_item' and (o.workspace_id, o.id) = (m.workspace_id, m.id)
      )
    union all
    select 'linked_from', l.child_kind, l.workspace_id, l.child_id::pg_catalog.text, l.target_id::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.lineage_links as l
      on (l.workspace_id, l.target_kind, l.target_id) = (r.workspace_id, r.kind, r.id)
    where r.is_inserted
      and not exists (
        select from pg_temp.rows_to_roll_back as o
        where (o.kind, o.workspace_id, o.id) = (l.child_kind, l.workspace_id, l.child_id)
      )
    union all
    select 'recalled', r.kind, r.workspace_id, r.id::pg_catalog.text, pg_catalog.count(*)::pg_catalog.text
    from pg_temp.rows_to_roll_back as r
    join public.retrieval_results as q on (q.workspace_id, q.result_id) = (r.workspace_id, r.id)
    where r.is_inserted
    group by r.kind, r.workspace_id, r.id
    union all
    select 'archived', 'trace', a.workspace_id, a.id::pg_catalog.text, null
    from public.archived_traces as a
    where (a.trace ->> 'migration_run_id')::pg_catalog.uuid = wanted
    union all
    select 'member', 'workspace', m.workspace_id, m.user_id::pg_catalog.text, m.role
    from public.migration_run_workspaces as w
    join public.workspace_members as m on m.workspace_id = w.workspace_id
    where w.run_id = wanted and w.is_new
    union all
    select 'invitation', 'workspace', i.workspace_id, i.id::pg_catalog.text, i.role
    from public.migration_run_workspaces as w
    join public.workspace_invitations as i on i.workspace_id = w.workspace_id
    where w.run_id = wanted and w.is_new
  )
  select pg_catalog.jsonb_build_object(
    'inserted', (select pg_catalog.count(*) from pg_temp.rows_to_roll_back as r where r.is_inserted),
    'updated', (
      select pg_catalog.count(*) from public.migration_replaced_rows as p where p.run_id = wanted
    ),
    'new_workspaces', (
      select pg_catalog.count(*)
      from public.migration_run_workspaces as w
      join public.workspaces as p on p.id = w.workspace_id
      where w.run_id = wanted and w.is_new
    ),
    'counts', (
      select coalesce(pg_catalog.jsonb_object_agg(c.problem, c.number), '{}')
      from (select o.problem, pg_catalog.count(*) as number from obstacle as o group by o.problem) as c
    ),
    'obstacles', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(o)), '[]')
      from (select * from obstacle as k order by k.problem, k.workspace_id, k.kind, k.id limit 1000) as o
    )
  )
  into result;
  return result::pg_catalog.text;
end;
$$;
comment on function public.list_rollback_obstacles(text) is
  'Takes {"run_id"}; returns what a rollback would take away and put back ("inserted", "updated", "new_workspaces"), and '
  'what was built on it since: "counts" by problem, and the first 1000 as [{"problem", "kind", "workspace_id", "id", "what"}, ...].';
revoke execute on function public.list_rollback_obstacles(text) from public, anon, authenticated;
grant execute on function public.list_rollback_obstacles(text) to service_role;

create function public.start_migration_rollback(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  token constant pg_catalog.uuid := (wanted ->> 'lease_token')::pg_catalog.uuid;
  chosen public.migration_runs;
  held pg_catalog.jsonb;
begin
  select r.* into chosen from public.migration_runs as r where r.id = (wanted ->> 'run_id')::pg_catalog.uuid;
  if not found then
    raise exception 'There is no migration run %', wanted ->> 'run_id'
      using errcode = 'PT404', hint = 'pnpm migrate runs lists them.';
  end if;
  held := private.lease_of_source(chosen.source_identity, token, (wanted ->> 'taken_over')::pg_catalog.uuid);
  if held is not null then
    return held::pg_catalog.text;
  end if;
  if chosen.status = 'rolled_back' then
    return pg_catalog.jsonb_build_object('outcome', 'rolled_back', 'run_id', chosen.id)::pg_catalog.text;
  end if;
  update public.migration_runs as r
  set
    status = 'rolling_back',
    phase = 'rollback',
    progress = null,
    lease_token = token,
    lease_holder = wanted -> 'lease_holder',
    lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds'
  where r.id = chosen.id;
  return pg_catalog.jsonb_build_object(
    'outcome', case when chosen.status = 'rolling_back' then 'resumed' else 'started' end, 'run_id', chosen.id
  )::pg_catalog.text;
end;
$$;
comment on function public.start_migration_rollback(text) is
  'Takes {"run_id", "lease_token", "lease_holder", "taken_over"}; returns {"outcome", "run_id"}: started, resumed (it was cut '
  'short), rolled_back (already), or held as start_migration_run tells. Raises PT404.';
revoke execute on function public.start_migration_rollback(text) from public, anon, authenticated;
grant execute on function public.start_migration_rollback(text) to service_role;

create function private.put_rows_back(run_id uuid, kind text, row_limit integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  relation constant pg_catalog.text := case put_rows_back.kind
    when 'trace' then 'public.reasoning_traces' else 'public.memory_items' end;
  columns constant pg_catalog.text := (
    select pg_catalog.string_agg(pg_catalog.format('%1$I = p.%1$I', a.attname), ', ' order by a.attnum)
    from pg_catalog.pg_attribute as a
    where a.attrelid = relation::pg_catalog.regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.attname not in ('workspace_id', 'id')
  );
  picked pg_catalog.jsonb;
  restored pg_catalog.int8;
begin
  with taken as (
    delete from public.migration_replaced_rows as p
    where (p.run_id, p.kind) = (put_rows_back.run_id, put_rows_back.kind)
      and (p.workspace_id, p.id) in (
        select n.workspace_id, n.id
        from public.migration_replaced_rows as n
        where (n.run_id, n.kind) = (put_rows_back.run_id, put_rows_back.kind)
        order by n.workspace_id, n.id
        limit row_limit
      )
    returning p.workspace_id, p.id, p.replaced_row, p.replaced_links
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('row', t.replaced_row, 'links', t.replaced_links))
  into picked
  from taken as t;
  if picked is null then
    return 0;
  end if;

  -- A later run's record of the same row would bring back what this run wrote.
  delete from public.migration_replaced_rows as p
  using pg_catalog.jsonb_array_elements(picked) as e (entry)
  where p.replaced_run_id = put_rows_back.run_id and p.kind = put_rows_back.kind
    and p.workspace_id = e.entry -> 'row' ->> 'workspace_id' and p.id = (e.entry -> 'row' ->> 'id')::pg_catalog.uuid;

  -- Not an option of the function: only a superuser may give it one that is not Postgres' own.
  set local reasoningbank.puts_rows_back = 'on';
  -- A row that was deleted since stays deleted.
  execute pg_catalog.format(
    'update %1$s as t set %2$s
      from pg_catalog.jsonb_array_elements($1) as e (entry)
      cross join lateral pg_catalog.jsonb_populate_record(null::%1$s, %3$s) as p
      where (t.workspace_id, t.id) = (p.workspace_id, p.id)',
    relation, columns,
    case when put_rows_back.kind = 'trace' then 'e.entry -> ''row'''
      -- So may its trace be.
      else '(e.entry -> ''row'') || case when not exists (
          select from public.reasoning_traces as o
          where o.workspace_id = e.entry -> ''row'' ->> ''workspace_id''
            and o.id = (e.entry -> ''row'' ->> ''trace_id'')::pg_catalog.uuid
        ) then ''{"trace_id": null}''::pg_catalog.jsonb else ''{}'' end'
    end
  ) using picked;
  get diagnostics restored = row_count;
  set local reasoningbank.puts_rows_back = 'off';

  delete from public.lineage_links as l
  using pg_catalog.jsonb_array_elements(picked) as e (entry)
  where l.workspace_id = e.entry -> 'row' ->> 'workspace_id' and l.child_kind = put_rows_back.kind
    and l.child_id = (e.entry -> 'row' ->> 'id')::pg_catalog.uuid;
  execute pg_catalog.format(
    'insert into public.lineage_links
      select l.*
      from pg_catalog.jsonb_array_elements($1) as e (entry)
      join %s as t on t.workspace_id = e.entry -> ''row'' ->> ''workspace_id''
        and t.id = (e.entry -> ''row'' ->> ''id'')::pg_catalog.uuid
      cross join lateral pg_catalog.jsonb_populate_recordset(null::public.lineage_links, e.entry -> ''links'') as l',
    relation
  ) using picked;
  return restored;
end;
$$;
comment on function private.put_rows_back(uuid, text, integer) is
  'Puts back as many rows of a kind as a run updated, and strikes them out of the journal; returns how many there were.';
revoke execute on function private.put_rows_back(uuid, text, integer) from public, anon, authenticated;
grant execute on function private.put_rows_back(uuid, text, integer) to service_role;

create function private.take_rows_away(run_id uuid, kind text, row_limit integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  relation constant pg_catalog.text := case take_rows_away.kind
    when 'trace' then 'public.reasoning_traces' else 'public.memory_items' end;
  deleted pg_catalog.int8;
begin
  execute pg_catalog.format(
    'with later as (
      delete from public.migration_replaced_rows as p
      where p.replaced_run_id = $1 and p.kind = $2
        and (p.run_id, p.workspace_id, p.id) in (
          select n.run_id, n.workspace_id, n.id from public.migration_replaced_rows as n
          where n.replaced_run_id = $1 and n.kind = $2 limit $3
        )
      returning p.workspace_id, p.id
    )
    delete from %1$s as t
    where (t.workspace_id, t.id) in (
      (select o.workspace_id, o.id from %1$s as o where o.migration_run_id = $1 limit $3)
      union all
      select l.workspace_id, l.id from later as l
    )', relation
  ) using take_rows_away.run_id, take_rows_away.kind, row_limit;
  get diagnostics deleted = row_count;
  return deleted;
end;
$$;
comment on function private.take_rows_away(uuid, text, integer) is
  'Deletes rows of a kind that a run inserted, also those that a later run has updated; returns how many.';
revoke execute on function private.take_rows_away(uuid, text, integer) from public, anon, authenticated;
grant execute on function private.take_rows_away(uuid, text, integer) to service_role;

create function public.roll_back_migration_rows(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  rolled_back constant pg_catalog.uuid := (wanted ->> 'run_id')::pg_catalog.uuid;
  row_limit constant pg_catalog.int4 := (wanted ->> 'row_limit')::pg_catalog.int4;
  restored pg_catalog.int8 := 0;
  deleted pg_catalog.int8 := 0;
  removed pg_catalog.int8 := 0;
  is_finished pg_catalog.bool := false;
begin
  perform public.renew_migration_lease(request);
  discard plans;

  -- Traces before items, so that an item finds its trace again; then items before the traces they belong to.
  if exists (
    select from public.migration_replaced_rows as p where (p.run_id, p.kind) = (rolled_back, 'trace')
  ) then
    restored := private.put_rows_back(rolled_back, 'trace', row_limit);
  elsif exists (
    select from public.migration_replaced_rows as p where (p.run_id, p.kind) = (rolled_back, 'memory_item')
  ) then
    restored := private.put_rows_back(rolled_back, 'memory_item', row_limit);
  else
    deleted := private.take_rows_away(rolled_back, 'memory_item', row_limit);
    if deleted = 0 then
      deleted := private.take_rows_away(rolled_back, 'trace', row_limit);
    end if;
    if deleted = 0 then
      -- What somebody keeps there keeps the workspace.
      delete from public.workspaces as w
      using public.migration_run_workspaces as r
      where (r.run_id, r.workspace_id) = (rolled_back, w.id) and r.is_new
        and not exists (select from public.reasoning_traces as t where t.workspace_id = w.id)
        and not exists (select from public.memory_items as m where m.workspace_id = w.id)
        and not exists (select from public.archived_traces as a where a.workspace_id = w.id);
      get diagnostics removed = row_count;
      delete from public.migration_batches as b where b.run_id = rolled_back;
      update public.migration_runs as r
      set status = 'rolled_back', rolled_back_at = pg_catalog.now(), lease_expires_at = pg_catalog.now()
      where r.id = rolled_back;
      is_finished := true;
    end if;
  end if;
  return pg_catalog.jsonb_build_object(
    'restored', restored, 'deleted', deleted, 'removed_workspaces', removed, 'is_finished', is_finished
  )::pg_catalog.text;
end;
$$;
comment on function public.roll_back_migration_rows(text) is
  'Takes {"run_id", "lease_token", "row_limit"} of a rollback that was started; does so many rows of it, and returns '
  '{"restored", "deleted", "removed_workspaces", "is_finished"}. Raises 55L01 when the lease is another process''s.';
revoke execute on function public.roll_back_migration_rows(text) from public, anon, authenticated;
grant execute on function public.roll_back_migration_rows(text) to service_role;

create function public.read_migration_runs(request text)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when request::pg_catalog.json ->> 'run_id' is not null then (
      select coalesce(pg_catalog.json_agg(g), '[]')::pg_catalog.text
      from public.get_migration_run((request::pg_catalog.json ->> 'run_id')::pg_catalog.uuid) as g
    )
    else (
      select coalesce(pg_catalog.json_agg(l order by l.started_at desc, l.id desc), '[]')::pg_catalog.text
      from public.list_migration_runs(1000) as l
    )
  end
$$;
comment on function public.read_migration_runs(text) is
  'What list_migration_runs, or for {"run_id"} get_migration_run, tells, as the text of a JSON array.';
revoke execute on function public.read_migration_runs(text) from public, anon, authenticated;
grant execute on function public.read_migration_runs(text) to service_role;
