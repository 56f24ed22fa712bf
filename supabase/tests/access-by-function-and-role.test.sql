-- Every function of the API, and every one that runs with its owner's rights and that some role may execute, x actor,
-- called about workspace A. A new one fails until it is classified here.
begin;
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');
select tests.add_memory('workspace-a', 'second memory', '{"angle": 0.3}');

create temporary table expected (
  name text primary key, statement text not null,
  anon text, owner text, editor text, viewer text, stranger text, removed text, anonymous text, service_role text
);
insert into expected
values
  (
    'public.accept_invitation', $$select public.accept_invitation('invitation_unknown')$$,
    'refused', 'PT404', 'PT404', 'PT404', 'PT404', 'PT404', 'refused', 'refused'
  ),
  (
    'public.add_trace', $$select public.add_trace('{"workspace_id": "workspace-a", "id": "00000000-0000-4000-8000-000000000001", "task": "x"}')$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.clear_memory_item_embeddings', $$select public.clear_memory_item_embeddings('another model', 10, 'workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.clear_trace_embeddings', $$select public.clear_trace_embeddings('another model', 10, 'workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.compare_nearest', $$select public.compare_nearest(json_build_object('kind', 'memory_item', 'workspace_id', 'workspace-a', 'model', 'all-MiniLM-L6-v2', 'match_count', 3, 'embedding', (select array_agg(1) from generate_series(1, 384))::extensions.vector::text)::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.compare_statistics', $$select public.compare_statistics('{"workspace_id": "workspace-a"}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.count_migrated_rows', $$select public.count_migrated_rows(tests.row_id('workspace-a run'))$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.count_rows_to_embed', $$select public.count_rows_to_embed('all-MiniLM-L6-v2', 'workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.create_workspace', $$select public.create_workspace('Mine')$$,
    'refused', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'refused', 'refused'
  ),
  (
    'public.delete_old_retrievals', $$select public.delete_old_retrievals('workspace-a', 1)$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.delete_old_traces', $$select public.delete_old_traces('workspace-a', 1)$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.delete_workspace', $$select public.delete_workspace('workspace-a', 'Workspace A')$$,
    'refused', 'allowed', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.describe_migrated_source', $$select public.describe_migrated_source('{"source_identity": "identity"}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.describe_migration_target', $$select public.describe_migration_target()$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.explain_changed_rows', $$select public.explain_changed_rows('{"kind": "trace", "keys": []}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.find_latest_migration_run', $$select public.find_latest_migration_run('identity')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.find_similar_memories', $$select public.find_similar_memories('workspace-a', tests.row_id('workspace-a memory'), workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'PT404', 'PT404', 'PT404', 'allowed'
  ),
  (
    'public.finish_migration_run', $$select public.finish_migration_run(tests.row_id('workspace-a run'), 'verified', '{}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.finish_migration_verification', $$select public.finish_migration_verification(json_build_object('id', tests.row_id('workspace-a verification'), 'status', 'verified', 'report', '{}')::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.get_daily_growth', $$select public.get_daily_growth(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_genealogy', $$select public.get_genealogy('workspace-a', tests.row_id('workspace-a memory'))$$,
    'refused', 'allowed', 'allowed', 'allowed', 'PT404', 'PT404', 'PT404', 'allowed'
  ),
  (
    'public.get_health', $$select public.get_health()$$,
    'refused', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'
  ),
  (
    'public.get_memory_map', $$select from public.get_memory_map('workspace-a', 'all-MiniLM-L6-v2') as m where m is not null$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_memory_map_source', $$select from public.get_memory_map_source('workspace-a', 'all-MiniLM-L6-v2') where vectors > 0$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_retrieval_latency', $$select public.get_retrieval_latency(workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_retrieval_statistics', $$select from public.get_retrieval_statistics(array['workspace-a']) where searches > 0$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_statistics', $$select from public.get_statistics(array['workspace-a']) where total_traces > 0$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_trace', $$select from public.get_trace('workspace-a', tests.row_id('workspace-a trace')) as t where t is not null$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.get_migration_run', $$select public.get_migration_run(tests.row_id('workspace-a run'))$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.grant_workspaces', $$select public.grant_workspaces('newcomer@example.com', array['workspace-a'])$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.invite_to_workspace', $$select public.invite_to_workspace('workspace-a', 'guest@example.com')$$,
    'refused', 'allowed', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'
  ),
  (
    'public.list_memories', $$select public.list_memories(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_migrated_rows', $$select public.list_migrated_rows('{"source_identity": "identity", "kind": "memory_item", "page_size": 10}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_migration_batches', $$select public.list_migration_batches(jsonb_build_object('run_id', tests.row_id('workspace-a run'))::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_migration_runs', $$select from public.list_migration_runs() as r where r.id = tests.row_id('workspace-a run')$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_never_recalled_memories', $$select public.list_never_recalled_memories(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_open_links', $$select public.list_open_links('{"workspace_id": "workspace-a", "page_size": 10}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_recalled_memories', $$select public.list_recalled_memories(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_rollback_obstacles', $$select public.list_rollback_obstacles(jsonb_build_object('run_id', tests.row_id('workspace-a run'))::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_traces', $$select public.list_traces(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_workspace_migration_runs', $$select from public.list_workspace_migration_runs('workspace-a') as r where r.run ->> 'id' = tests.row_id('workspace-a run')::text$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.list_workspace_members', $$select public.list_workspace_members('workspace-a')$$,
    'refused', 'allowed', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_workspace_statistics', $$select public.list_workspace_statistics(array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.mark_retrieval', $$select public.mark_retrieval('workspace-a', tests.row_id('workspace-a event'), array[tests.row_id('workspace-a memory')])$$,
    'refused', 'PT404', 'PT404', 'PT404', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.read_memory_items_to_embed', $$select public.read_memory_items_to_embed(10, 1000, 'workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.read_migrated_memory_items', $$select public.read_migrated_memory_items('[]')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.read_migrated_reasoning_traces', $$select public.read_migrated_reasoning_traces('[]')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.read_traces_to_embed', $$select public.read_traces_to_embed(10, 1000, 'workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.list_owed_indexes', $$select public.list_owed_indexes()$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.read_migration_runs', $$select public.read_migration_runs('{}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.rebuild_statistics', $$select public.rebuild_statistics()$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.record_retrieval', $$select public.record_retrieval('workspace-a', 'supabase', 'keyword', 5)$$,
    'refused', 'allowed', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.reduce_memory_vectors', $$select from public.reduce_memory_vectors('workspace-a', 'all-MiniLM-L6-v2', array[tests.direction(0)::text]) as v where v is not null$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.renew_migration_lease', $$select public.renew_migration_lease(jsonb_build_object('run_id', tests.row_id('workspace-a run'), 'lease_token', gen_random_uuid(), 'row_limit', 5)::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', '55L01'
  ),
  (
    'public.restore_archived_trace', $$select public.restore_archived_trace('workspace-a', tests.row_id('workspace-a archived'))$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.save_migration_verification', $$select public.save_migration_verification(json_build_object('id', tests.row_id('workspace-a verification'), 'checkpoint', '{}')::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.sample_memory_vectors', $$select from public.sample_memory_vectors('workspace-a', 'all-MiniLM-L6-v2') as v where v is not null$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.save_memory_map', $$select public.save_memory_map('workspace-a', 'all-MiniLM-L6-v2', 'pca', 1, 'x', array[gen_random_uuid()], '{0}', '{0}')$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.roll_back_migration_rows', $$select public.roll_back_migration_rows(jsonb_build_object('run_id', tests.row_id('workspace-a run'), 'lease_token', gen_random_uuid(), 'row_limit', 5)::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', '55L01'
  ),
  (
    'public.search_memories', $$select public.search_memories('secretword', tests.direction(0), workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.search_memories_by_keyword', $$select public.search_memories_by_keyword('secretword', workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.search_similar_memories', $$select public.search_similar_memories(tests.direction(0), workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.search_similar_memories_exactly', $$select public.search_similar_memories_exactly(tests.direction(0), workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.search_similar_traces', $$select public.search_similar_traces(tests.direction(0), workspace_filter => array['workspace-a'])$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'public.start_migration_rollback', $$select public.start_migration_rollback(jsonb_build_object('run_id', tests.row_id('workspace-a run'), 'lease_token', gen_random_uuid(), 'row_limit', 5)::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.start_migration_run', $$select public.start_migration_run('{"id": "00000000-0000-4000-8000-000000000002", "source_identity": "x", "source_kind": "x", "source_location": "x", "source_timezone": "UTC", "options": {}}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.start_migration_verification', $$select public.start_migration_verification('{"id": "00000000-0000-4000-8000-000000000003", "source_identity": "identity", "binding": "x"}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.update_memory_item', $$select public.update_memory_item('workspace-a', tests.row_id('workspace-a memory'), '{"title": "New"}')$$,
    'refused', 'allowed', 'allowed', 'refused', 'PT404', 'PT404', 'PT404', 'allowed'
  ),
  (
    'public.write_embeddings', $$select public.write_embeddings('all-MiniLM-L6-v2', jsonb_build_array(jsonb_build_object('kind', 'trace', 'workspace_id', 'workspace-a', 'id', tests.row_id('workspace-a trace'), 'version', '1', 'embedding', tests.direction(0.2)::text))::text)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'public.write_migration_batch', $$select public.write_migration_batch(tests.row_id('workspace-a run'), '{"traces": [], "memory_items": []}')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.accept_invitation', $$select private.accept_invitation('invitation_unknown')$$,
    'refused', 'PT404', 'PT404', 'PT404', 'PT404', 'PT404', 'refused', 'refused'
  ),
  (
    'private.applied_migrations', $$select private.applied_migrations()$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.compare_statistics', $$select private.compare_statistics('workspace-a')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.create_workspace', $$select private.create_workspace('Mine')$$,
    'refused', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'refused', 'refused'
  ),
  (
    'private.delete_old_retrievals', $$select private.delete_old_retrievals('workspace-a', 1, false)$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.delete_old_traces', $$select private.delete_old_traces('workspace-a', 1, false, true)$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.delete_workspace', $$select private.delete_workspace('workspace-a', 'Workspace A')$$,
    'refused', 'allowed', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.get_migration_run', $$select private.get_migration_run(tests.row_id('workspace-a run'))$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'private.grant_workspaces', $$select private.grant_workspaces('newcomer@example.com', array['workspace-a'], 'owner', '1 day')$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.invite_to_workspace', $$select private.invite_to_workspace('workspace-a', 'guest@example.com', 'owner', '1 day')$$,
    'refused', 'allowed', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'
  ),
  (
    'private.list_workspace_migration_runs', $$select private.list_workspace_migration_runs('workspace-a', null, null, null, 5)$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'private.list_migration_runs', $$select private.list_migration_runs(tests.row_id('workspace-a run'), null, null, 5)$$,
    'refused', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'private.list_workspace_members', $$select private.list_workspace_members('workspace-a')$$,
    'refused', 'allowed', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.mark_retrieval', $$select private.mark_retrieval('workspace-a', tests.row_id('workspace-a event'), array[tests.row_id('workspace-a memory')], '{}', null)$$,
    'refused', 'PT404', 'PT404', 'PT404', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.match_keywords', $$select private.match_keywords(array['workspace-a'], 'secretword', 5, null)$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'allowed'
  ),
  (
    'private.my_workspaces', $$select from private.my_workspaces() as m where 'workspace-a' = any (m)$$,
    'refused', 'allowed', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'refused'
  ),
  (
    'private.my_workspaces_as', $$select from private.my_workspaces_as('editor') as m where 'workspace-a' = any (m)$$,
    'refused', 'allowed', 'allowed', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'
  ),
  (
    'private.newest_migration', $$select private.newest_migration()$$,
    'refused', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'
  ),
  (
    'private.rebuild_statistics', $$select private.rebuild_statistics(null)$$,
    'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.record_retrieval', $$select private.record_retrieval('workspace-a', 'supabase', 'keyword', 5, '{}', null, 'asked', null, null, null, null, null, null, null, null)$$,
    'refused', 'allowed', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.restore_archived_trace', $$select private.restore_archived_trace('workspace-a', tests.row_id('workspace-a archived'))$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.save_memory_map', $$select private.save_memory_map('workspace-a', 'all-MiniLM-L6-v2', 'pca', 1, 'x', array[gen_random_uuid()], '{0}', '{0}')$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  ),
  (
    'private.set_memory_embedding', $$select private.set_memory_embedding('workspace-a', tests.row_id('workspace-a memory'), tests.direction(0.2), 'all-MiniLM-L6-v2')$$,
    'refused', 'allowed', 'allowed', 'refused', 'refused', 'refused', 'refused', 'allowed'
  );

create temporary table callable as
select distinct format('%s.%s', n.nspname, p.proname) as name
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
where not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  and p.prorettype <> 'trigger'::regtype
  and (
    n.nspname = 'public'
    or (
      n.nspname = 'private' and p.prosecdef
      and (
        has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('service_role', p.oid, 'execute')
      )
    )
  );

select plan((select 8 * count(*) + 1 from callable)::integer);

select is(
  case when e.name is null then 'nothing was tried' else tests.attempt(a.actor, e.statement) end,
  coalesce(to_jsonb(e) ->> a.actor, 'no expectation: classify it'),
  format('%s: %s', c.name, a.actor)
)
from callable as c
cross join unnest(tests.actors()) with ordinality as a (actor, place)
left join expected as e on e.name = c.name
order by c.name, a.place;

select is_empty(
  $$select e.name from expected as e where e.name not in (select c.name from callable as c)$$,
  'every expectation is about a function that there is'
);

select * from finish();
rollback;
