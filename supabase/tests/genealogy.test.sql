-- Ancestors and descendants, each once and where it is nearest; what the caller may not see is redacted.
begin;
select plan(22);
select tests.make_people();
insert into public.workspace_members values ('workspace-b', tests.user_id('editor'), 'viewer');

create function pg_temp.kin(actor text, name text, max_depth integer default 50, workspace text default 'workspace-a')
returns text language sql as $$
  select tests.value_as(actor, format(
    $q$
      select string_agg(
        concat_ws(':', g.direction, g.depth, coalesce(n.name, 'unknown'), g.state), ' '
        order by array_position(array['self', 'ancestor', 'descendant'], g.direction), g.depth, n.name
      )
      from public.get_genealogy(%L, %L, 'memory_item', %s) as g
      left join tests.named as n on n.id = g.id
    $q$, workspace, tests.row_id(name), max_depth
  ))
$$;
create table tests.named (name text, id uuid);
insert into tests.named
select n, tests.row_id(n)
from unnest(array['a', 'b', 'c', 'd', 'e', 'f', 'g', 'of b', 'gone', 'ring 1', 'ring 2', 'ring 3', 'self'] || array(
  select 'chain ' || n from generate_series(1, 60) as n
)) as n;
grant select on tests.named to authenticated, service_role;

-- a is the child of b and c, both children of d; e and f come from a
select tests.add_memory('workspace-a', n) from unnest(array['a', 'b', 'c', 'd', 'e', 'f', 'g']) as n;
select tests.add_link('workspace-a', 'a', 'b');
select tests.add_link('workspace-a', 'a', 'c', '{"relation": "derived_from"}');
select tests.add_link('workspace-a', 'b', 'd');
select tests.add_link('workspace-a', 'c', 'd');
select tests.add_link('workspace-a', 'e', 'a');
select tests.add_link('workspace-a', 'f', 'e');
select tests.add_link('workspace-a', 'a', 'g', '{"relation": "related"}');
select is(
  pg_temp.kin('viewer', 'a'),
  'self:0:a:visible ancestor:1:b:visible ancestor:1:c:visible ancestor:2:d:visible descendant:1:e:visible descendant:2:f:visible',
  'both ways, each once, what is only related left out'
);
select is(
  pg_temp.kin('viewer', 'd'), 'self:0:d:visible descendant:1:b:visible descendant:1:c:visible descendant:2:a:visible '
    'descendant:3:e:visible descendant:4:f:visible', 'from the first of all'
);
select tests.add_link('workspace-a', 'a', 'd', '{"ordinal": 1}');
select is(
  pg_temp.kin('viewer', 'a'),
  'self:0:a:visible ancestor:1:b:visible ancestor:1:c:visible ancestor:1:d:visible descendant:1:e:visible descendant:2:f:visible',
  'a relative stands where it is nearest'
);
select is(
  pg_temp.kin('viewer', 'd', 1), 'self:0:d:visible descendant:1:a:visible descendant:1:b:visible descendant:1:c:visible',
  'no deeper than asked'
);
select is(
  tests.value_as('viewer', format(
    'select string_agg(relation, '' '' order by id = %L desc) from public.get_genealogy(%L, %L) where direction = %L and depth = 1 and id in (%1$L, %5$L)',
    tests.row_id('b'), 'workspace-a', tests.row_id('a'), 'ancestor', tests.row_id('c')
  )), 'parent derived_from', 'each with its relation'
);

-- Cycles
select tests.add_memory('workspace-a', 'ring ' || n) from generate_series(1, 3) as n;
select tests.add_link('workspace-a', 'ring 1', 'ring 2');
select tests.add_link('workspace-a', 'ring 2', 'ring 3');
select tests.add_link('workspace-a', 'ring 3', 'ring 1');
select is(
  pg_temp.kin('viewer', 'ring 1'),
  'self:0:ring 1:visible ancestor:1:ring 2:visible ancestor:2:ring 3:visible descendant:1:ring 3:visible descendant:2:ring 2:visible',
  'a cycle ends'
);
select tests.add_memory('workspace-a', 'self');
select tests.add_link('workspace-a', 'self', 'self');
select is(pg_temp.kin('viewer', 'self'), 'self:0:self:visible', 'one that is its own parent is one');

-- Depth
select tests.add_memory('workspace-a', 'chain ' || n) from generate_series(1, 60) as n;
select tests.add_link('workspace-a', 'chain ' || n, 'chain ' || (n + 1)) from generate_series(1, 59) as n;
select is(
  tests.value_as('viewer', format('select max(depth) || '' '' || count(*) from public.get_genealogy(%L, %L)', 'workspace-a', tests.row_id('chain 1'))),
  '50 51', 'by default 50 generations'
);
select is(
  tests.value_as('viewer', format(
    'select max(depth) || '' '' || count(*) from public.get_genealogy(%L, %L, max_depth => 1000)', 'workspace-a', tests.row_id('chain 1')
  )), '59 60', 'all of them when asked'
);
select is(
  tests.attempt('viewer', format(
    'select public.get_genealogy(%L, %L, max_depth => %s)', 'workspace-a', tests.row_id('a'), d
  )), '22023', format('%s is no depth', d)
)
from unnest(array['0', '1001', 'null']) as d;
select is(
  tests.attempt('viewer', format('select public.get_genealogy(%L, %L, %L)', 'workspace-a', tests.row_id('a'), 'workspace')),
  '22023', 'there are two kinds'
);

-- Other workspaces
select tests.add_memory('workspace-b', 'of b', '{"title": "Secret of B"}');
select tests.add_link('workspace-a', 'g', 'of b');
select is(
  pg_temp.kin('viewer', 'g'), 'self:0:g:visible ancestor:1:of b:redacted', 'a parent in a workspace of others is redacted'
);
select is(
  tests.value_as('viewer', format(
    'select concat_ws('','', workspace_id, title, evolution_stage, outcome, created_at) from public.get_genealogy(%L, %L) where depth = 1',
    'workspace-a', tests.row_id('g')
  )), '', 'nothing is told of it but the id that the own link names'
);
select tests.add_link('workspace-a', 'g', 'gone', '{"ordinal": 1}');
select is(
  pg_temp.kin('viewer', 'g'), 'self:0:g:visible ancestor:1:gone:redacted ancestor:1:of b:redacted',
  'and it looks like one that is gone'
);
select is(
  pg_temp.kin('editor', 'g'), 'self:0:g:visible ancestor:1:gone:redacted ancestor:1:of b:visible',
  'a member of both sees it'
);
select is(
  pg_temp.kin('service_role', 'g'), 'self:0:g:visible ancestor:1:gone:missing ancestor:1:of b:visible',
  'the service role knows what is missing'
);
select is(
  pg_temp.kin('stranger', 'of b', 50, 'workspace-b'), 'self:0:of b:visible', 'children in workspaces of others do not appear'
);
select is(
  pg_temp.kin('editor', 'of b', 50, 'workspace-b'), 'self:0:of b:visible descendant:1:g:visible', 'to a member of both they do'
);

-- The same id in two workspaces
select tests.add_memory('workspace-a', 'of b', '{"title": "Own"}');
select is(
  tests.value_as('editor', format(
    'select workspace_id || '' '' || title from public.get_genealogy(%L, %L) where id = %L', 'workspace-a', tests.row_id('g'),
    tests.row_id('of b')
  )), 'workspace-a Own', 'a parent of the own workspace is nearer than one of the same id elsewhere'
);
select is(
  pg_temp.kin('editor', 'of b', 50, 'workspace-b'), 'self:0:of b:visible', 'and the other has no child then'
);

select * from finish();
rollback;
