-- Attacks 39 and 40: what no search takes.
begin;
select plan(32);
select tests.make_people();
select tests.make_rows('workspace-a');

-- Who may leave out what
select is(
  tests.attempt('service_role', 'select public.search_similar_memories(tests.direction(0))'), '22023',
  'the service role names its workspaces or asks for all'
);
select is(
  tests.value_as('service_role', $$
    select count(*) from public.search_similar_memories(tests.direction(0), 10, array['workspace-x'])
  $$), '0', 'an unknown workspace has no rows'
);

-- The exact search takes no more
select is(
  tests.attempt('service_role', 'select public.search_similar_memories_exactly(tests.direction(0))'), '22023',
  'for the exact search the service role names its workspaces too'
);
select is(
  tests.attempt('owner', format('select public.search_similar_memories_exactly(tests.direction(0), %s)', k)), '22023',
  format('attack 39: match_count %s is refused by the exact search', k)
)
from unnest(array['0', 'null']) as k;
select is(
  tests.attempt('owner', 'select public.search_similar_memories_exactly(null)'), '22023',
  'attack 40: the exact search refuses none'
);
select is(
  tests.attempt('owner', $$select public.search_similar_memories_exactly(tests.direction(0), query_model => 'other')$$), '22023',
  'attack 40: and a vector of another model'
);

-- Bounds
select is(
  tests.attempt('owner', format('select public.search_similar_memories(tests.direction(0), %s)', k)), '22023',
  format('attack 39: match_count %s is refused', k)
)
from unnest(array['0', '-1', '1000000', 'null']) as k;
select is(
  tests.attempt('owner', format('select public.search_similar_memories(tests.direction(0), min_similarity => %L)', k)), '22023',
  format('attack 39: min_similarity %s is refused', k)
)
from unnest(array['NaN', 'Infinity', '1.1', '-2']) as k;
select is(
  tests.attempt('owner', format('select public.search_similar_memories(tests.direction(0), %s => %L)', w.name, w.value)), '22023',
  format('attack 39: %s %s is refused', w.name, w.value)
)
from (
  values ('similarity_weight', 'NaN'), ('recency_weight', '-1'), ('error_weight', 'Infinity'), ('recency_days', '0'),
    ('rank_by', 'other')
) as w (name, value);
select is(
  tests.attempt('owner', format(
    'select public.search_similar_memories((%L::real[])::extensions.vector)', array_fill(1::real, array[d])
  )), '22023', format('attack 40: a vector of %s dimensions is refused', d)
)
from unnest(array[1, 383, 385]) as d;
select is(
  tests.attempt('owner', 'select public.search_similar_memories(null)'), '22023', 'attack 40: none is refused'
);
select is(
  tests.attempt('owner', 'select public.search_similar_memories(array_fill(0::real, array[384])::extensions.vector)'), '22023',
  'attack 40: the zero vector is refused'
);
select is(
  tests.attempt('owner', format('select public.search_similar_memories(%L)', replace(
    tests.direction(0)::text, '[1,', format('[%s,', x)
  ))), '22000', format('attack 40: a vector that holds %s is none', x)
)
from unnest(array['NaN', 'Infinity']) as x;
select is(
  tests.attempt('owner', $$select public.search_similar_memories(tests.direction(0), query_model => 'other')$$), '22023',
  'attack 40: a vector of another model is refused'
);
select is(
  tests.attempt('owner', $$select public.search_similar_memories(tests.direction(0), query_model => null)$$), '22023',
  'attack 40: and one of an unknown model'
);
select is(
  tests.attempt('owner', format('select public.search_memories_by_keyword(%L)', q.text)), '22023',
  format('%s is not a query', q.name)
)
from (values ('nothing', ''), ('a blank', ' '), ('a novel', repeat('x', 10001))) as q (name, text);

select * from finish();
rollback;
