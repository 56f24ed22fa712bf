create type private.kin as (
  direction text,
  depth integer,
  relation text,
  kind text,
  workspace_id text,
  id uuid,
  linked_id uuid
);

create function private.is_there(kind text, workspace_id text, id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case is_there.kind
    when 'memory_item' then exists (
      select from public.memory_items as m where (m.workspace_id, m.id) = (is_there.workspace_id, is_there.id)
    )
    when 'trace' then exists (
      select from public.reasoning_traces as t where (t.workspace_id, t.id) = (is_there.workspace_id, is_there.id)
    )
  end
$$;
comment on function private.is_there(text, text, uuid) is 'Whether the caller may see such a row.';
revoke execute on function private.is_there(text, text, uuid) from public, anon;
grant execute on function private.is_there(text, text, uuid) to authenticated, service_role;

create function private.parents_of(children private.kin[], scope text[])
returns setof private.kin
language sql
stable
set search_path = ''
as $$
  select
    'ancestor', c.depth + 1, l.relation, l.target_kind,
    case
      when private.is_there(l.target_kind, l.workspace_id, l.target_id) then l.workspace_id
      else (
        select w.id
        from pg_catalog.unnest(scope) as w (id)
        where private.is_there(l.target_kind, w.id, l.target_id)
        order by w.id
        limit 1
      )
    end,
    l.target_id, c.id
  from pg_catalog.unnest(children) as c
  join public.lineage_links as l
    on (l.workspace_id, l.child_kind, l.child_id) = (c.workspace_id, c.kind, c.id)
  where l.relation <> 'related'
$$;
comment on function private.parents_of(private.kin[], text[]) is
  'Where these rows came from: in their own workspace, else in another that the caller may see, else with a null workspace.';
revoke execute on function private.parents_of(private.kin[], text[]) from public, anon;
grant execute on function private.parents_of(private.kin[], text[]) to authenticated, service_role;

create function private.children_of(parents private.kin[], scope text[])
returns setof private.kin
language sql
stable
set search_path = ''
as $$
  select 'descendant', p.depth + 1, l.relation, l.child_kind, l.workspace_id, l.child_id, p.id
  from pg_catalog.unnest(parents) as p
  join public.lineage_links as l
    on l.workspace_id = any (scope) and (l.target_kind, l.target_id) = (p.kind, p.id)
  where l.relation <> 'related'
    and (l.workspace_id = p.workspace_id or not private.is_there(l.target_kind, l.workspace_id, l.target_id))
$$;
comment on function private.children_of(private.kin[], text[]) is
  'What came from these rows. A row of the same id in the child''s own workspace is the nearer parent.';
revoke execute on function private.children_of(private.kin[], text[]) from public, anon;
grant execute on function private.children_of(private.kin[], text[]) to authenticated, service_role;

create function private.find_kin(origin private.kin, scope text[], max_depth integer)
returns private.kin[]
language plpgsql
stable
set search_path = ''
as $$
declare
  found private.kin[] := array[origin];
  generation private.kin[];
  side pg_catalog.text;
begin
  foreach side in array array['ancestor', 'descendant'] loop
    generation := array[origin];
    for level in 1..max_depth loop
      -- Each row once, where it is nearest: that ends cycles too.
      generation := array(
        select k
        from (
          select distinct on (n.kind, n.workspace_id, n.id) n.*
          from (
            select a.* from private.parents_of(generation, scope) as a where side = 'ancestor'
            union all
            select d.* from private.children_of(generation, scope) as d where side = 'descendant'
          ) as n
          order by n.kind, n.workspace_id, n.id, n.relation, n.linked_id
        ) as k
        where not exists (
          select
          from pg_catalog.unnest(found) as f
          where (f.kind, f.id) = (k.kind, k.id)
            and f.workspace_id is not distinct from k.workspace_id
            and f.direction in ('self', side)
        )
      );
      exit when pg_catalog.cardinality(generation) = 0;
      found := found || generation;
    end loop;
  end loop;
  return found;
end;
$$;
comment on function private.find_kin(private.kin, text[], integer) is
  'A row with its ancestors and descendants, generation by generation.';
revoke execute on function private.find_kin(private.kin, text[], integer) from public, anon;
grant execute on function private.find_kin(private.kin, text[], integer) to authenticated, service_role;

create type public.genealogy_row as (
  direction text,
  depth integer,
  relation text,
  kind text,
  workspace_id text,
  id uuid,
  linked_id uuid,
  state text,
  title text,
  evolution_stage integer,
  outcome text,
  created_at timestamptz
);
comment on type public.genealogy_row is
  'One relative. direction is self, ancestor or descendant; linked_id is the row one step nearer to self; state is visible, '
  'redacted (gone, or in a workspace the caller is no member of: which of both is not told) or missing (for the service role, '
  'who sees every workspace).';

create function public.get_genealogy(
  workspace_id text, id uuid, kind text default 'memory_item', max_depth integer default 50
)
returns setof public.genealogy_row
language plpgsql
stable
set search_path = ''
set jit = off
as $$
#variable_conflict use_column
declare
  is_trusted constant boolean := private.caller_is_trusted();
  scope constant pg_catalog.text[] := private.search_scope(null, true);
begin
  if (get_genealogy.kind in ('memory_item', 'trace')) is not true then
    raise exception 'kind is "%", expected memory_item or trace', coalesce(get_genealogy.kind, 'null')
      using errcode = '22023';
  end if;
  if (get_genealogy.max_depth between 1 and 1000) is not true then
    raise exception 'max_depth is %, expected 1 to 1000', coalesce(get_genealogy.max_depth::pg_catalog.text, 'null')
      using errcode = '22023';
  end if;
  if not private.is_there(get_genealogy.kind, get_genealogy.workspace_id, get_genealogy.id) then
    raise exception 'There is no % % in workspace "%"', get_genealogy.kind, get_genealogy.id, get_genealogy.workspace_id
      using errcode = 'PT404', hint = 'Check the ids.';
  end if;
  return query
  select
    k.direction, k.depth, k.relation, k.kind, k.workspace_id, k.id, k.linked_id,
    case when k.workspace_id is not null then 'visible' when is_trusted then 'missing' else 'redacted' end,
    coalesce(m.title, t.task), m.evolution_stage, t.outcome, coalesce(m.created_at, t.created_at)
  from pg_catalog.unnest(
    private.find_kin(
      row('self', 0, null, get_genealogy.kind, get_genealogy.workspace_id, get_genealogy.id, null)::private.kin,
      scope,
      get_genealogy.max_depth
    )
  ) as k
  left join public.memory_items as m
    on k.kind = 'memory_item' and (m.workspace_id, m.id) = (k.workspace_id, k.id)
  left join public.reasoning_traces as t
    on k.kind = 'trace' and (t.workspace_id, t.id) = (k.workspace_id, k.id)
  order by
    pg_catalog.array_position(array['self', 'ancestor', 'descendant'], k.direction), k.depth, k.kind, k.workspace_id, k.id;
end;
$$;
comment on function public.get_genealogy(text, uuid, text, integer) is
  'A memory item or trace with all its ancestors and descendants, each once and where it is nearest, cycles cut. Follows '
  'parent and derived_from. Raises PT404 and 22023.';
revoke execute on function public.get_genealogy(text, uuid, text, integer) from public, anon;
grant execute on function public.get_genealogy(text, uuid, text, integer) to authenticated, service_role;
