create table public.memory_maps (
  workspace_id text not null references public.workspaces (id) on delete cascade,
  embedding_model text not null check (pg_catalog.char_length(embedding_model) between 1 and 200),
  method text not null check (method in ('umap', 'pca')),
  computed_at timestamptz not null default pg_catalog.now(),
  source_vectors bigint not null check (source_vectors > 0),
  source_digest text not null check (pg_catalog.char_length(source_digest) between 1 and 100),
  ids uuid[] not null,
  x real[] not null,
  y real[] not null,
  primary key (workspace_id, embedding_model),
  constraint memory_maps_places_match_ids
    check (pg_catalog.cardinality(ids) = pg_catalog.cardinality(x) and pg_catalog.cardinality(ids) = pg_catalog.cardinality(y)),
  constraint memory_maps_has_a_bounded_number_of_places check (pg_catalog.cardinality(ids) between 1 and 50000)
);
comment on table public.memory_maps is
  'Where the vectors of a workspace lie when they are laid out in two dimensions, from -1 to 1. Computed by a program, which '
  'reads the vectors with sample_memory_vectors and reduce_memory_vectors.';
comment on column public.memory_maps.source_vectors is 'How many vectors of this model there were when it was computed.';
comment on column public.memory_maps.source_digest is
  'That of get_memory_map_source when it was computed: while it is the same, the map is up to date.';
comment on column public.memory_maps.ids is 'The memory items on the map. No foreign keys: deleted ones are left out by get_memory_map.';

alter table public.memory_maps enable row level security;

create policy "Members read the maps of their workspaces"
  on public.memory_maps for select to authenticated
  using (workspace_id = any ((select private.my_workspaces())::text[]));

revoke all on public.memory_maps from anon, authenticated, service_role;
grant select on public.memory_maps to authenticated;
grant select, insert, update, delete on public.memory_maps to service_role;

create function public.get_memory_map_source(workspace_id text, embedding_model text)
returns table (vectors bigint, digest text)
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return query
  select
    pg_catalog.count(*),
    pg_catalog.md5(coalesce(
      pg_catalog.sum(
        pg_catalog.hashtextextended(
          m.id::pg_catalog.text || pg_catalog.md5(extensions.vector_send(m.content_embedding)), 0
        )
      ),
      0
    )::pg_catalog.text)
  from public.memory_items as m
  where m.workspace_id = get_memory_map_source.workspace_id
    and m.embedding_model = get_memory_map_source.embedding_model and m.content_embedding is not null;
end;
$$;
comment on function public.get_memory_map_source(text, text) is
  'What a map of these vectors is made from: how many there are, and a digest that changes with any of them.';
revoke execute on function public.get_memory_map_source(text, text) from public, anon;
grant execute on function public.get_memory_map_source(text, text) to authenticated, service_role;

create function public.sample_memory_vectors(workspace_id text, embedding_model text, match_count integer default 1000)
returns text
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  if (match_count between 1 and 5000) is not true then
    raise exception 'match_count is %, expected 1 to 5000', coalesce(match_count::pg_catalog.text, 'null')
      using errcode = '22023', hint = 'A few thousand vectors show the layout of all.';
  end if;
  return (
    select pg_catalog.string_agg(
      s.id::pg_catalog.text || ' '
        || pg_catalog.translate(pg_catalog.encode(extensions.vector_send(s.content_embedding), 'base64'), E'\n', ''),
      E'\n'
      order by s.place, s.id
    )
    from (
      select m.id, m.content_embedding, pg_catalog.hashtextextended(m.id::pg_catalog.text, 0) as place
      from public.memory_items as m
      where m.workspace_id = sample_memory_vectors.workspace_id
        and m.embedding_model = sample_memory_vectors.embedding_model and m.content_embedding is not null
      order by place, m.id
      limit match_count
    ) as s
  );
end;
$$;
comment on function public.sample_memory_vectors(text, text, integer) is
  'So many memory items, always the same ones while they are there, a line each: the id and its vector as pgvector sends it, in '
  'base64. Null when there are none. Raises 22023.';
revoke execute on function public.sample_memory_vectors(text, text, integer) from public, anon;
grant execute on function public.sample_memory_vectors(text, text, integer) to authenticated, service_role;

create function public.reduce_memory_vectors(workspace_id text, embedding_model text, axes text[])
returns text
language plpgsql
stable
set search_path = ''
set jit = off
as $$
declare
  directions constant extensions.vector[] := axes::extensions.vector[];
begin
  if (pg_catalog.cardinality(directions) between 1 and 64) is not true then
    raise exception 'There are % axes, expected 1 to 64', coalesce(pg_catalog.cardinality(directions), 0)
      using errcode = '22023', hint = 'Give the first principal components of a sample.';
  end if;
  return (
    select pg_catalog.string_agg(
      s.id::pg_catalog.text || ' '
        || pg_catalog.translate(
          pg_catalog.encode(
            extensions.vector_send(
              array(
                select -(s.content_embedding operator(extensions.<#>) a.direction)
                from pg_catalog.unnest(directions) with ordinality as a (direction, place)
                order by a.place
              )::extensions.vector
            ),
            'base64'
          ),
          E'\n', ''
        ),
      E'\n'
      order by s.place, s.id
    )
    from (
      select m.id, m.content_embedding, pg_catalog.hashtextextended(m.id::pg_catalog.text, 0) as place
      from public.memory_items as m
      where m.workspace_id = reduce_memory_vectors.workspace_id
        and m.embedding_model = reduce_memory_vectors.embedding_model and m.content_embedding is not null
      order by place, m.id
      limit 50000
    ) as s
  );
end;
$$;
comment on function public.reduce_memory_vectors(text, text, text[]) is
  'As sample_memory_vectors, up to 50,000 memory items, but of each vector only its inner products with the axes. Raises 22023.';
revoke execute on function public.reduce_memory_vectors(text, text, text[]) from public, anon;
grant execute on function public.reduce_memory_vectors(text, text, text[]) to authenticated, service_role;

create function private.save_memory_map(
  workspace_id text, embedding_model text, method text, source_vectors bigint, source_digest text, ids uuid[],
  x real[], y real[]
)
returns timestamptz
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  saved_at pg_catalog.timestamptz;
begin
  perform private.require_role(save_memory_map.workspace_id, 'editor');
  if exists (select from pg_catalog.unnest(x || y) as p (place) where (p.place between -1 and 1) is not true)
    or pg_catalog.array_position(save_memory_map.ids, null) is not null then
    raise exception 'A place on the map is not between -1 and 1, or has no id'
      using errcode = '22023', hint = 'Scale the layout before it is saved.';
  end if;
  insert into public.memory_maps as m (
    workspace_id, embedding_model, method, source_vectors, source_digest, ids, x, y
  )
  values (
    save_memory_map.workspace_id, save_memory_map.embedding_model, save_memory_map.method, save_memory_map.source_vectors,
    save_memory_map.source_digest, save_memory_map.ids, save_memory_map.x, save_memory_map.y
  )
  on conflict (workspace_id, embedding_model) do update
  set
    method = excluded.method, computed_at = pg_catalog.now(), source_vectors = excluded.source_vectors,
    source_digest = excluded.source_digest, ids = excluded.ids, x = excluded.x, y = excluded.y
  returning m.computed_at into saved_at;
  return saved_at;
end;
$$;
comment on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) is
  'Security definer: users may not write maps but whole ones, and only editors.';
revoke execute on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) from public, anon;
grant execute on function private.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])
  to authenticated, service_role;

create function public.save_memory_map(
  workspace_id text, embedding_model text, method text, source_vectors bigint, source_digest text, ids uuid[],
  x real[], y real[]
)
returns timestamptz
language sql
set search_path = ''
as $$
  select private.save_memory_map(workspace_id, embedding_model, method, source_vectors, source_digest, ids, x, y)
$$;
comment on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) is
  'Keeps the map of a workspace in place of an earlier one and returns when. For editors. Raises 22023, 23514 and 42501.';
revoke execute on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[]) from public, anon;
grant execute on function public.save_memory_map(text, text, text, bigint, text, uuid[], real[], real[])
  to authenticated, service_role;

create function public.get_memory_map(workspace_id text, embedding_model text)
returns jsonb
language plpgsql
stable
set search_path = ''
set jit = off
as $$
begin
  return (
    select pg_catalog.jsonb_build_object(
      'ids', coalesce(pg_catalog.jsonb_agg(m.id order by p.place), '[]'),
      'x', coalesce(pg_catalog.jsonb_agg(p.x order by p.place), '[]'),
      'y', coalesce(pg_catalog.jsonb_agg(p.y order by p.place), '[]'),
      'domains', coalesce(pg_catalog.jsonb_agg(m.domain_category order by p.place), '[]'),
      'outcomes', coalesce(pg_catalog.jsonb_agg(t.outcome order by p.place), '[]'),
      'stages', coalesce(pg_catalog.jsonb_agg(m.evolution_stage order by p.place), '[]')
    )
    from public.memory_maps as s
    cross join lateral rows from (
      pg_catalog.unnest(s.ids), pg_catalog.unnest(s.x), pg_catalog.unnest(s.y)
    ) with ordinality as p (id, x, y, place)
    join public.memory_items as m on (m.workspace_id, m.id) = (s.workspace_id, p.id)
    left join public.reasoning_traces as t on (t.workspace_id, t.id) = (m.workspace_id, m.trace_id)
    where s.workspace_id = get_memory_map.workspace_id and s.embedding_model = get_memory_map.embedding_model
    having pg_catalog.count(*) > 0
  );
end;
$$;
comment on function public.get_memory_map(text, text) is
  'The places of the map with what they can be coloured by, as lists of the same length; memory items deleted since are left '
  'out. Null when there is no map.';
revoke execute on function public.get_memory_map(text, text) from public, anon;
grant execute on function public.get_memory_map(text, text) to authenticated, service_role;
