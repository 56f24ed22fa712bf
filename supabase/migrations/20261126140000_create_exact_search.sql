-- The yardstick of the approximate search: what it should have found.

create function public.search_similar_memories_exactly(
  query_embedding extensions.vector,
  match_count integer default 10,
  workspace_filter text[] default null,
  query_model text default 'all-MiniLM-L6-v2',
  all_workspaces boolean default false
)
returns setof public.found_memory_item
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  scope constant pg_catalog.text[] := private.search_scope(workspace_filter, all_workspaces);
begin
  perform private.check_match_count(match_count);
  perform private.check_query_embedding(query_embedding, query_model, scope, 'memory_item');
  return query
  select f.*
  from private.describe_matches(
    array(
      select row(
        n.workspace_id, n.id, 1 - n.distance, pg_catalog.row_number() over (order by n.distance, n.workspace_id, n.id),
        null, null, null
      )::private.match
      from (
        -- "+ 0" keeps the planner away from the index.
        select
          (m.content_embedding operator(extensions.<=>) query_embedding) + 0 as distance, m.workspace_id, m.id
        from public.memory_items as m
        where m.workspace_id = any (scope) and m.embedding_model = query_model and m.content_embedding is not null
        order by distance, m.workspace_id, m.id
        limit match_count
      ) as n
    ),
    row(0.6, 0.3, 0.1, 30)
  ) as f
  order by f.semantic_rank;
end;
$$;
comment on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean) is
  'What search_similar_memories approximates: every vector the caller may see is compared, no index is asked, however many '
  'there are. To measure the other by; slow where there are many. Raises 22023.';
revoke execute on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean)
  from public, anon;
grant execute on function public.search_similar_memories_exactly(extensions.vector, integer, text[], text, boolean)
  to authenticated, service_role;
