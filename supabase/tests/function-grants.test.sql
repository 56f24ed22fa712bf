-- Every function with whose rights it runs and who may execute it. A new one, or a new signature, fails until it stands here.
begin;
create temporary table expected (signature text primary key, rights text not null, executors text not null);
insert into expected
values
  ('public.accept_invitation(text)', 'invoker', 'authenticated'),
  ('public.add_trace(text)', 'invoker', 'authenticated, service_role'),
  ('public.clear_memory_item_embeddings(text, integer, text, text, uuid)', 'invoker', 'service_role'),
  ('public.clear_trace_embeddings(text, integer, text, text, uuid)', 'invoker', 'service_role'),
  ('public.compare_nearest(text)', 'invoker', 'service_role'),
  ('public.compare_statistics(text)', 'invoker', 'service_role'),
  ('public.count_migrated_rows(uuid)', 'invoker', 'service_role'),
  ('public.count_rows_to_embed(text, text)', 'invoker', 'service_role'),
  ('public.create_workspace(text)', 'invoker', 'authenticated'),
  ('public.delete_old_retrievals(text, integer, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.delete_old_traces(text, integer, boolean, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.delete_workspace(text, text)', 'invoker', 'authenticated, service_role'),
  ('public.describe_migrated_source(text)', 'invoker', 'service_role'),
  ('public.describe_migration_target()', 'invoker', 'service_role'),
  ('public.explain_changed_rows(text)', 'invoker', 'service_role'),
  ('public.find_latest_migration_run(text)', 'invoker', 'service_role'),
  ('public.find_similar_memories(text, uuid, integer, text[], double precision, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.finish_migration_verification(text)', 'invoker', 'service_role'),
  ('public.finish_migration_run(uuid, text, text, uuid)', 'invoker', 'service_role'),
  ('public.get_daily_growth(text[], date, date, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.get_genealogy(text, uuid, text, integer)', 'invoker', 'authenticated, service_role'),
  ('public.get_health()', 'invoker', 'authenticated, service_role'),
  ('public.get_migration_run(uuid)', 'invoker', 'authenticated, service_role'),
  ('public.get_memory_map(text, text)', 'invoker', 'authenticated, service_role'),
  ('public.get_memory_map_source(text, text)', 'invoker', 'authenticated, service_role'),
  ('public.get_retrieval_latency(interval, text[], timestamp with time zone, timestamp with time zone, text[], boolean)', 'invoker', 'authenticated, service_role'),
  ('public.get_retrieval_statistics(text[], timestamp with time zone, timestamp with time zone, text[], boolean)', 'invoker', 'authenticated, service_role'),
  ('public.get_statistics(text[], boolean)', 'invoker', 'authenticated, service_role'),
  ('public.get_trace(text, uuid)', 'invoker', 'authenticated, service_role'),
  ('public.grant_workspaces(text, text[], text, interval)', 'invoker', 'service_role'),
  ('public.invite_to_workspace(text, text, text, interval)', 'invoker', 'authenticated'),
  ('public.list_memories(text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamp with time zone, timestamp with time zone, timestamp with time zone, text, uuid, integer, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.list_migrated_rows(text)', 'invoker', 'service_role'),
  ('public.list_migration_batches(text)', 'invoker', 'service_role'),
  ('public.list_migration_runs(integer, timestamp with time zone, uuid)', 'invoker', 'authenticated, service_role'),
  ('public.list_never_recalled_memories(text[], integer, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.list_open_links(text)', 'invoker', 'service_role'),
  ('public.list_recalled_memories(text[], timestamp with time zone, timestamp with time zone, integer, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.list_rollback_obstacles(text)', 'invoker', 'service_role'),
  ('public.list_traces(text[], text[], text[], timestamp with time zone, timestamp with time zone, timestamp with time zone, text, uuid, integer, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.list_workspace_members(text)', 'invoker', 'authenticated, service_role'),
  ('public.list_workspace_migration_runs(text, integer, timestamp with time zone, uuid, uuid)', 'invoker', 'authenticated, service_role'),
  ('public.list_workspace_statistics(text[], boolean)', 'invoker', 'authenticated, service_role'),
  ('public.mark_retrieval(text, uuid, uuid[], uuid[], uuid)', 'invoker', 'authenticated, service_role'),
  ('public.read_memory_items_to_embed(integer, bigint, text, text, uuid)', 'invoker', 'service_role'),
  ('public.read_migrated_memory_items(text)', 'invoker', 'service_role'),
  ('public.read_migrated_reasoning_traces(text)', 'invoker', 'service_role'),
  ('public.read_traces_to_embed(integer, bigint, text, text, uuid)', 'invoker', 'service_role'),
  ('public.list_owed_indexes()', 'invoker', 'service_role'),
  ('private.build_owed_index(uuid, text)', 'invoker', 'nobody'),
  ('private.count_rows_of_source(uuid, text)', 'invoker', 'nobody'),
  ('private.count_vectors(text)', 'invoker', 'nobody'),
  ('private.drop_vector_indexes(uuid, bigint, bigint)', 'invoker', 'nobody'),
  ('private.try_index_lock()', 'invoker', 'nobody'),
  ('private.vector_indexes()', 'invoker', 'service_role'),
  ('public.read_migration_runs(text)', 'invoker', 'service_role'),
  ('public.rebuild_statistics(text[])', 'invoker', 'service_role'),
  ('public.record_retrieval(text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision, double precision, text, uuid, uuid, timestamp with time zone)', 'invoker', 'authenticated, service_role'),
  ('public.reduce_memory_vectors(text, text, text[])', 'invoker', 'authenticated, service_role'),
  ('public.restore_archived_trace(text, uuid)', 'invoker', 'authenticated, service_role'),
  ('public.save_migration_verification(text)', 'invoker', 'service_role'),
  ('public.sample_memory_vectors(text, text, integer)', 'invoker', 'authenticated, service_role'),
  ('public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])', 'invoker', 'authenticated, service_role'),
  ('public.renew_migration_lease(text)', 'invoker', 'service_role'),
  ('public.roll_back_migration_rows(text)', 'invoker', 'service_role'),
  ('public.search_memories(text, extensions.vector, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamp with time zone, timestamp with time zone, text, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.search_memories_by_keyword(text, integer, text[], text[], text[], text[], boolean, text[], boolean, integer, integer, timestamp with time zone, timestamp with time zone, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.search_similar_memories(extensions.vector, integer, text[], text[], text[], text[], boolean, double precision, text[], boolean, integer, integer, timestamp with time zone, timestamp with time zone, text, text, double precision, double precision, double precision, double precision, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.search_similar_traces(extensions.vector, integer, text[], text[], text[], double precision, timestamp with time zone, timestamp with time zone, text, boolean)', 'invoker', 'authenticated, service_role'),
  ('public.start_migration_rollback(text)', 'invoker', 'service_role'),
  ('public.start_migration_run(text)', 'invoker', 'service_role'),
  ('public.start_migration_verification(text)', 'invoker', 'service_role'),
  ('public.update_memory_item(text, uuid, text, extensions.vector, text, timestamp with time zone)', 'invoker', 'authenticated, service_role'),
  ('public.write_embeddings(text, text)', 'invoker', 'service_role'),
  ('public.write_migration_batch(uuid, text)', 'invoker', 'service_role'),
  ('private.accept_invitation(text)', 'definer', 'authenticated'),
  ('private.add_invitation(text, text, text, interval, uuid)', 'definer', 'nobody'),
  ('private.add_links(text, text, uuid, jsonb)', 'invoker', 'authenticated, service_role'),
  ('private.add_member(text, uuid, text)', 'definer', 'nobody'),
  ('private.add_memory_items(public.reasoning_traces, jsonb)', 'invoker', 'authenticated, service_role'),
  ('private.applied_migrations()', 'definer', 'service_role'),
  ('private.apply_statistics_changes(private.statistics_change[])', 'definer', 'nobody'),
  ('private.caller_id()', 'invoker', 'authenticated, service_role'),
  ('private.caller_is_anonymous()', 'invoker', 'authenticated, service_role'),
  ('private.caller_is_trusted()', 'invoker', 'authenticated, service_role'),
  ('private.check_embedding_model(text, text, text)', 'invoker', 'authenticated, service_role'),
  ('private.check_match_count(integer)', 'invoker', 'authenticated, service_role'),
  ('private.check_query_embedding(extensions.vector, text, text[], text)', 'invoker', 'authenticated, service_role'),
  ('private.check_query_text(text)', 'invoker', 'authenticated, service_role'),
  ('private.check_retention_days(integer)', 'invoker', 'authenticated, service_role'),
  ('private.check_score_weights(private.score_weights, text)', 'invoker', 'authenticated, service_role'),
  ('private.check_similarity(double precision)', 'invoker', 'authenticated, service_role'),
  ('private.children_of(private.kin[], text[])', 'invoker', 'authenticated, service_role'),
  ('private.compare_statistics(text)', 'definer', 'service_role'),
  ('private.confirmed_account(text)', 'definer', 'nobody'),
  ('private.content_of(jsonb)', 'invoker', 'authenticated, service_role'),
  ('private.count_candidates(text[], text, text, private.search_filter)', 'invoker', 'authenticated, service_role'),
  ('private.count_changed_memory_items()', 'definer', 'nobody'),
  ('private.count_changed_traces()', 'definer', 'nobody'),
  ('private.count_embedded(text[], text, text, text[])', 'invoker', 'authenticated, service_role'),
  ('private.count_memory_item(public.memory_items, integer)', 'invoker', 'nobody'),
  ('private.count_nearest_by_index(text, extensions.vector, integer, double precision)', 'invoker', 'service_role'),
  ('private.count_trace(public.reasoning_traces, integer)', 'invoker', 'nobody'),
  ('private.create_migration_staging()', 'invoker', 'service_role'),
  ('private.create_workspace(text)', 'definer', 'authenticated'),
  ('private.delete_lineage_links()', 'definer', 'nobody'),
  ('private.delete_old_retrievals(text, integer, boolean)', 'definer', 'authenticated, service_role'),
  ('private.delete_old_traces(text, integer, boolean, boolean)', 'definer', 'authenticated, service_role'),
  ('private.delete_workspace(text, text)', 'definer', 'authenticated, service_role'),
  ('private.describe_matches(private.match[], private.score_weights)', 'invoker', 'authenticated, service_role'),
  ('private.distribution(text[], text, text)', 'invoker', 'authenticated, service_role'),
  ('private.embedding_status(extensions.vector)', 'invoker', 'authenticated, service_role'),
  ('private.entries_of_workspaces(jsonb, text[])', 'invoker', 'nobody'),
  ('private.find_kin(private.kin, text[], integer)', 'invoker', 'authenticated, service_role'),
  ('private.forget_statistics()', 'definer', 'nobody'),
  ('private.get_migration_run(uuid)', 'definer', 'authenticated, service_role'),
  ('private.grant_workspaces(text, text[], text, interval)', 'definer', 'service_role'),
  ('private.hold_migration_lease(uuid, uuid)', 'invoker', 'service_role'),
  ('private.insert_json_rows(regclass, jsonb)', 'invoker', 'nobody'),
  ('private.invite_to_workspace(text, text, text, interval)', 'definer', 'authenticated'),
  ('private.is_error(jsonb)', 'invoker', 'authenticated, service_role'),
  ('private.is_there(text, text, uuid)', 'invoker', 'authenticated, service_role'),
  ('private.json_object(text, text)', 'invoker', 'authenticated, service_role'),
  ('private.keep_an_owner()', 'definer', 'nobody'),
  ('private.keep_replaced_rows(uuid)', 'invoker', 'service_role'),
  ('private.kept_source_embedding(bytea, bytea, extensions.vector)', 'invoker', 'service_role'),
  ('private.kept_source_embedding_model(bytea, bytea, text, text, text)', 'invoker', 'service_role'),
  ('private.keyword_query(text)', 'invoker', 'authenticated, service_role'),
  ('private.lease_of_source(text, uuid, uuid)', 'invoker', 'service_role'),
  ('private.links_of(text, text, uuid)', 'invoker', 'authenticated, service_role'),
  ('private.list_workspace_migration_runs(text, uuid, timestamp with time zone, uuid, integer)', 'definer', 'authenticated, service_role'),
  ('private.list_migration_runs(uuid, timestamp with time zone, uuid, integer)', 'definer', 'authenticated, service_role'),
  ('private.list_workspace_members(text)', 'definer', 'authenticated, service_role'),
  ('private.mark_retrieval(text, uuid, uuid[], uuid[], uuid)', 'definer', 'authenticated, service_role'),
  ('private.mark_stale_embedding()', 'invoker', 'nobody'),
  ('private.match_keywords(text[], text, integer, private.search_filter)', 'definer', 'authenticated, service_role'),
  ('private.memory_item_changes(private.counted_memory_item[])', 'invoker', 'nobody'),
  ('private.merge_migration_staging(uuid, uuid, jsonb)', 'invoker', 'service_role'),
  ('private.merge_staged_memory_items(uuid)', 'invoker', 'service_role'),
  ('private.merge_staged_reasoning_traces(uuid)', 'invoker', 'service_role'),
  ('private.my_workspaces()', 'definer', 'authenticated'),
  ('private.my_workspaces_as(text)', 'definer', 'authenticated, service_role'),
  ('private.nearest_rows(text, text[], extensions.vector, text, integer, private.search_filter)', 'invoker', 'authenticated, service_role'),
  ('private.newest_migration()', 'definer', 'authenticated, service_role'),
  ('private.parents_of(private.kin[], text[])', 'invoker', 'authenticated, service_role'),
  ('private.put_rows_back(uuid, text, integer)', 'invoker', 'service_role'),
  ('private.rebuild_after_truncate()', 'definer', 'nobody'),
  ('private.rebuild_statistics(text[])', 'definer', 'service_role'),
  ('private.record_retrieval(text, text, text, integer, uuid[], double precision[], text, bytea, double precision, double precision, double precision, text, uuid, uuid, timestamp with time zone)', 'definer', 'authenticated, service_role'),
  ('private.require_role(text, text)', 'invoker', 'authenticated, service_role'),
  ('private.restore_archived_trace(text, uuid)', 'definer', 'authenticated, service_role'),
  ('private.role_rank(text)', 'invoker', 'nobody'),
  ('private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])', 'definer', 'authenticated, service_role'),
  ('private.rows_of_run(uuid)', 'invoker', 'service_role'),
  ('private.search_condition(text, private.search_filter)', 'invoker', 'authenticated, service_role'),
  ('private.search_document(text, text, text, text[])', 'invoker', 'authenticated, service_role'),
  ('private.search_scope(text[], boolean)', 'invoker', 'authenticated, service_role'),
  ('private.set_memory_embedding(text, uuid, extensions.vector, text)', 'definer', 'authenticated, service_role'),
  ('private.set_updated_at()', 'invoker', 'nobody'),
  ('private.statistics_corrections(text)', 'invoker', 'service_role'),
  ('private.take_rows_away(uuid, text, integer)', 'invoker', 'service_role'),
  ('private.trace_changes(private.counted_trace[])', 'invoker', 'nobody'),
  ('private.vector_bytes(extensions.vector)', 'invoker', 'service_role');

-- Types of a signature are written with their schemas.
set local search_path = '';
create temporary table actual as
select
  p.oid,
  pg_catalog.format('%s.%s(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes)) as signature,
  case when p.prosecdef then 'definer' else 'invoker' end as rights,
  coalesce(
    (
      select pg_catalog.string_agg(case a.grantee when 0 then 'public' else a.grantee::regrole::text end, ', ' order by 1)
      from pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) as a
      where a.grantee <> p.proowner
    ),
    'nobody'
  ) as executors
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private')
  and not exists (select from pg_catalog.pg_depend as d where d.objid = p.oid and d.deptype = 'e');
set local search_path = public, extensions;

select plan((select count(*) + 3 from actual)::integer);

select is(
  a.rights || ', executable by ' || a.executors,
  coalesce(e.rights || ', executable by ' || e.executors, 'no expectation: classify it'),
  a.signature
)
from actual as a
left join expected as e on e.signature = a.signature
order by a.signature;

select is_empty(
  $$select e.signature from expected as e where e.signature not in (select a.signature from actual as a)$$,
  'every expectation is about a function that there is'
);
select is_empty(
  $$
    select a.signature from actual as a
    where has_function_privilege('anon', a.oid, 'execute') or a.executors ~ 'public|anon'
  $$,
  'attack 31 and 36: neither anon nor PUBLIC may execute any function'
);
select is_empty(
  $$
    select t.tgname, a.signature
    from pg_trigger as t
    join actual as a on a.oid = t.tgfoid
    where a.executors <> 'nobody'
  $$,
  'what a trigger calls can be called by nothing else'
);

select * from finish();
rollback;
