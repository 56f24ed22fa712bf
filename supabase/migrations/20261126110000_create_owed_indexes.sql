-- A large load is several times faster without the indexes of vectors, and one build afterwards costs less than a row
-- at a time. What was dropped is owed: recorded in the transaction that drops it, struck out in the one that builds it.

create table public.migration_owed_indexes (
  index_name text primary key,
  table_name text not null check (table_name in ('reasoning_traces', 'memory_items')),
  definition text not null,
  run_id uuid not null,
  dropped_at timestamptz not null default pg_catalog.now()
);
comment on table public.migration_owed_indexes is
  'Indexes that a migration dropped for its load and has not built again yet. Searches compare every row meanwhile. '
  'Nobody but the owner of the tables writes it, because the definitions are executed.';
comment on column public.migration_owed_indexes.definition is 'The statement that builds it.';
comment on column public.migration_owed_indexes.run_id is 'The migration run that dropped it.';

alter table public.migration_owed_indexes enable row level security;

revoke all on public.migration_owed_indexes from public, anon, authenticated, service_role;
grant select on public.migration_owed_indexes to service_role;

create function private.vector_indexes()
returns table (index_name text, table_name text, definition text, is_valid boolean, is_being_built boolean, is_mine boolean)
language sql
stable
set search_path = ''
as $$
  select
    c.relname::pg_catalog.text,
    t.relname::pg_catalog.text,
    pg_catalog.pg_get_indexdef(i.indexrelid),
    i.indisvalid and i.indisready,
    exists (
      select from pg_catalog.pg_stat_progress_create_index as p where p.index_relid = i.indexrelid
    ),
    pg_catalog.pg_has_role(c.relowner, 'usage')
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as a on a.oid = c.relam
  join pg_catalog.pg_class as t on t.oid = i.indrelid
  where i.indrelid in ('public.reasoning_traces'::pg_catalog.regclass, 'public.memory_items'::pg_catalog.regclass)
    and a.amname in ('hnsw', 'ivfflat')
$$;
comment on function private.vector_indexes() is
  'The indexes of vectors that there are, whoever made them, and whether the caller may drop them.';
revoke execute on function private.vector_indexes() from public, anon;
grant execute on function private.vector_indexes() to service_role;

create function private.try_index_lock()
returns boolean
language sql
set search_path = ''
as $$
  select pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('public.migration_owed_indexes', 0))
$$;
comment on function private.try_index_lock() is
  'Only one drops or builds the indexes of vectors at a time; held to the end of the transaction, so a pooler will do.';
revoke execute on function private.try_index_lock() from public, anon;

create function public.list_owed_indexes()
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'index_name', o.index_name, 'table_name', o.table_name, 'problem', o.problem,
        'run_id', o.run_id, 'dropped_at', o.dropped_at
      )
      order by o.index_name
    ),
    '[]'
  )::pg_catalog.text
  from (
    select d.index_name, d.table_name, 'dropped' as problem, d.run_id, d.dropped_at
    from public.migration_owed_indexes as d
    where not exists (
      select from private.vector_indexes() as v where v.index_name = d.index_name and v.is_valid
    )
    union all
    select v.index_name, v.table_name, 'invalid', null, null
    from private.vector_indexes() as v
    where not v.is_valid and not v.is_being_built
      and not exists (
        select from public.migration_owed_indexes as d where d.index_name = v.index_name
      )
  ) as o
$$;
comment on function public.list_owed_indexes() is
  'Indexes of vectors that a migration still has to build, as JSON text: dropped for a load, or left invalid by a build '
  'that broke.';
revoke execute on function public.list_owed_indexes() from public, anon, authenticated;
grant execute on function public.list_owed_indexes() to service_role;

create function private.count_vectors(table_name text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(pg_catalog.sum(c.embedded_count), 0)::pg_catalog.int8
  from private.current_counts as c
  where c.subject = case table_name when 'reasoning_traces' then 'reasoning_trace' else 'memory_item' end
    and c.facet = 'total'
$$;
comment on function private.count_vectors(text) is 'Rows with a vector, from the counts alone.';
revoke execute on function private.count_vectors(text) from public, anon;

create function private.count_rows_of_source(run_id uuid, table_name text)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  runs constant pg_catalog.uuid[] := array(
    select r.id
    from public.migration_runs as r
    where r.source_identity = (select o.source_identity from public.migration_runs as o where o.id = run_id)
  );
begin
  if table_name = 'reasoning_traces' then
    return (select pg_catalog.count(*) from public.reasoning_traces as t where t.migration_run_id = any (runs));
  end if;
  return (select pg_catalog.count(*) from public.memory_items as m where m.migration_run_id = any (runs));
end;
$$;
comment on function private.count_rows_of_source(uuid, text) is
  'Rows that this run or earlier ones of the same source have written, and this one need not write.';
revoke execute on function private.count_rows_of_source(uuid, text) from public, anon;

create function private.drop_vector_indexes(run_id uuid, trace_vectors bigint, memory_item_vectors bigint)
returns text
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  -- Fewer rows are inserted into the graph in about a second.
  fewest_rows constant bigint := 1000::pg_catalog.int8;
  candidate record;
  dropped jsonb := '[]'::pg_catalog.jsonb;
begin
  if not private.try_index_lock() then
    return dropped::pg_catalog.text;
  end if;
  delete from public.migration_owed_indexes as d
  using private.vector_indexes() as v
  where v.index_name = d.index_name and v.is_valid;

  for candidate in
    select
      v.index_name, v.table_name, v.definition,
      private.count_vectors(v.table_name) as there,
      case v.table_name when 'reasoning_traces' then trace_vectors else memory_item_vectors end
        - private.count_rows_of_source(drop_vector_indexes.run_id, v.table_name) as to_come
    from private.vector_indexes() as v
    where v.is_valid and v.is_mine
    order by v.index_name
  loop
    continue when candidate.to_come < fewest_rows or 4 * candidate.to_come <= candidate.there;
    begin
      insert into public.migration_owed_indexes (index_name, table_name, definition, run_id)
      values (candidate.index_name, candidate.table_name, candidate.definition, drop_vector_indexes.run_id);
      execute pg_catalog.format('drop index public.%I', candidate.index_name);
      dropped := dropped || pg_catalog.to_jsonb(candidate.index_name);
    exception when lock_not_available then
      -- Somebody reads the table for long: the load is slower with the index, and as good.
      null;
    end;
  end loop;
  return dropped::pg_catalog.text;
end;
$$;
comment on function private.drop_vector_indexes(uuid, bigint, bigint) is
  'Drops the indexes of vectors whose tables are about to get more than a quarter of the rows they have, and records the '
  'debt. Returns their names as JSON text. Building costs about a quarter of inserting a row at a time: see '
  'benchmarks/README.md.';
revoke execute on function private.drop_vector_indexes(uuid, bigint, bigint) from public, anon;

create function private.build_owed_index(run_id uuid, index_name text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  owed pg_catalog.text;
  existing record;
begin
  if not private.try_index_lock() then
    return 'busy';
  end if;
  if exists (
    select from public.migration_runs as r
    where r.id <> build_owed_index.run_id and r.status = 'running' and r.phase = 'copy'
      and r.lease_expires_at > pg_catalog.clock_timestamp()
  ) then
    return 'loading';
  end if;
  select d.definition into owed
  from public.migration_owed_indexes as d where d.index_name = build_owed_index.index_name;
  select v.* into existing
  from private.vector_indexes() as v where v.index_name = build_owed_index.index_name;

  if existing.is_being_built then
    return 'busy';
  end if;
  begin
    if existing.is_valid is not true and coalesce(owed, existing.definition) is not null then
      if existing.index_name is not null then
        execute pg_catalog.format('drop index public.%I', build_owed_index.index_name);
      end if;
      execute coalesce(owed, existing.definition);
    end if;
  exception when lock_not_available then
    return 'busy';
  end;
  delete from public.migration_owed_indexes as d where d.index_name = build_owed_index.index_name;
  return 'built';
end;
$$;
comment on function private.build_owed_index(uuid, text) is
  'Builds one index that is owed and strikes out the debt, in one transaction: one that breaks leaves the debt and no '
  'invalid index. Returns busy where somebody else is at it or holds the table, loading where another run still copies: '
  'it would wait for the build, and then write row by row into the index. The last one builds.';
revoke execute on function private.build_owed_index(uuid, text) from public, anon;
