-- A map is up to date until a vector changes, comes or goes; only whole and valid ones are kept.
begin;
select plan(13);
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.add_memory('workspace-a', 'second memory', '{"angle": 0.3}');
create temporary table before as select * from public.get_memory_map_source('workspace-a', 'all-MiniLM-L6-v2');

select is((select vectors from before), 2::bigint, 'every vector of the model counts');
select is(
  (select vectors from public.get_memory_map_source('workspace-a', 'another model')), 0::bigint, 'those of other models do not'
);
update public.memory_items set title = 'Another title' where id = tests.row_id('second memory');
select is(
  (select digest from public.get_memory_map_source('workspace-a', 'all-MiniLM-L6-v2')), (select digest from before),
  'a map stays up to date when a text changes'
);
update public.memory_items set content_embedding = tests.direction(1.2) where id = tests.row_id('second memory');
select isnt(
  (select digest from public.get_memory_map_source('workspace-a', 'all-MiniLM-L6-v2')), (select digest from before),
  'and is out of date when a vector does'
);

select is(
  (
    select pg_catalog.count(*)
    from pg_catalog.regexp_split_to_table(public.sample_memory_vectors('workspace-a', 'all-MiniLM-L6-v2'), E'\n') as line
    join public.memory_items as m
      on line = m.id || ' '
        || pg_catalog.replace(pg_catalog.encode(extensions.vector_send(m.content_embedding), 'base64'), E'\n', '')
    where m.workspace_id = 'workspace-a'
  ),
  2::bigint, 'a sample holds each vector as pgvector sends it'
);
select is(
  (
    select pg_catalog.count(*)
    from pg_catalog.regexp_split_to_table(
      public.reduce_memory_vectors(
        'workspace-a', 'all-MiniLM-L6-v2', array[tests.direction(0)::text, tests.direction(1)::text]
      ), E'\n'
    ) as line
    join public.memory_items as m
      on line = m.id || ' ' || pg_catalog.encode(
        extensions.vector_send(
          array[
            -(m.content_embedding operator(extensions.<#>) tests.direction(0)),
            -(m.content_embedding operator(extensions.<#>) tests.direction(1))
          ]::extensions.vector
        ), 'base64'
      )
    where m.workspace_id = 'workspace-a'
  ),
  2::bigint, 'a reduced vector holds its inner products with the axes, in their order'
);
select throws_ok(
  $$select public.sample_memory_vectors('workspace-a', 'all-MiniLM-L6-v2', 5001)$$, '22023', null, 'a sample is bounded'
);
select throws_ok(
  $$select public.reduce_memory_vectors('workspace-a', 'all-MiniLM-L6-v2', '{}')$$, '22023', null, 'there is an axis'
);

select public.save_memory_map(
  'workspace-a', 'all-MiniLM-L6-v2', 'umap', 2, 'digest', array[tests.row_id('second memory'), gen_random_uuid()],
  '{0.5, 1}', '{-0.25, 1}'
);
select is(
  public.get_memory_map('workspace-a', 'all-MiniLM-L6-v2') - array['domains', 'outcomes', 'stages'],
  pg_catalog.jsonb_build_object('ids', array[tests.row_id('second memory')], 'x', array[0.5], 'y', array[-0.25]),
  'the new map takes the place of the one before; what is not there is not shown'
);
select is(public.get_memory_map('workspace-a', 'another model'), null, 'no map is null');
select throws_ok(
  $$select public.save_memory_map('workspace-a', 'm', 'umap', 1, 'd', array[gen_random_uuid()], '{NaN}', '{0}')$$,
  '22023', null, 'a place is a number from -1 to 1'
);
select throws_ok(
  $$select public.save_memory_map('workspace-a', 'm', 'umap', 1, 'd', array[gen_random_uuid()], '{0, 0}', '{0, 0}')$$,
  '23514', null, 'every place has its id'
);
select throws_ok(
  $$select public.save_memory_map('workspace-a', 'm', 'umap', 1, 'd', '{null}', '{0}', '{0}')$$,
  '22023', null, 'and no id is null'
);

select * from finish();
rollback;
