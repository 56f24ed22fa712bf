-- Up to 4000 candidates every row is compared, above them the index is asked: in either case no settings stay behind, and
-- nothing a caller sees depends on the rows of others.
begin;
select plan(34);
select tests.make_people();
select setseed(0.42);

create temporary table base as
select n, array_agg(random() - 0.5)::real[]::extensions.vector as v
from generate_series(1, 60) as n
cross join generate_series(1, 384) as d
group by n;
create function pg_temp.vector(integer) returns extensions.vector language sql stable as $$
  select extensions.l2_normalize(a.v operator(extensions.+) b.v operator(extensions.+) c.v)
  from base as a, base as b, base as c
  where a.n = 1 + $1 % 60 and b.n = 1 + ($1 / 60) % 59 and c.n = 1 + ($1 * 7) % 53
$$;

-- Built once over all rows, as it was defined: a graph grown row by row takes ten times as long.
create temporary table definition as select pg_get_indexdef('public.memory_items_embedding_index'::regclass) as sql;
drop index public.memory_items_embedding_index;
insert into public.memory_items (
  workspace_id, id, title, content, content_embedding, embedding_status, embedding_model, domain_category, created_at
)
select
  'workspace-a', tests.row_id('a ' || n), 'Lesson ' || n, 'x', pg_temp.vector(n), 'present', 'all-MiniLM-L6-v2',
  case when n <= 4000 then 'large' when n <= 4001 then 'edge' else 'small' end, '2026-01-01'::timestamptz + n * interval '1 minute'
from generate_series(1, 4030) as n;
insert into public.memory_items (workspace_id, id, title, content, content_embedding, embedding_status, embedding_model)
select 'workspace-b', tests.row_id('b ' || n), 'Lesson ' || n, 'x', pg_temp.vector(n * 331), 'present', 'all-MiniLM-L6-v2'
from generate_series(1, 10) as n;
do $$ begin execute (select sql from definition); end; $$;

-- How often the index was asked by a search.
create function pg_temp.index_scans(actor text, search text) returns bigint language plpgsql as $$
declare
  before constant bigint := pg_stat_get_xact_numscans('public.memory_items_embedding_index'::regclass);
begin
  perform tests.value_as(actor, format('select count(*) from %s', search));
  return pg_stat_get_xact_numscans('public.memory_items_embedding_index'::regclass) - before;
end;
$$;
create function pg_temp.search(n integer, arguments text default '') returns text language sql as $$
  select format('public.search_similar_memories(%L%s)', pg_temp.vector(n), coalesce(', ' || nullif(arguments, ''), ''))
$$;
create function pg_temp.ids(actor text, search text) returns text[] language sql as $$
  select tests.value_as(actor, format('select array_agg(id order by semantic_rank) from %s', search))::text[]
$$;
create function pg_temp.truth(n integer, workspace text, match_count integer) returns text[] language sql as $$
  select array_agg(x.id::text order by x.distance, x.id)
  from (
    select m.id, (m.content_embedding operator(extensions.<=>) q.v) + 0 as distance
    from (select pg_temp.vector(truth.n) as v offset 0) as q
    cross join public.memory_items as m
    where m.workspace_id = workspace
    order by distance, m.id limit match_count
  ) as x
$$;
create function pg_temp.overlap(found text[], truth text[]) returns bigint language sql as $$
  select count(*) from unnest(found) as f (id) where f.id = any (truth)
$$;

-- The yardstick
create function pg_temp.exactly(n integer) returns text language sql as $$
  select format('public.search_similar_memories_exactly(%L, 25)', pg_temp.vector(n))
$$;
select is(pg_temp.index_scans('owner', pg_temp.exactly(7)), 0::bigint, 'the exact search never asks the index');
select is(
  pg_temp.ids('owner', pg_temp.exactly(7)), pg_temp.truth(7, 'workspace-a', 25), 'and finds the nearest there are, in their order'
);

-- Which way is taken
select is(pg_temp.index_scans('owner', pg_temp.search(7)), 1::bigint, 'above 4000 candidates the index is asked');
select is(
  pg_temp.index_scans('owner', pg_temp.search(7, $$domain_filter => array['large']$$)), 0::bigint,
  'at 4000 candidates every row is compared'
);
select is(
  pg_temp.index_scans('owner', pg_temp.search(7, $$domain_filter => array['large', 'edge']$$)), 1::bigint,
  'at 4001 the index is asked'
);
select is(
  pg_temp.index_scans('owner', pg_temp.search(7, $$domain_filter => array['small']$$)), 0::bigint,
  'a filter that leaves few rows has them all compared'
);
select is(pg_temp.index_scans('stranger', pg_temp.search(7)), 0::bigint, 'a small workspace beside a large one does without');
select is(
  pg_temp.index_scans('service_role', pg_temp.search(7, $$workspace_filter => array['workspace-b']$$)), 0::bigint,
  'also for the service role'
);
select is(
  pg_temp.index_scans('service_role', pg_temp.search(7, 'all_workspaces => true')), 1::bigint,
  'which asks the index about everything'
);

-- What comes back
select is(
  cardinality(pg_temp.ids('owner', pg_temp.search(7, format('match_count => %s', k)))), least(k, 4030),
  format('the index gives %s rows when %s are asked for', least(k, 4030), k)
)
from unnest(array[1, 10, 200, 1000]) as k;
select cmp_ok(
  (select sum(pg_temp.overlap(pg_temp.ids('owner', pg_temp.search(n * 97)), pg_temp.truth(n * 97, 'workspace-a', 10)))
    from generate_series(1, 20) as n),
  '>=', 198::numeric, 'of 200 true nearest rows it finds at least 198'
);
select is(
  tests.value_as('owner', format('select bool_and(similarity >= next)::text from (select similarity, lead(similarity) over (order by semantic_rank) as next from %s) as s', pg_temp.search(7, 'match_count => 100'))),
  'true', 'and they come in order'
);
select is(
  pg_temp.ids('owner', pg_temp.search(7, $$match_count => 50, created_from => '2026-01-03T19:00:00Z'$$)),
  (
    select array_agg(x.id::text order by x.distance, x.id) from (
      select m.id, (m.content_embedding operator(extensions.<=>) q.v) + 0 as distance
      from (select pg_temp.vector(7) as v offset 0) as q
      cross join public.memory_items as m where m.created_at >= '2026-01-03T19:00:00Z'
    ) as x
  ), 'where the index gives too few, every row is compared'
);
select is(
  cardinality(pg_temp.ids('owner', pg_temp.search(7, $$match_count => 50, created_from => '2026-01-03T19:00:00Z'$$))), 11,
  'which are those that the filter lets through'
);

-- Attack 42: a filter that the index knows nothing of
set local statement_timeout = '8s';
select is(
  pg_temp.index_scans('owner', pg_temp.search(7, $$match_count => 50, created_from => '2026-01-03T19:00:00Z'$$)), 1::bigint,
  'attack 42: the index is asked for what it has hardly any of'
);
select is(
  cardinality(pg_temp.ids('owner', pg_temp.search(7, $$match_count => 50, created_from => '2026-01-03T19:00:00Z'$$))), 11,
  'attack 42: and the answer comes within the time that a user has'
);
select is(
  pg_temp.ids('owner', pg_temp.search(7, $$match_count => 50, created_from => '2027-01-01'$$)), null,
  'attack 42: also when it is that there is nothing'
);
reset statement_timeout;

-- Attack 37 and 38: ten rows of B among thousands of A
select is(
  (select sum(pg_temp.overlap(pg_temp.ids('stranger', pg_temp.search(n * 97, 'match_count => 5')), pg_temp.truth(n * 97, 'workspace-b', 5)))
    from generate_series(1, 20) as n),
  100::numeric, 'attack 37: at twenty places within the rows of A the five best of B are found, always'
);
select is(
  (select array_agg(distinct cardinality(pg_temp.ids('stranger', pg_temp.search(n * 97)))) from generate_series(1, 20) as n),
  array[10], 'attack 38: however dense A is at a place, B gets its ten rows'
);
select is(
  cardinality(pg_temp.ids('stranger', format(
    'public.search_similar_memories(%L)', (
      select v operator(extensions.*) array_fill(-1::real, array[384])::extensions.vector from base where base.n = 1
    )
  ))), 10, 'attack 38: and where A has nothing'
);
select is(
  (select count(distinct pg_temp.ids('stranger', pg_temp.search(97, 'match_count => 10')))
    from generate_series(1, 2)), 1::bigint, 'attack 38: the same twice'
);
create temporary table before_delete as select pg_temp.ids('stranger', pg_temp.search(7)) as ids;
select tests.run_as('owner', $$delete from public.memory_items where domain_category = 'large'$$);
select is(
  pg_temp.ids('stranger', pg_temp.search(7)), (select ids from before_delete),
  'attack 38: when A loses its rows, nothing changes for B'
);
select is(cardinality(pg_temp.ids('owner', pg_temp.search(7, 'match_count => 100'))), 30, 'A has those that are left');
select is(pg_temp.index_scans('owner', pg_temp.search(7)), 0::bigint, 'and has them compared again');
insert into public.memory_items (workspace_id, id, title, content, content_embedding, embedding_status, embedding_model, domain_category)
select 'workspace-a', tests.row_id('a ' || n), 'Lesson', 'x', pg_temp.vector(n % 40), 'present', 'all-MiniLM-L6-v2', 'large'
from generate_series(1, 3) as n;

-- Settings
create temporary table setting (name text, own text);
insert into setting
values
  ('enable_sort', 'off'), ('jit', 'off'), ('hnsw.iterative_scan', 'strict_order'), ('hnsw.ef_search', '77'),
  ('hnsw.max_scan_tuples', '12345'), ('work_mem', '5MB');
create function pg_temp.settings() returns text language sql as $$
  select string_agg(name || '=' || current_setting(name), ' ' order by name) from setting
$$;
create temporary table before_search as select pg_temp.settings() as settings;
select is(pg_temp.index_scans('service_role', pg_temp.search(7, 'all_workspaces => true, match_count => 1000')), 0::bigint, 'a search');
select is(pg_temp.settings(), (select settings from before_search), 'attack 41: after a search all settings are as before');
select is(
  tests.attempt('owner', 'select public.search_similar_memories(null)'), '22023', 'a search that fails'
);
select is(pg_temp.settings(), (select settings from before_search), 'attack 41: after an error too');
select set_config(name, own, true) from setting;
update before_search set settings = pg_temp.settings();
select is(
  pg_temp.ids('stranger', pg_temp.search(7)), (select ids from before_delete), 'a search finds the same under settings of the caller'
);
select is(pg_temp.settings(), (select settings from before_search), 'attack 41: which he finds as he left them');
select is(
  pg_temp.settings(),
  'enable_sort=off hnsw.ef_search=77 hnsw.iterative_scan=strict_order hnsw.max_scan_tuples=12345 jit=off work_mem=5MB',
  'attack 41: they are his'
);
select set_config('enable_sort', 'on', true);

select * from finish();
rollback;
