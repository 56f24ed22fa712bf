-- A search returns min(k, visible) rows and they are the k best, for whoever asks, with and without filters.
begin;
select tests.make_people();
select setseed(0.42);

create temporary table base as
select n, array_agg(random() - 0.5)::real[]::extensions.vector as v
from generate_series(1, 40) as n
cross join generate_series(1, 384) as d
group by n;
create function pg_temp.vector(integer) returns extensions.vector language sql stable as $$
  select extensions.l2_normalize(a.v operator(extensions.+) b.v)
  from base as a, base as b where a.n = 1 + $1 % 40 and b.n = 1 + ($1 * 7 + 3) % 39
$$;

insert into public.reasoning_traces (workspace_id, id, task, outcome, task_embedding, embedding_status, embedding_model, created_at)
select
  w, tests.row_id(w || ' trace ' || n), 'Task ' || n, (array['success', 'failure', 'partial'])[1 + n % 3],
  pg_temp.vector(n), 'present', 'all-MiniLM-L6-v2', '2026-01-01'::timestamptz + n * interval '1 hour'
from (values ('workspace-a', 60), ('workspace-b', 25)) as s (w, rows)
cross join generate_series(1, s.rows) as n;
insert into public.memory_items (
  workspace_id, id, trace_id, title, content, content_embedding, embedding_status, embedding_model, domain_category,
  pattern_tags, difficulty_level, error_context, evolution_stage, created_at
)
select
  w, tests.row_id(w || ' memory ' || n), case when n % 5 <> 0 then tests.row_id(w || ' trace ' || (1 + n % 25)) end,
  'Lesson ' || n, case when n % 4 = 0 then 'Retry the deployment' else 'Cache the answer' end,
  case when n % 11 <> 0 then pg_temp.vector(n * 3) end, case when n % 11 <> 0 then 'present' else 'missing' end,
  case when n % 11 <> 0 then 'all-MiniLM-L6-v2' end, (array['api', 'database', null, 'frontend'])[1 + n % 4],
  case when n % 3 = 0 then array['retry', 'cache'] when n % 3 = 1 then array['cache'] end,
  (array['simple', 'expert'])[1 + n % 2], case when n % 6 = 0 then '{"error": "timeout"}'::jsonb end, n % 4,
  case when n % 9 <> 0 then '2026-01-01'::timestamptz + n * interval '1 hour' end
from (values ('workspace-a', 150), ('workspace-b', 50)) as s (w, rows)
cross join generate_series(1, s.rows) as n;

-- Who asks, for what, and which rows of memory_items that may find.
create temporary table caller (name text, actor text, scope text, visible text);
insert into caller
values
  ('a member', 'owner', 'null', $$r.workspace_id = 'workspace-a'$$),
  ('a viewer', 'viewer', 'null', $$r.workspace_id = 'workspace-a'$$),
  ('a viewer who names A', 'viewer', $$array['workspace-a']$$, $$r.workspace_id = 'workspace-a'$$),
  ('a viewer who names A and B', 'viewer', $$array['workspace-b', 'workspace-a']$$, $$r.workspace_id = 'workspace-a'$$),
  ('a stranger', 'stranger', 'null', $$r.workspace_id = 'workspace-b'$$),
  ('who belongs nowhere', 'newcomer', 'null', 'false'),
  ('the service role about A', 'service_role', $$array['workspace-a']$$, $$r.workspace_id = 'workspace-a'$$),
  ('the service role about both', 'service_role', $$array['workspace-a', 'workspace-b', 'workspace-a']$$, 'true'),
  ('the service role about all', 'service_role', 'null, all_workspaces => true', 'true');
create temporary table filter (name text, arguments text, condition text);
insert into filter
values
  ('nothing', '', 'true'),
  ('a domain', $$domain_filter => array['api']$$, $$r.domain_category = 'api'$$),
  ('two domains', $$domain_filter => array['api', 'frontend']$$, $$r.domain_category in ('api', 'frontend')$$),
  ('a tag', $$tag_filter => array['retry']$$, $$r.pattern_tags && array['retry']$$),
  ('a difficulty', $$difficulty_filter => array['expert']$$, $$r.difficulty_level = 'expert'$$),
  ('no errors', 'include_errors => false', 'r.error_context is null'),
  ('errors alone', 'only_errors => true', 'r.error_context is not null'),
  (
    'an outcome', $$outcome_filter => array['failure']$$,
    $$exists (select from public.reasoning_traces as t
      where (t.workspace_id, t.id) = (r.workspace_id, r.trace_id) and t.outcome = 'failure')$$
  ),
  ('generations', 'min_evolution_stage => 1, max_evolution_stage => 2', 'r.evolution_stage between 1 and 2'),
  (
    'a time', $$created_from => '2026-01-02', created_to => '2026-01-04'$$,
    $$r.created_at >= '2026-01-02' and r.created_at < '2026-01-04'$$
  ),
  (
    'all of them', $$domain_filter => array['api', 'database'], tag_filter => array['cache'], difficulty_filter => array['expert'],
      include_errors => true, min_evolution_stage => 0$$,
    $$r.domain_category in ('api', 'database') and r.pattern_tags && array['cache'] and r.difficulty_level = 'expert'$$
  ),
  ('a domain that is not there', $$domain_filter => array['nowhere']$$, 'false'),
  ('an empty list', $$tag_filter => '{}'$$, 'false');

create function pg_temp.truth(condition text, match_count integer, query extensions.vector) returns text language plpgsql as $$
declare
  answer text;
begin
  execute format(
    $q$
      select string_agg(x.id::text, ' ' order by x.distance, x.workspace_id, x.id)
      from (
        select r.workspace_id, r.id, (r.content_embedding operator(extensions.<=>) $1) + 0 as distance
        from public.memory_items as r
        where r.content_embedding is not null and %s
        order by distance, r.workspace_id, r.id
        limit $2
      ) as x
    $q$, condition
  ) into answer using query, match_count;
  return coalesce(answer, 'none');
end;
$$;
create temporary table probe as
select
  format('select string_agg(id::text, '' '' order by semantic_rank) from public.search_similar_memories(%L, %s, workspace_filter => %s%s)',
    pg_temp.vector(17), k.match_count, c.scope, coalesce(', ' || nullif(f.arguments, ''), '')) as query,
  c.actor,
  pg_temp.truth(format('(%s) and (%s)', c.visible, f.condition), k.match_count, pg_temp.vector(17)) as truth,
  format('%s gets the %s best of what passes %s', c.name, k.match_count, f.name) as description
from caller as c
cross join filter as f
cross join (values (10), (1000)) as k (match_count);

select plan((select count(*) + 10 from probe)::integer);

select is(coalesce(tests.value_as(p.actor, p.query), 'none'), p.truth, p.description) from probe as p;

-- Why it was found
select is(
  tests.value_as('owner', format(
    $$
      select count(*) from public.search_similar_memories(%L, 100) as f
      join public.memory_items as m using (workspace_id, id)
      where abs(f.similarity - (1 - (m.content_embedding operator(extensions.<=>) %1$L))) > 1e-6
        or abs(f.score - (0.6 * greatest(f.similarity, 0) + 0.3 * coalesce(f.recency, 0) + 0.1 * f.error)) > 1e-9
        or f.error <> (m.error_context is not null)::integer
        or f.title <> m.title or f.content <> m.content
    $$, pg_temp.vector(17)
  )), '0', 'a result carries its similarity, and the score made of its parts'
);
select is(
  tests.value_as('owner', format(
    $$
      select count(*) from public.search_similar_memories(%L, 100) as f
      left join public.reasoning_traces as t on (t.workspace_id, t.id) = (f.workspace_id, f.trace_id)
      where f.trace_outcome is distinct from t.outcome or f.trace_created_at is distinct from t.created_at
    $$, pg_temp.vector(17)
  )), '0', 'and how its trace ended, and when'
);
select is(
  tests.value_as('owner', format(
    $$select count(*) filter (where similarity < 0.2) || ' ' || count(*) from public.search_similar_memories(%L, 1000, min_similarity => 0.2)$$,
    pg_temp.vector(17)
  )),
  '0 ' || (
    select count(*) from public.memory_items as m
    where m.workspace_id = 'workspace-a' and 1 - (m.content_embedding operator(extensions.<=>) pg_temp.vector(17)) >= 0.2
  ), 'min_similarity lets through what is as similar, and all of it'
);
select is(
  tests.value_as('owner', format(
    $$select bool_and(score >= next)::text from (
      select score, lead(score) over () as next from public.search_similar_memories(%L, 20, rank_by => 'score')
    ) as s$$, pg_temp.vector(17)
  )), 'true', 'ranked by score, the best score comes first'
);
select is(
  tests.value_as('viewer', format(
    'select string_agg(id::text, '' '' order by semantic_rank) from public.search_similar_traces(%L, 7)', pg_temp.vector(5)
  )),
  (
    select string_agg(x.id::text, ' ' order by x.distance, x.id)
    from (
      select id, task_embedding operator(extensions.<=>) pg_temp.vector(5) as distance
      from public.reasoning_traces where workspace_id = 'workspace-a' order by 2, 1 limit 7
    ) as x
  ), 'traces are found by their tasks, the nearest first'
);
select is(
  tests.value_as('viewer', format(
    $$select count(*) || ' ' || count(distinct outcome) from public.search_similar_traces(%L, 1000, outcome_filter => array['failure'])$$,
    pg_temp.vector(5)
  )), '20 1', 'also by their outcome'
);
select is(
  tests.value_as('viewer', format(
    $$select bool_or(id = %L)::text || ' ' || count(*) from public.find_similar_memories('workspace-a', %1$L, 1000)$$,
    tests.row_id('workspace-a memory 1')
  )), 'false 136', 'what is like an item are all the others with a vector'
);
select is(
  tests.value_as('viewer', $$select count(*) from public.search_memories_by_keyword('deployment', 1000)$$),
  (select count(*)::text from public.memory_items where workspace_id = 'workspace-a' and content ~ 'deployment'),
  'words find every row that holds them'
);
select is(
  tests.value_as('viewer', $$select count(*) from public.search_memories_by_keyword('deploy', 1000)$$),
  (select count(*)::text from public.memory_items where workspace_id = 'workspace-a' and content ~ 'deployment'),
  'and one that is not finished yet'
);
select is(
  tests.value_as('viewer', format(
    $$
      select bool_and(
        abs(fused_score - coalesce(1.0 / (60 + semantic_rank), 0) - coalesce(1.0 / (60 + keyword_rank), 0)) < 1e-9
      )::text || ' ' || count(*)
      from public.search_memories('retry', %L, 20)
    $$, pg_temp.vector(17)
  )), 'true 20', 'meaning and words are fused by reciprocal rank, the parts returned'
);

select * from finish();
rollback;
