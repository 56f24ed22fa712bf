-- One process at a time moves a source. It holds a lease, by the clock of the database, and every write names the token of
-- the lease: a process whose lease was taken over, because it seemed dead, can write no more when it wakes.

create function private.hold_migration_lease(run_id uuid, lease_token uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  held public.migration_runs;
begin
  -- Several connections may write at once; whoever would take the lease over waits for what they write.
  select r.* into held from public.migration_runs as r where r.id = hold_migration_lease.run_id for share;
  if not found then
    raise exception 'There is no migration run %', hold_migration_lease.run_id
      using errcode = '55000', hint = 'Start the run before writing its rows.';
  end if;
  if held.lease_token is distinct from hold_migration_lease.lease_token then
    raise exception 'Another process has taken over migration run %', hold_migration_lease.run_id
      using errcode = '55L01', hint = 'What this one wrote before is kept; see: pnpm migrate runs.';
  end if;
end;
$$;
comment on function private.hold_migration_lease(uuid, uuid) is
  'Raises 55L01 unless the lease of the run still has this token, and keeps it so to the end of the transaction.';
revoke execute on function private.hold_migration_lease(uuid, uuid) from public, anon, authenticated;
grant execute on function private.hold_migration_lease(uuid, uuid) to service_role;

create function private.lease_of_source(source_identity text, lease_token uuid, taken_over uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  held public.migration_runs;
begin
  -- Whoever asks for the same source waits here for the answer of this transaction.
  perform pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtextextended('migration of ' || lease_of_source.source_identity, 0)
  );
  select r.* into held
  from public.migration_runs as r
  where r.source_identity = lease_of_source.source_identity
    and r.lease_token is not null
    and r.lease_token is distinct from lease_of_source.lease_token
    and r.lease_token is distinct from taken_over
    and r.lease_expires_at > pg_catalog.clock_timestamp()
  order by r.lease_expires_at desc
  limit 1;
  if found then
    return pg_catalog.jsonb_build_object(
      'outcome', 'held', 'run_id', held.id, 'token', held.lease_token, 'holder', held.lease_holder,
      'expires_at', held.lease_expires_at,
      'expires_in_ms', pg_catalog.ceil(
        1000 * extract(epoch from held.lease_expires_at - pg_catalog.clock_timestamp())
      )
    );
  end if;
  update public.migration_runs as r
  set
    lease_token = null,
    lease_expires_at = null,
    status = case r.status when 'running' then 'interrupted' else r.status end,
    interrupted_at = coalesce(r.interrupted_at, pg_catalog.now())
  where r.source_identity = lease_of_source.source_identity
    and r.lease_token is not null
    and r.lease_token is distinct from lease_of_source.lease_token;
  return null;
end;
$$;
comment on function private.lease_of_source(text, uuid, uuid) is
  'Null when the source is free for this token: leases that expired, and the one taken over, are ended. Else who has it.';
revoke execute on function private.lease_of_source(text, uuid, uuid) from public, anon, authenticated;
grant execute on function private.lease_of_source(text, uuid, uuid) to service_role;

create or replace function public.start_migration_run(run text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  request constant pg_catalog.jsonb := run::pg_catalog.jsonb;
  wanted constant public.migration_runs := pg_catalog.jsonb_populate_record(null::public.migration_runs, request);
  mine public.migration_runs;
  latest public.migration_runs;
  held pg_catalog.jsonb;
begin
  if wanted.lease_token is not null then
    held := private.lease_of_source(
      wanted.source_identity, wanted.lease_token, (request ->> 'taken_over')::pg_catalog.uuid
    );
    if held is not null then
      return held::pg_catalog.text;
    end if;
    select r.* into mine from public.migration_runs as r where r.lease_token = wanted.lease_token;
    if found then
      -- The answer to the first asking was lost.
      return pg_catalog.jsonb_build_object(
        'outcome', case when mine.id = wanted.id then 'started' else 'resumed' end, 'run_id', mine.id
      )::pg_catalog.text;
    end if;
    select r.* into latest
    from public.migration_runs as r
    where r.source_identity = wanted.source_identity
    order by r.started_at desc, r.id
    limit 1;
    if latest.status = 'rolling_back' then
      return pg_catalog.jsonb_build_object('outcome', 'rolling_back', 'run_id', latest.id)::pg_catalog.text;
    end if;
    if (request ->> 'restart')::pg_catalog.bool is not true
      and latest.status in ('running', 'interrupted', 'failed')
      and latest.schema_version = wanted.schema_version
    then
      if latest.options_digest is distinct from wanted.options_digest then
        return pg_catalog.jsonb_build_object(
          'outcome', 'other_options', 'run_id', latest.id, 'options', latest.options
        )::pg_catalog.text;
      end if;
      update public.migration_runs as r
      set
        status = 'running',
        phase = 'copy',
        progress = null,
        report = null,
        finished_at = null,
        interrupted_at = null,
        source_snapshot = wanted.source_snapshot,
        lease_token = wanted.lease_token,
        lease_holder = wanted.lease_holder,
        lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds'
      where r.id = latest.id;
      return pg_catalog.jsonb_build_object('outcome', 'resumed', 'run_id', latest.id)::pg_catalog.text;
    end if;
  end if;

  insert into public.migration_runs (
    id, source_identity, source_kind, source_location, source_timezone, options, options_digest, schema_version,
    source_snapshot, phase, lease_token, lease_holder, lease_expires_at
  )
  values (
    wanted.id, wanted.source_identity, wanted.source_kind, wanted.source_location, wanted.source_timezone,
    coalesce(wanted.options, '{}'), wanted.options_digest, wanted.schema_version, wanted.source_snapshot,
    case when wanted.lease_token is not null then 'copy' end, wanted.lease_token, wanted.lease_holder,
    case when wanted.lease_token is not null then pg_catalog.clock_timestamp() + interval '30 seconds' end
  )
  on conflict (id) do nothing;
  -- Where the run before went, this one goes too: its owners see it from the start.
  insert into public.migration_run_workspaces (run_id, workspace_id)
  select wanted.id, w.workspace_id
  from public.migration_run_workspaces as w
  join public.workspaces as p on p.id = w.workspace_id
  where w.run_id = latest.id
  on conflict do nothing;
  return pg_catalog.jsonb_build_object('outcome', 'started', 'run_id', wanted.id)::pg_catalog.text;
end;
$$;
comment on function public.start_migration_run(text) is
  'Takes a row of migration_runs as JSON text, with "restart" and "taken_over" (the lease of a process that is dead). '
  'Records a run, or goes on with the newest of the source when it was cut short: {"outcome", "run_id"}, where outcome is '
  'started, resumed, held (by another process: "holder", "token", "expires_in_ms"), other_options (than those it was cut '
  'short with: "options") or rolling_back. The same call twice changes nothing. Without a lease_token no lease is taken.';

create function public.renew_migration_lease(request text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
begin
  update public.migration_runs as r
  set
    lease_expires_at = pg_catalog.clock_timestamp() + interval '30 seconds',
    phase = coalesce(wanted ->> 'phase', r.phase),
    progress = case
      when pg_catalog.jsonb_typeof(wanted -> 'progress') = 'object'
        then (wanted -> 'progress') || pg_catalog.jsonb_build_object('updated_at', pg_catalog.clock_timestamp())
      else r.progress
    end
  where r.id = (wanted ->> 'run_id')::pg_catalog.uuid
    and r.lease_token = (wanted ->> 'lease_token')::pg_catalog.uuid;
  if not found then
    perform private.hold_migration_lease(
      (wanted ->> 'run_id')::pg_catalog.uuid, (wanted ->> 'lease_token')::pg_catalog.uuid
    );
  end if;
  return wanted ->> 'run_id';
end;
$$;
comment on function public.renew_migration_lease(text) is
  'Takes {"run_id", "lease_token", "phase", "progress"}: the lease holds another 30 seconds, and others see how far it is. '
  'Raises 55L01 when the lease is another process''s by now.';
revoke execute on function public.renew_migration_lease(text) from public, anon, authenticated;
grant execute on function public.renew_migration_lease(text) to service_role;

create function private.keep_replaced_rows(run_id uuid)
returns void
language plpgsql
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if exists (select from pg_temp.staged_reasoning_traces as s where s.expected_version is not null) then
    perform 1
    from pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    insert into public.migration_replaced_rows (
      run_id, kind, workspace_id, id, replaced_run_id, replaced_row, replaced_links
    )
    select
      keep_replaced_rows.run_id, 'trace', t.workspace_id, t.id, t.migration_run_id, pg_catalog.to_jsonb(t),
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l)), '[]')
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'trace', t.id)
      )
    from pg_temp.staged_reasoning_traces as s
    join public.reasoning_traces as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::pg_catalog.text = s.expected_version
      and t.migration_run_id is distinct from keep_replaced_rows.run_id
    on conflict do nothing;
  end if;

  if exists (select from pg_temp.staged_memory_items as s where s.expected_version is not null) then
    perform 1
    from pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where s.expected_version is not null
    order by t.workspace_id, t.id
    for update of t;

    insert into public.migration_replaced_rows (
      run_id, kind, workspace_id, id, replaced_run_id, replaced_row, replaced_links
    )
    select
      keep_replaced_rows.run_id, 'memory_item', t.workspace_id, t.id, t.migration_run_id,
      pg_catalog.to_jsonb(t) - 'search_document',
      (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(l)), '[]')
        from public.lineage_links as l
        where (l.workspace_id, l.child_kind, l.child_id) = (t.workspace_id, 'memory_item', t.id)
      )
    from pg_temp.staged_memory_items as s
    join public.memory_items as t on (t.workspace_id, t.id) = (s.workspace_id, s.id)
    where t.xmin::pg_catalog.text = s.expected_version
      and t.migration_run_id is distinct from keep_replaced_rows.run_id
    on conflict do nothing;
  end if;
end;
$$;
comment on function private.keep_replaced_rows(uuid) is
  'Keeps what the staged rows are about to replace, as it is, unless this run wrote it. The rows stay locked, so that what '
  'is kept is what is replaced.';
revoke execute on function private.keep_replaced_rows(uuid) from public, anon, authenticated;
grant execute on function private.keep_replaced_rows(uuid) to service_role;

create function private.merge_migration_staging(run_id uuid, lease_token uuid, journal jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  left_alone jsonb;
  written_count bigint;
begin
  perform private.hold_migration_lease(merge_migration_staging.run_id, merge_migration_staging.lease_token);

  -- The checks of foreign keys keep the plan they got when the tables were nearly empty, which reads a whole
  -- workspace for each row; planning them anew for each batch costs next to nothing.
  discard plans;

  with staged as (
    select s.workspace_id from pg_temp.staged_reasoning_traces as s
    union
    select s.workspace_id from pg_temp.staged_memory_items as s
  ),
  created as (
    insert into public.workspaces (id, name)
    select w.workspace_id, w.workspace_id
    from staged as w
    where not exists (select from public.workspaces as p where p.id = w.workspace_id)
    order by w.workspace_id
    on conflict (id) do nothing
    returning id
  )
  insert into public.migration_run_workspaces as w (run_id, workspace_id, is_new)
  select merge_migration_staging.run_id, s.workspace_id, s.workspace_id in (select c.id from created as c)
  from staged as s
  where s.workspace_id in (select c.id from created as c)
    or not exists (
      select from public.migration_run_workspaces as k
      where (k.run_id, k.workspace_id) = (merge_migration_staging.run_id, s.workspace_id)
    )
  order by s.workspace_id
  on conflict on constraint migration_run_workspaces_pkey do update set is_new = w.is_new or excluded.is_new;

  perform private.keep_replaced_rows(merge_migration_staging.run_id);
  left_alone := private.merge_staged_reasoning_traces(merge_migration_staging.run_id)
    || private.merge_staged_memory_items(merge_migration_staging.run_id);

  -- What was left alone is out of the staging tables by now.
  written_count := (select pg_catalog.count(*) from pg_temp.staged_reasoning_traces)
    + (select pg_catalog.count(*) from pg_temp.staged_memory_items);
  if written_count > 0 then
    insert into public.migration_batches (run_id, fingerprint, rows, written)
    values (
      merge_migration_staging.run_id,
      case when written_count = (journal ->> 'rows')::pg_catalog.int8
        then pg_catalog.decode(journal ->> 'fingerprint', 'hex')
      end,
      coalesce((journal ->> 'rows')::pg_catalog.int8, written_count),
      written_count
    );
  end if;
  return left_alone::pg_catalog.text;
end;
$$;
comment on function private.merge_migration_staging(uuid, uuid, jsonb) is
  'Merges one staged batch and records it: its fingerprint only when all of its rows are written in this transaction. '
  'Returns JSON text: [{"kind", "workspace_id", "id"}, ...] of the rows that were left alone because they changed since the '
  'caller looked. Raises 55L01 when the lease is another process''s.';
revoke execute on function private.merge_migration_staging(uuid, uuid, jsonb) from public, anon, authenticated;
grant execute on function private.merge_migration_staging(uuid, uuid, jsonb) to service_role;

drop function private.merge_migration_staging(uuid);

create or replace function public.write_migration_batch(run_id uuid, batch text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := batch::pg_catalog.jsonb;
begin
  perform private.create_migration_staging();

  insert into pg_temp.staged_reasoning_traces (
    workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model,
    source_embedding, trajectory, outcome, metadata, created_at, source_created_at, extras,
    notes, migrated_digest, links, expected_version
  )
  select
    r.workspace_id, r.id, r.source_id, r.task, r.task_embedding, r.embedding_status,
    r.embedding_model, r.source_embedding, r.trajectory, r.outcome, r.metadata, r.created_at,
    r.source_created_at, r.extras, r.notes, r.migrated_digest, r.links, r.expected_version
  from pg_catalog.jsonb_populate_recordset(
    null::pg_temp.staged_reasoning_traces, content -> 'traces'
  ) as r;

  insert into pg_temp.staged_memory_items (
    workspace_id, id, source_id, trace_id, ordinal, title, description, content,
    content_embedding, embedding_status, embedding_model, source_embedding, error_context,
    pattern_tags, difficulty_level, domain_category, evolution_stage, created_at,
    source_created_at, extras, notes, migrated_digest, links, expected_version
  )
  select
    r.workspace_id, r.id, r.source_id, r.trace_id, r.ordinal, r.title, r.description,
    r.content, r.content_embedding, r.embedding_status, r.embedding_model, r.source_embedding,
    r.error_context, r.pattern_tags, r.difficulty_level, r.domain_category, r.evolution_stage,
    r.created_at, r.source_created_at, r.extras, r.notes, r.migrated_digest, r.links,
    r.expected_version
  from pg_catalog.jsonb_populate_recordset(
    null::pg_temp.staged_memory_items, content -> 'memory_items'
  ) as r;

  return private.merge_migration_staging(
    run_id, (content ->> 'lease_token')::pg_catalog.uuid, content -> 'journal'
  );
end;
$$;

create function public.list_migration_batches(request text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  wanted constant pg_catalog.uuid := (request::pg_catalog.jsonb ->> 'run_id')::pg_catalog.uuid;
  times constant pg_catalog.timestamptz[] := array(
    select distinct b.committed_at from public.migration_batches as b where b.run_id = wanted
  );
  expected constant pg_catalog.int8 := (
    select pg_catalog.sum(b.written) from public.migration_batches as b where b.run_id = wanted
  );
  found_rows pg_catalog.int8;
  untouched_rows pg_catalog.int8;
begin
  select pg_catalog.count(*), pg_catalog.count(*) filter (where r.updated_at = any (times))
  into found_rows, untouched_rows
  from (
    select t.updated_at from public.reasoning_traces as t where t.migration_run_id = wanted
    union all
    select m.updated_at from public.memory_items as m where m.migration_run_id = wanted
  ) as r;
  if found_rows is distinct from expected or found_rows <> untouched_rows then
    return '[]';
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(distinct pg_catalog.encode(b.fingerprint, 'hex')), '[]')
    from public.migration_batches as b
    where b.run_id = wanted and b.fingerprint is not null
  )::pg_catalog.text;
end;
$$;
comment on function public.list_migration_batches(text) is
  'Takes {"run_id"}; returns the fingerprints of the batches that need not be looked at again, as JSON text: none when any '
  'row of the run was changed or deleted since.';
revoke execute on function public.list_migration_batches(text) from public, anon, authenticated;
grant execute on function public.list_migration_batches(text) to service_role;

drop function public.finish_migration_run(uuid, text, text);

create function public.finish_migration_run(run_id uuid, status text, report text, lease_token uuid default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  content constant pg_catalog.jsonb := finish_migration_run.report::pg_catalog.jsonb;
begin
  perform private.hold_migration_lease(finish_migration_run.run_id, finish_migration_run.lease_token);
  update public.migration_runs as r
  set
    status = finish_migration_run.status,
    report = content,
    finished_at = pg_catalog.now(),
    interrupted_at = case when finish_migration_run.status in ('interrupted', 'failed') then pg_catalog.now() end,
    lease_expires_at = pg_catalog.now()
  where r.id = finish_migration_run.run_id;

  insert into public.migration_run_workspaces as w (
    run_id, workspace_id, traces, memory_items, written, updated, conflicts
  )
  select
    finish_migration_run.run_id, n.workspace_id,
    coalesce(pg_catalog.sum(n.traces), 0), coalesce(pg_catalog.sum(n.memory_items), 0),
    coalesce(pg_catalog.sum(n.written), 0), coalesce(pg_catalog.sum(n.updated), 0),
    coalesce(pg_catalog.sum(n.conflicts), 0)
  from (
    select
      e.entry ->> 'workspace_id' as workspace_id, (e.entry ->> 'traces')::pg_catalog.int8 as traces,
      (e.entry ->> 'memory_items')::pg_catalog.int8 as memory_items, 0 as written, 0 as updated, 0 as conflicts
    from pg_catalog.jsonb_array_elements(
      case when pg_catalog.jsonb_typeof(content -> 'workspaces') = 'array' then content -> 'workspaces' else '[]' end
    ) as e (entry)
    union all
    select e.entry ->> 'workspace_id', 0, 0, 0, 0, 1
    from pg_catalog.jsonb_array_elements(
      case when pg_catalog.jsonb_typeof(content -> 'conflicts') = 'array' then content -> 'conflicts' else '[]' end
    ) as e (entry)
    union all
    select t.workspace_id, 0, 0, pg_catalog.count(*), 0, 0
    from public.reasoning_traces as t where t.migration_run_id = finish_migration_run.run_id
    group by t.workspace_id
    union all
    select m.workspace_id, 0, 0, pg_catalog.count(*), 0, 0
    from public.memory_items as m where m.migration_run_id = finish_migration_run.run_id
    group by m.workspace_id
    union all
    select p.workspace_id, 0, 0, 0, pg_catalog.count(*), 0
    from public.migration_replaced_rows as p where p.run_id = finish_migration_run.run_id
    group by p.workspace_id
  ) as n
  where n.workspace_id is not null
  group by n.workspace_id
  on conflict on constraint migration_run_workspaces_pkey do update set
    traces = excluded.traces, memory_items = excluded.memory_items, written = excluded.written,
    updated = excluded.updated, conflicts = excluded.conflicts;
  return finish_migration_run.run_id;
end;
$$;
comment on function public.finish_migration_run(uuid, text, text, uuid) is
  'Closes a run with its status and its report, given as JSON text, ends its lease, and returns its id. Raises 55L01 when '
  'the lease is another process''s.';
revoke execute on function public.finish_migration_run(uuid, text, text, uuid) from public, anon, authenticated;
grant execute on function public.finish_migration_run(uuid, text, text, uuid) to service_role;

comment on column public.migration_runs.lease_expires_at is
  'By the clock of the database; renewed by whoever has the lease, past or null when nobody has it.';
