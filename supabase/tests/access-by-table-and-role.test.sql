-- Every table of the catalog x actor x command, tried on rows of workspace A. A new table fails until it is classified here.
begin;
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');

-- Which row of A is read, changed and deleted, and which one is added.
create temporary table probe (relation text primary key, row_filter text not null, new_row jsonb not null);
insert into probe (relation, row_filter, new_row)
values
  ('public.workspaces', $$id = 'workspace-a'$$, '{"id": "workspace-c", "name": "C"}'),
  (
    'public.workspace_members', format('workspace_id = %L and user_id = %L', 'workspace-a', tests.user_id('anonymous')),
    jsonb_build_object('workspace_id', 'workspace-a', 'user_id', tests.user_id('newcomer'), 'role', 'viewer')
  ),
  (
    'public.workspace_invitations', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'email', 'other@example.com', 'role', 'owner', 'expires_at', now() + interval '1 day',
      'token_hash', sha256('other'), 'id', gen_random_uuid(), 'created_at', now()
    )
  ),
  (
    'public.migration_runs', format('id = %L', tests.row_id('workspace-a run')),
    jsonb_build_object(
      'id', gen_random_uuid(), 'status', 'running', 'source_identity', 'x', 'source_kind', 'x', 'source_location', 'x',
      'source_timezone', 'UTC', 'options', '{}'::jsonb, 'started_at', now()
    )
  ),
  (
    'public.migration_run_workspaces', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'run_id', tests.row_id('workspace-a run'), 'workspace_id', 'workspace-c', 'is_new', false, 'traces', 0,
      'memory_items', 0, 'written', 0, 'updated', 0, 'conflicts', 0
    )
  ),
  (
    'public.migration_batches', format('run_id = %L', tests.row_id('workspace-a run')),
    jsonb_build_object('run_id', tests.row_id('workspace-a run'), 'rows', 1, 'written', 1, 'committed_at', now())
  ),
  (
    'public.migration_replaced_rows', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'run_id', tests.row_id('workspace-a run'), 'kind', 'trace', 'workspace_id', 'workspace-a', 'id', gen_random_uuid(),
      'replaced_row', '{}'::jsonb, 'replaced_links', '[]'::jsonb
    )
  ),
  (
    'public.migration_verifications', format('id = %L', tests.row_id('workspace-a verification')),
    jsonb_build_object(
      'id', gen_random_uuid(), 'status', 'running', 'source_identity', 'x', 'binding', 'x', 'started_at', now(),
      'updated_at', now()
    )
  ),
  (
    'public.migration_owed_indexes', $$index_name = 'workspace-a'$$,
    jsonb_build_object(
      'index_name', 'x', 'table_name', 'memory_items', 'definition', 'x', 'run_id', gen_random_uuid(), 'dropped_at', now()
    )
  ),
  (
    'public.reasoning_traces', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object('workspace_id', 'workspace-a', 'id', gen_random_uuid(), 'task', 'x', 'embedding_status', 'missing')
  ),
  (
    'public.memory_items', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'id', gen_random_uuid(), 'title', 'x', 'content', 'x', 'embedding_status', 'missing'
    )
  ),
  (
    'public.lineage_links', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'child_kind', 'memory_item', 'child_id', gen_random_uuid(), 'relation', 'parent',
      'ordinal', 0, 'target_kind', 'memory_item', 'target_id', gen_random_uuid()
    )
  ),
  (
    'public.retrieval_events', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'id', gen_random_uuid(), 'occurred_at', now(), 'backend', 'x',
      'search_kind', 'semantic', 'match_count', 1, 'result_count', 0
    )
  ),
  (
    'public.retrieval_results', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'event_id', tests.row_id('workspace-a event'), 'rank', 2, 'result_id', gen_random_uuid()
    )
  ),
  (
    'public.archived_traces', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'id', gen_random_uuid(), 'archived_at', now(), 'trace', '{}'::jsonb,
      'memory_items', '[]'::jsonb, 'lineage_links', '[]'::jsonb
    )
  ),
  (
    'public.memory_maps', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'embedding_model', 'other', 'method', 'pca', 'source_vectors', 1, 'source_digest', 'x',
      'computed_at', now(), 'ids', array[gen_random_uuid()], 'x', array[0], 'y', array[0]
    )
  ),
  (
    'public.saved_views', $$workspace_id = 'workspace-a'$$,
    jsonb_build_object(
      'workspace_id', 'workspace-a', 'id', gen_random_uuid(), 'user_id', tests.user_id('owner'), 'page', 'traces',
      'name', 'Failures', 'query', 'outcome=failure'
    )
  ),
  (
    'private.statistics_counts', $$workspace_id = 'workspace-a'$$,
    '{"workspace_id": "workspace-a", "subject": "memory_item", "facet": "tag", "row_count": 1, "embedded_count": 0,
      "error_count": 0, "orphan_count": 0, "stage_sum": 0, "byte_count": 0}'
  ),
  (
    'private.current_counts', $$workspace_id = 'workspace-a'$$, '{"workspace_id": "workspace-a", "subject": "memory_item"}'
  ),
  (
    'private.statistics_changes', $$workspace_id = 'workspace-a'$$,
    '{"workspace_id": "workspace-a", "subject": "memory_item", "facet": "tag", "row_count": 1, "embedded_count": 0,
      "error_count": 0, "orphan_count": 0, "stage_sum": 0, "byte_count": 0}'
  );

create temporary table expected (
  relation text, command text,
  anon text, owner text, editor text, viewer text, stranger text, removed text, anonymous text, service_role text,
  primary key (relation, command)
);
insert into expected
values
  ('public.workspaces', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspaces', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.workspaces', 'update', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspaces', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.workspace_members', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspace_members', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.workspace_members', 'update', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspace_members', 'delete', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspace_invitations', 'select', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.workspace_invitations', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.workspace_invitations', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.workspace_invitations', 'delete', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.migration_runs', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_runs', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_runs', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_runs', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('public.migration_verifications', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_verifications', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_verifications', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_verifications', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('public.migration_run_workspaces', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_run_workspaces', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_run_workspaces', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_run_workspaces', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_batches', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_batches', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_batches', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_batches', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_replaced_rows', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_replaced_rows', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_replaced_rows', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_replaced_rows', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_owed_indexes', 'select', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.migration_owed_indexes', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('public.migration_owed_indexes', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('public.migration_owed_indexes', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('public.reasoning_traces', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.reasoning_traces', 'insert', 'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.reasoning_traces', 'update', 'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.reasoning_traces', 'delete', 'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.memory_items', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.memory_items', 'insert', 'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.memory_items', 'update', 'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.memory_items', 'delete', 'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.lineage_links', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.lineage_links', 'insert', 'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.lineage_links', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.lineage_links', 'delete', 'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.retrieval_events', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.retrieval_events', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.retrieval_events', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.retrieval_events', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.retrieval_results', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.retrieval_results', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.retrieval_results', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.retrieval_results', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.archived_traces', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.archived_traces', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.archived_traces', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.archived_traces', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.memory_maps', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.memory_maps', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.memory_maps', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.memory_maps', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.saved_views', 'select', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.saved_views', 'insert', 'refused', 'allowed', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'),
  ('public.saved_views', 'update', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('public.saved_views', 'delete', 'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('private.statistics_counts', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('private.statistics_counts', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('private.statistics_counts', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('private.statistics_counts', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('private.current_counts', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  -- A union takes no rows, whoever brings them.
  ('private.current_counts', 'insert', 'refused', '55000', '55000', '55000', '55000', '55000', '55000', '55000'),
  ('private.current_counts', 'update', 'refused', '55000', '55000', '55000', '55000', '55000', '55000', '55000'),
  ('private.current_counts', 'delete', 'refused', '55000', '55000', '55000', '55000', '55000', '55000', '55000'),
  ('private.statistics_changes', 'select', 'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'),
  ('private.statistics_changes', 'insert', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('private.statistics_changes', 'update', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'),
  ('private.statistics_changes', 'delete', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused');

create temporary table cell as
select
  r.relation, c.command, a.actor, (to_jsonb(e) ->> a.actor) as expected,
  case c.command
    when 'select' then format('select from %s where %s', r.relation, p.row_filter)
    when 'insert' then format(
      'insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, %3$L)', r.relation,
      (select string_agg(format('%I', k), ', ' order by k) from jsonb_object_keys(p.new_row) as k), p.new_row
    )
    when 'update' then format('update %1$s set %2$I = %2$I where %3$s', r.relation, u.changeable, p.row_filter)
    when 'delete' then format('delete from %s where %s', r.relation, p.row_filter)
  end as statement
from (
  select c.oid, format('%I.%I', n.nspname, c.relname) as relation
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
) as r
cross join unnest(array['select', 'insert', 'update', 'delete']) as c (command)
cross join unnest(tests.actors()) as a (actor)
left join probe as p on p.relation = r.relation
left join expected as e on e.relation = r.relation and e.command = c.command
cross join lateral (
  -- One that the role may change, so that the policy speaks and not only the grant.
  select t.attname as changeable
  from pg_attribute as t
  where t.attrelid = r.oid and t.attnum > 0 and not t.attisdropped and t.attgenerated = '' and t.attidentity = ''
  order by
    has_column_privilege(
      case when a.actor in ('anon', 'service_role') then a.actor else 'authenticated' end, r.oid, t.attnum, 'update'
    ) desc,
    t.attnum
  limit 1
) as u;

select plan((select count(*) + 2 from cell)::integer);

select is(
  coalesce(tests.attempt(c.actor, c.statement), 'nothing was tried'),
  coalesce(c.expected, 'no expectation: classify it'),
  format('%s: %s %s', c.relation, c.actor, c.command)
)
from cell as c
order by c.relation, c.command, array_position(tests.actors(), c.actor);

select is_empty(
  $$select e.relation, e.command from expected as e where e.relation not in (select c.relation from cell as c)$$,
  'every expectation is about a table that there is'
);
select is_empty(
  $$
    select distinct c.actor, c.relation from cell as c
    where tests.attempt(null, c.statement) in ('nothing', 'refused') and c.command <> 'insert'
  $$,
  'there is a row to try everything on'
);

select * from finish();
rollback;
