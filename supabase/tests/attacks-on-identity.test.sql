-- Attacks 24 to 30, as far as they are the database's to stop: who a request says it is. Tokens are checked before it.
begin;
select plan(24);
select tests.make_people();
select tests.make_rows('workspace-a');
select tests.make_rows('workspace-b');

-- What a query gives to a user whose request carries other claims or settings than his own.
create function pg_temp.with_setting(actor text, setting text, value text, query text) returns text language plpgsql as $$
declare
  answer text;
begin
  begin
    perform tests.act_as(actor);
    perform set_config(setting, value, true);
    execute query into answer;
    raise exception using errcode = 'TEST0';
  exception
    when sqlstate 'TEST0' then null;
    when others then answer := sqlstate;
  end;
  discard plans;
  return answer;
end;
$$;
create function pg_temp.with_claims(claims jsonb, query text) returns text language sql as $$
  select pg_temp.with_setting('stranger', 'request.jwt.claims', claims::text, query)
$$;
create function pg_temp.rows_of_a() returns text language sql as $$
  select $query$select count(*) from public.memory_items where workspace_id = 'workspace-a'$query$::text
$$;

update auth.users
set raw_user_meta_data = '{"role": "service_role", "workspace_id": "workspace-a", "is_admin": true}'
where id = tests.user_id('stranger');
select is(
  pg_temp.with_claims(
    jsonb_build_object(
      'sub', tests.user_id('stranger'), 'role', 'authenticated',
      'user_metadata', '{"role": "owner", "workspace_id": "workspace-a"}'::jsonb,
      'app_metadata', '{"role": "owner", "workspace_id": "workspace-a"}'::jsonb, 'workspace_id', 'workspace-a'
    ), pg_temp.rows_of_a()
  ), '0', 'attack 24: what a user says of himself opens nothing'
);
select is(
  pg_temp.with_claims(
    jsonb_build_object('sub', tests.user_id('stranger'), 'user_metadata', '{"workspace_id": "workspace-a"}'::jsonb),
    $$select private.my_workspaces()::text$$
  ), '{workspace-b}', 'attack 24: his workspaces are those of the table'
);

select is(
  pg_temp.with_claims('{"role": "authenticated"}', pg_temp.rows_of_a()), '0', 'attack 25: a token without a user reads nothing'
);
select is(pg_temp.with_claims('{}', pg_temp.rows_of_a()), '0', 'attack 25: nor does an empty one');
select is(
  pg_temp.with_claims(jsonb_build_object('sub', 'workspace-a'), pg_temp.rows_of_a()), '22P02',
  'attack 25: a user who is no id is an error'
);
select is(
  pg_temp.with_claims(jsonb_build_object('sub', gen_random_uuid()), pg_temp.rows_of_a()), '0',
  'attack 25: a user who does not exist reads nothing'
);

delete from public.workspace_members where user_id = tests.user_id('editor');
select is(
  tests.value_as('editor', pg_temp.rows_of_a()), '0', 'attack 26: a token outlives the membership, the access does not'
);

select is(tests.value_as('anonymous', pg_temp.rows_of_a()), '0', 'attack 27: an anonymous sign-in reads nothing, whatever rows say');
select is(
  tests.value_as('anonymous', 'select count(*) from public.workspace_members'), '0', 'attack 27: not even its own membership'
);
select is(
  tests.attempt('anonymous', $$insert into public.memory_items (workspace_id, title, content) values ('workspace-a', 'x', 'x')$$),
  'refused', 'attack 27: writes nothing'
);
select is(
  tests.attempt('anonymous', $$select public.record_retrieval('workspace-a', 'x', 'keyword', 1)$$), 'refused',
  'attack 27: records nothing'
);
select is(
  tests.value_as('anonymous', $$select total_memories from public.get_statistics(array['workspace-a'])$$), '0',
  'attack 27: counts nothing'
);
select is(
  tests.value_as('anonymous', $$select count(*) from public.search_similar_memories(tests.direction(0))$$), '0',
  'attack 27: finds nothing'
);
select is(
  tests.value_as('anonymous', $$select count(*) from public.search_memories_by_keyword('secretword')$$), '0',
  'attack 27: nor by words'
);

select is(
  pg_temp.with_claims(jsonb_build_object('sub', tests.user_id('stranger'), 'role', 'service_role'), pg_temp.rows_of_a()), '0',
  'attack 28: a claim does not make a user the service role'
);
select is(
  pg_temp.with_claims(
    jsonb_build_object('sub', tests.user_id('stranger'), 'role', 'service_role'), 'select private.caller_is_trusted()::text'
  ), 'false', 'attack 28: nor does the database trust him more'
);
select is(
  pg_temp.with_claims(
    jsonb_build_object('sub', tests.user_id('stranger'), 'role', 'service_role'),
    $$select count(*) from private.match_keywords(array['workspace-a'], 'secretword', 5, null)$$
  ), '0', 'attack 28: also where a function runs with more rights'
);
select is(
  pg_temp.with_claims(
    jsonb_build_object('sub', tests.user_id('stranger'), 'role', 'service_role'),
    $$select count(*) from public.list_workspace_members('workspace-a')$$
  ), '42501', 'attack 28: and asks for a role'
);

select is(
  pg_temp.with_setting(
    'stranger', 'request.headers', '{"x-workspace-id": "workspace-a", "role": "service_role", "x-user-id": "1"}',
    pg_temp.rows_of_a()
  ), '0', 'attack 29: headers have no effect'
);
select is(
  pg_temp.with_setting('stranger', 'request.jwt.claim.role', 'service_role', 'select private.caller_is_trusted()::text'),
  'false', 'attack 29: nor does the old setting of a role'
);
select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and p.prosrc ~ 'set_config' and p.proname <> 'nearest_rows'
  $$, 'attack 29: no function sets what a caller names'
);
select is_empty(
  $$
    select (regexp_matches(p.prosrc, 'set_config\(''([^'']+)''', 'g'))[1] from pg_proc as p where p.proname = 'nearest_rows'
    except values ('enable_sort'), ('hnsw.ef_search')
  $$, 'attack 29: nearest_rows sets two settings of the planner'
);
select is(
  tests.value_as('service_role', pg_temp.rows_of_a()), '1', 'attack 30: the service role reads everything'
);
select is(
  pg_temp.with_setting(
    'stranger', 'request.jwt.claims',
    json_build_object('sub', tests.user_id('stranger'), 'role', 'authenticated', 'apikey', 'sb_secret_x')::text,
    pg_temp.rows_of_a()
  ), '0', 'attack 30: beside a user''s token a secret key is that user'
);

select * from finish();
rollback;
