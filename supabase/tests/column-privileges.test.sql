-- Who may do what to which columns, by grants alone: "all" is the whole table. What is not listed is granted to nobody.
begin;
create temporary table expected (
  relation text, role text, privilege text, columns text not null, primary key (relation, role, privilege)
);
insert into expected
values
  ('private.current_counts', 'authenticated', 'select', 'all'),
  ('private.current_counts', 'service_role', 'select', 'all'),
  ('private.statistics_changes', 'authenticated', 'select', 'all'),
  ('private.statistics_changes', 'service_role', 'select', 'all'),
  ('private.statistics_counts', 'authenticated', 'select', 'all'),
  ('private.statistics_counts', 'service_role', 'select', 'all'),
  ('public.archived_traces', 'authenticated', 'select', 'all'),
  ('public.archived_traces', 'service_role', 'select', 'all'),
  ('public.archived_traces', 'service_role', 'insert', 'all'),
  ('public.archived_traces', 'service_role', 'update', 'all'),
  ('public.archived_traces', 'service_role', 'delete', 'all'),
  ('public.lineage_links', 'authenticated', 'select', 'all'),
  ('public.lineage_links', 'authenticated', 'insert', 'all'),
  ('public.lineage_links', 'authenticated', 'delete', 'all'),
  ('public.lineage_links', 'service_role', 'select', 'all'),
  ('public.lineage_links', 'service_role', 'insert', 'all'),
  ('public.lineage_links', 'service_role', 'update', 'all'),
  ('public.lineage_links', 'service_role', 'delete', 'all'),
  ('public.memory_items', 'authenticated', 'select', 'all'),
  (
    'public.memory_items', 'authenticated', 'insert',
    'workspace_id, id, source_id, trace_id, ordinal, title, description, content, content_embedding, embedding_status, embedding_model, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage, created_at, source_created_at, extras, notes'
  ),
  (
    'public.memory_items', 'authenticated', 'update',
    'title, description, content, error_context, pattern_tags, difficulty_level, domain_category, evolution_stage'
  ),
  ('public.memory_items', 'authenticated', 'delete', 'all'),
  ('public.memory_items', 'service_role', 'select', 'all'),
  ('public.memory_items', 'service_role', 'insert', 'all'),
  ('public.memory_items', 'service_role', 'update', 'all'),
  ('public.memory_items', 'service_role', 'delete', 'all'),
  ('public.migration_batches', 'service_role', 'select', 'all'),
  ('public.migration_batches', 'service_role', 'insert', 'all'),
  ('public.migration_batches', 'service_role', 'update', 'all'),
  ('public.migration_batches', 'service_role', 'delete', 'all'),
  ('public.migration_replaced_rows', 'service_role', 'select', 'all'),
  ('public.migration_replaced_rows', 'service_role', 'insert', 'all'),
  ('public.migration_replaced_rows', 'service_role', 'update', 'all'),
  ('public.migration_replaced_rows', 'service_role', 'delete', 'all'),
  ('public.migration_run_workspaces', 'service_role', 'select', 'all'),
  ('public.migration_run_workspaces', 'service_role', 'insert', 'all'),
  ('public.migration_run_workspaces', 'service_role', 'update', 'all'),
  ('public.migration_run_workspaces', 'service_role', 'delete', 'all'),
  ('public.migration_owed_indexes', 'service_role', 'select', 'all'),
  ('public.memory_maps', 'authenticated', 'select', 'all'),
  ('public.memory_maps', 'service_role', 'select', 'all'),
  ('public.memory_maps', 'service_role', 'insert', 'all'),
  ('public.memory_maps', 'service_role', 'update', 'all'),
  ('public.memory_maps', 'service_role', 'delete', 'all'),
  ('public.migration_runs', 'service_role', 'select', 'all'),
  ('public.migration_runs', 'service_role', 'insert', 'all'),
  ('public.migration_runs', 'service_role', 'update', 'all'),
  ('public.migration_verifications', 'service_role', 'select', 'all'),
  ('public.migration_verifications', 'service_role', 'insert', 'all'),
  ('public.migration_verifications', 'service_role', 'update', 'all'),
  ('public.reasoning_traces', 'authenticated', 'select', 'all'),
  (
    'public.reasoning_traces', 'authenticated', 'insert',
    'workspace_id, id, source_id, task, task_embedding, embedding_status, embedding_model, trajectory, outcome, metadata, created_at, source_created_at, extras, notes, content_digest'
  ),
  ('public.reasoning_traces', 'authenticated', 'update', 'outcome, metadata'),
  ('public.reasoning_traces', 'authenticated', 'delete', 'all'),
  ('public.reasoning_traces', 'service_role', 'select', 'all'),
  ('public.reasoning_traces', 'service_role', 'insert', 'all'),
  ('public.reasoning_traces', 'service_role', 'update', 'all'),
  ('public.reasoning_traces', 'service_role', 'delete', 'all'),
  ('public.retrieval_events', 'authenticated', 'select', 'all'),
  ('public.retrieval_events', 'service_role', 'select', 'all'),
  ('public.retrieval_events', 'service_role', 'insert', 'all'),
  ('public.retrieval_events', 'service_role', 'update', 'all'),
  ('public.retrieval_events', 'service_role', 'delete', 'all'),
  ('public.retrieval_results', 'authenticated', 'select', 'all'),
  ('public.retrieval_results', 'service_role', 'select', 'all'),
  ('public.retrieval_results', 'service_role', 'insert', 'all'),
  ('public.retrieval_results', 'service_role', 'update', 'all'),
  ('public.retrieval_results', 'service_role', 'delete', 'all'),
  ('public.saved_views', 'authenticated', 'select', 'all'),
  ('public.saved_views', 'authenticated', 'insert', 'workspace_id, id, user_id, page, name, query'),
  ('public.saved_views', 'authenticated', 'update', 'name, query'),
  ('public.saved_views', 'authenticated', 'delete', 'all'),
  ('public.saved_views', 'service_role', 'select', 'all'),
  ('public.saved_views', 'service_role', 'insert', 'all'),
  ('public.saved_views', 'service_role', 'update', 'all'),
  ('public.saved_views', 'service_role', 'delete', 'all'),
  (
    'public.workspace_invitations', 'authenticated', 'select',
    'id, workspace_id, email, role, invited_by, created_at, expires_at, accepted_at'
  ),
  ('public.workspace_invitations', 'authenticated', 'delete', 'all'),
  ('public.workspace_invitations', 'service_role', 'select', 'all'),
  ('public.workspace_invitations', 'service_role', 'insert', 'all'),
  ('public.workspace_invitations', 'service_role', 'update', 'all'),
  ('public.workspace_invitations', 'service_role', 'delete', 'all'),
  ('public.workspace_members', 'authenticated', 'select', 'all'),
  ('public.workspace_members', 'authenticated', 'update', 'role'),
  ('public.workspace_members', 'authenticated', 'delete', 'all'),
  ('public.workspace_members', 'service_role', 'select', 'all'),
  ('public.workspace_members', 'service_role', 'insert', 'all'),
  ('public.workspace_members', 'service_role', 'update', 'all'),
  ('public.workspace_members', 'service_role', 'delete', 'all'),
  ('public.workspaces', 'authenticated', 'select', 'all'),
  ('public.workspaces', 'authenticated', 'update', 'name, records_query_text'),
  ('public.workspaces', 'service_role', 'select', 'all'),
  ('public.workspaces', 'service_role', 'insert', 'all'),
  ('public.workspaces', 'service_role', 'update', 'all'),
  ('public.workspaces', 'service_role', 'delete', 'all');

create temporary table actual as
select
  format('%s.%s', n.nspname, c.relname) as relation, r.role, p.privilege,
  case
    when has_table_privilege(r.role, c.oid, p.privilege) then 'all'
    else (
      select string_agg(a.attname, ', ' order by a.attnum)
      from pg_attribute as a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and p.privilege in ('select', 'insert', 'update', 'references')
        and has_column_privilege(r.role, c.oid, a.attnum, p.privilege)
    )
  end as columns
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
cross join unnest(array['anon', 'authenticated', 'service_role']) as r (role)
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f');

select plan((select count(*) + 5 from actual)::integer);

select is(
  coalesce(a.columns, 'nothing'), coalesce(e.columns, 'nothing'), format('%s: %s may %s', a.relation, a.role, a.privilege)
)
from actual as a
left join expected as e on (e.relation, e.role, e.privilege) = (a.relation, a.role, a.privilege)
order by a.relation, a.role, a.privilege;

select is_empty(
  $$select e.relation from expected as e where e.relation not in (select a.relation from actual as a)$$,
  'every expectation is about a table that there is'
);
select ok(not has_schema_privilege('anon', 'private', 'usage'), 'anon may not look into the schema private');
select is_empty(
  $$
    select r.role, s.name
    from unnest(array['anon', 'authenticated', 'service_role']) as r (role)
    cross join unnest(array['public', 'private', 'extensions', 'auth']) as s (name)
    where has_schema_privilege(r.role, s.name, 'create')
  $$,
  'no role of the API may create anything in a schema'
);
select is_empty(
  $$
    select c.relname, r.role
    from pg_class as c
    cross join unnest(array['anon', 'authenticated', 'service_role']) as r (role)
    where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and has_sequence_privilege(r.role, c.oid, 'usage, select, update')
  $$,
  'no role of the API may touch a sequence'
);
select is_empty(
  $$
    select a.grantee::regrole, d.defaclobjtype
    from pg_default_acl as d
    cross join aclexplode(d.defaclacl) as a
    where d.defaclnamespace = 'private'::regnamespace
  $$,
  'nothing new in the schema private is granted by itself'
);

select * from finish();
rollback;
