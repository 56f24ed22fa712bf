-- What `pnpm migrate verify` asks beside the rows themselves. Nothing of the write path is used, nothing is written. Each
-- takes and returns JSON as text, so that no row cap cuts it and no number loses a digit.

create function public.describe_migrated_source(request text)
returns text
language sql
stable
set search_path = ''
as $$
  with run as (
    select r.*
    from public.migration_runs as r
    where r.source_identity = request::pg_catalog.json ->> 'source_identity'
  ),
  newest as (
    select r.* from run as r order by r.started_at desc, r.id limit 1
  )
  select pg_catalog.json_build_object(
    'runs', (
      select coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_object('id', r.id, 'status', r.status, 'started_at', r.started_at)
          order by r.started_at desc, r.id
        ),
        '[]'
      )
      from run as r
    ),
    'source_timezone', (select n.source_timezone from newest as n),
    'default_workspace', (select n.options ->> 'default_workspace' from newest as n),
    'refused', coalesce(
      (
        select pg_catalog.jsonb_path_query_array(
          r.report, '$.rejects[*] ? (@.code == "refused_by_target").source_id'
        )
        from run as r
        where r.report is not null
        order by r.started_at desc, r.id
        limit 1
      ),
      '[]'
    )
  )::pg_catalog.text
$$;
comment on function public.describe_migrated_source(text) is
  'Takes {"source_identity"}; returns its runs, the newest first, what the newest one read times without a zone in and '
  'where it put records without a workspace, and the source ids that the database refused in the last finished one.';
revoke execute on function public.describe_migrated_source(text) from public, anon, authenticated;
grant execute on function public.describe_migrated_source(text) to service_role;

-- Pages are walked along the primary key; a sort would read everything for each of them.
create function public.list_migrated_rows(request text)
returns text
language plpgsql
stable
set search_path = ''
set enable_sort = off
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  after_workspace constant pg_catalog.text := coalesce(wanted #>> '{after,0}', '');
  after_id constant pg_catalog.uuid := coalesce(
    wanted #>> '{after,1}', '00000000-0000-0000-0000-000000000000'
  )::pg_catalog.uuid;
  page_size constant integer := (wanted ->> 'page_size')::pg_catalog.int4;
  runs constant pg_catalog.uuid[] := array(
    select r.id from public.migration_runs as r where r.source_identity = wanted ->> 'source_identity'
  );
begin
  if wanted ->> 'kind' = 'trace' then
    return (
      select coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_array(p.workspace_id, p.id, false) order by p.workspace_id, p.id
        ),
        '[]'
      )
      from (
        select t.workspace_id, t.id
        from public.reasoning_traces as t
        where (t.workspace_id, t.id) > (after_workspace, after_id) and t.migration_run_id = any (runs)
        order by t.workspace_id, t.id
        limit page_size
      ) as p
    );
  end if;
  return (
    select coalesce(
      pg_catalog.json_agg(
        pg_catalog.json_build_array(
          p.workspace_id,
          p.id,
          p.trace_id is not null and not exists (
            select from public.reasoning_traces as t where (t.workspace_id, t.id) = (p.workspace_id, p.trace_id)
          )
        )
        order by p.workspace_id, p.id
      ),
      '[]'
    )
    from (
      select m.workspace_id, m.id, m.trace_id
      from public.memory_items as m
      where (m.workspace_id, m.id) > (after_workspace, after_id) and m.migration_run_id = any (runs)
      order by m.workspace_id, m.id
      limit page_size
    ) as p
  );
end;
$$;
comment on function public.list_migrated_rows(text) is
  'Takes {"source_identity", "kind", "after", "page_size"}; returns [[workspace_id, id, its trace is missing], ...] of the rows '
  'that any run of the source wrote, after the given [workspace_id, id], in the order of the primary key.';
revoke execute on function public.list_migrated_rows(text) from public, anon, authenticated;
grant execute on function public.list_migrated_rows(text) to service_role;

create function public.list_open_links(request text)
returns text
language plpgsql
stable
set search_path = ''
set enable_sort = off
as $$
declare
  wanted constant pg_catalog.jsonb := request::pg_catalog.jsonb;
  page public.lineage_links[];
  last public.lineage_links;
begin
  page := array(
    select l
    from public.lineage_links as l
    where l.workspace_id = wanted ->> 'workspace_id'
      and (l.child_kind, l.child_id, l.relation, l.ordinal) > (
        coalesce(wanted #>> '{after,0}', ''),
        coalesce(wanted #>> '{after,1}', '00000000-0000-0000-0000-000000000000')::pg_catalog.uuid,
        coalesce(wanted #>> '{after,2}', ''),
        coalesce((wanted #>> '{after,3}')::pg_catalog.int4, 0)
      )
    order by l.child_kind, l.child_id, l.relation, l.ordinal
    limit (wanted ->> 'page_size')::pg_catalog.int4
  );
  if pg_catalog.cardinality(page) > 0 then
    last := page[pg_catalog.cardinality(page)];
  end if;
  return (
    select pg_catalog.json_build_object(
      'links', pg_catalog.cardinality(page),
      'next', case
        when last.child_id is not null then
          pg_catalog.json_build_array(last.child_kind, last.child_id, last.relation, last.ordinal)
      end,
      'open', coalesce(
        pg_catalog.json_agg(
          pg_catalog.json_build_object(
            'child_kind', o.child_kind, 'child_id', o.child_id, 'relation', o.relation, 'target_kind', o.target_kind,
            'target_id', o.target_id, 'child_is_missing', o.child_is_missing, 'target_is_missing', o.target_is_missing
          )
        ) filter (where o.child_is_missing or o.target_is_missing),
        '[]'
      )
    )::pg_catalog.text
    from (
      select
        l.*,
        not private.is_there(l.child_kind, l.workspace_id, l.child_id) as child_is_missing,
        not private.is_there(l.target_kind, l.workspace_id, l.target_id) as target_is_missing
      from pg_catalog.unnest(page) as l
    ) as o
  );
end;
$$;
comment on function public.list_open_links(text) is
  'Takes {"workspace_id", "after", "page_size"}; returns {"links", "next", "open"}: how many links were looked at, where to go '
  'on (null at the end), and those of which an end is not in the workspace.';
revoke execute on function public.list_open_links(text) from public, anon, authenticated;
grant execute on function public.list_open_links(text) to service_role;

create function public.explain_changed_rows(request text)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    pg_catalog.json_agg(
      pg_catalog.json_build_array(
        k.workspace_id,
        k.id,
        pg_catalog.to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        c.updated_at > c.inserted_at
          and (r.id is null or c.inserted_at >= r.started_at or c.updated_at > r.finished_at) is true,
        exists (
          select from public.archived_traces as a
          where a.workspace_id = k.workspace_id
            and case request::pg_catalog.json ->> 'kind'
              when 'trace' then a.id = k.id
              else a.id = k.trace_id
                and a.memory_items @> pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('id', k.id))
            end
        )
      )
    ),
    '[]'
  )::pg_catalog.text
  from pg_catalog.json_to_recordset(request::pg_catalog.json -> 'keys')
    as k (workspace_id pg_catalog.text, id pg_catalog.uuid, trace_id pg_catalog.uuid)
  left join lateral (
    select t.inserted_at, t.updated_at, t.migration_run_id
    from public.reasoning_traces as t
    where request::pg_catalog.json ->> 'kind' = 'trace' and (t.workspace_id, t.id) = (k.workspace_id, k.id)
    union all
    select m.inserted_at, m.updated_at, m.migration_run_id
    from public.memory_items as m
    where request::pg_catalog.json ->> 'kind' = 'memory_item' and (m.workspace_id, m.id) = (k.workspace_id, k.id)
  ) as c on true
  left join public.migration_runs as r on r.id = c.migration_run_id
$$;
comment on function public.explain_changed_rows(text) is
  'Takes {"kind", "keys": [{"workspace_id", "id", "trace_id"}]}; returns [[workspace_id, id, updated_at, it was written to after '
  'its migration, it is archived], ...]. A change made with the triggers off leaves no time and is nobody''s edit.';
revoke execute on function public.explain_changed_rows(text) from public, anon, authenticated;
grant execute on function public.explain_changed_rows(text) to service_role;

create function private.compare_statistics(workspace_id text)
returns setof private.statistics_change
language sql
stable
security definer
set search_path = ''
as $$
  select c.* from private.statistics_corrections(compare_statistics.workspace_id) as c
$$;
comment on function private.compare_statistics(text) is
  'Security definer: what counts a row is granted to nobody, and a service role that only looks need not be able to count.';
revoke execute on function private.compare_statistics(text) from public, anon;
grant execute on function private.compare_statistics(text) to service_role;

create function public.compare_statistics(request text)
returns text
language sql
stable
set search_path = ''
as $$
  with counts as (
    select pg_catalog.count(*) as compared
    from (
      select distinct k.subject, k.facet, k.value, k.day
      from private.current_counts as k
      where k.workspace_id = request::pg_catalog.json ->> 'workspace_id'
    ) as d
  ),
  correction as (
    select c.* from private.compare_statistics(request::pg_catalog.json ->> 'workspace_id') as c
  )
  select pg_catalog.json_build_object(
    'compared', (select c.compared from counts as c),
    'wrong', (select pg_catalog.count(*) from correction as c),
    'examples', (
      select coalesce(pg_catalog.json_agg(e.label), '[]')
      from (
        select
          pg_catalog.concat_ws(' ', c.subject, c.facet, nullif(c.value, ''), c.day) || ': '
            || pg_catalog.concat_ws(
              ', ',
              pg_catalog.to_char(nullif(c.row_count, 0), 'SFM999999999999') || ' rows',
              pg_catalog.to_char(nullif(c.embedded_count, 0), 'SFM999999999999') || ' with a vector',
              pg_catalog.to_char(nullif(c.error_count, 0), 'SFM999999999999') || ' with an error',
              pg_catalog.to_char(nullif(c.orphan_count, 0), 'SFM999999999999') || ' without a trace',
              pg_catalog.to_char(nullif(c.stage_sum, 0), 'SFM999999999999') || ' generations',
              pg_catalog.to_char(nullif(c.byte_count, 0), 'SFM999999999999') || ' bytes'
            ) as label
        from correction as c
        order by pg_catalog.abs(c.row_count) desc, c.subject, c.facet, c.value, c.day
        limit 5
      ) as e
    )
  )::pg_catalog.text
$$;
comment on function public.compare_statistics(text) is
  'Takes {"workspace_id"}; counts its rows anew and returns {"compared", "wrong", "examples"}: how many of the kept counts '
  'differ from that, and what would have to be added to some. Nothing is corrected.';
revoke execute on function public.compare_statistics(text) from public, anon, authenticated;
grant execute on function public.compare_statistics(text) to service_role;
