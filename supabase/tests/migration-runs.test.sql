-- What a caller is told of migration runs: of a run that spans workspaces only what concerns those he owns.
begin;
select plan(29);
select tests.make_people();

create temporary view run_name as
select r.name, tests.row_id(r.name) as id from unnest(array['older', 'both', 'foreign', 'underway']) as r (name);
grant select on run_name to authenticated, service_role;

insert into public.migration_runs (
  id, source_identity, source_kind, source_location, source_timezone, status, started_at, finished_at, phase, progress,
  lease_token, lease_holder, lease_expires_at, report
)
values
  (
    tests.row_id('older'), 'identity', 'chroma-directory', 'C:\secret\bank', 'UTC', 'failed', '2026-01-01', null, 'copy',
    null, null, null, null, '{"error": {"code": "target:busy", "message": "secret.example.com is busy", "hint": null}}'
  ),
  (
    tests.row_id('both'), 'identity', 'chroma-directory', '/home/secret/chroma_data', 'UTC', 'differences', '2026-01-02',
    '2026-01-02 00:01', 'verify', '{"done": 10, "total": 20, "rows": 12, "rows_per_second": 3.5}', null, null, null,
    '{
      "rejects": [{"source_id": "secret", "code": "x", "reason": "y"}],
      "warnings": [{"code": "missing_field", "count": 1, "examples": ["secret"]}],
      "conflicts": [{"workspace_id": "workspace-a", "id": "1"}, {"workspace_id": "workspace-b", "id": "secret"}],
      "verification": {
        "source_digest": "secret",
        "differences": [{"workspace_id": "workspace-b", "id": "secret"}, {"workspace_id": "workspace-a", "id": "2"}]
      },
      "timings": {"total_ms": 60000}, "error": {"code": "target:busy", "message": "secret", "hint": "secret"}
    }'
  ),
  (
    tests.row_id('foreign'), 'identity', 'chroma-server', 'http://secret/', 'UTC', 'verified', '2026-01-03', null, null,
    null, null, null, null, null
  ),
  (
    tests.row_id('underway'), 'identity', 'chroma-directory', '/home/secret/bank/', 'UTC', 'running', '2026-01-04', null,
    'copy', '{"done": 30, "total": 20, "rows": 12}', gen_random_uuid(), '{"host": "secret", "pid": 1}',
    now() + interval '30 seconds', null
  );
insert into public.migration_run_workspaces (run_id, workspace_id, is_new, traces, memory_items, written, updated, conflicts)
values
  (tests.row_id('older'), 'workspace-a', true, 0, 0, 0, 0, 0),
  (tests.row_id('both'), 'workspace-a', false, 4, 6, 7, 2, 1),
  (tests.row_id('both'), 'workspace-b', true, 100, 100, 100, 0, 1),
  (tests.row_id('foreign'), 'workspace-b', false, 1, 1, 2, 0, 0),
  (tests.row_id('underway'), 'workspace-a', false, 0, 0, 0, 0, 0);

create function pg_temp.names(actor text, arguments text default '') returns text language sql as $$
  select tests.value_as(actor, format(
    'select string_agg(n.name, %L order by l.ordinality) from public.list_migration_runs(%s) with ordinality as l
      join run_name as n on n.id = l.id', ', ', arguments
  ))
$$;

select is(pg_temp.names('owner'), 'underway, both, older', 'an owner sees the runs of his workspace, the newest first');
select is(pg_temp.names('stranger'), 'foreign, both', 'another owner sees those of his');
select is(pg_temp.names('editor'), null, 'an editor sees none');
select is(pg_temp.names('anonymous'), null, 'nor does one without an account');
select is(pg_temp.names('service_role'), 'underway, foreign, both, older', 'the service role sees all');
select is(
  pg_temp.names('owner', $$match_count => 1, after_started_at => '2026-01-04', after_id => tests.row_id('underway')$$),
  'both', 'a page goes on where the one before ended'
);
select is(tests.attempt('owner', 'select public.list_migration_runs(0)'), '22023', 'a page has a size');

-- A run that failed before it verified
update public.migration_runs set report = report || '{"verification": null}' where id = tests.row_id('older');
select is(
  tests.value_as('owner', $$
    select (verification is null)::text || ' ' || (error ->> 'code') from public.get_migration_run(tests.row_id('older'))
  $$), 'true target:busy', 'the report of a run that did not come to verify is read'
);

-- The runs of one workspace
create function pg_temp.runs_of(actor text, workspace text, arguments text default '') returns text language sql as $$
  select tests.value_as(actor, format(
    $list$
      select string_agg(format('%%s %%s %%s %%s', n.name, l.traces, l.written, l.conflicts), ', ' order by l.ordinality)
      from public.list_workspace_migration_runs(%L%s) with ordinality as l
      join run_name as n on n.id::text = l.run ->> 'id'
    $list$, workspace, arguments
  ))
$$;
select is(
  pg_temp.runs_of('owner', 'workspace-a'), 'underway 0 0 0, both 4 7 1, older 0 0 0',
  'the runs of a workspace have the counts of that workspace'
);
select is(pg_temp.runs_of('owner', 'workspace-b'), null, 'of a workspace of others there are none');
select is(pg_temp.runs_of('viewer', 'workspace-a'), null, 'nor are there any for who does not own it');
select is(
  pg_temp.runs_of('owner', 'workspace-a', format(', run_filter => %L', tests.row_id('both'))), 'both 4 7 1',
  'one can be asked for'
);
select is(
  pg_temp.runs_of('owner', 'workspace-a', format(', 1, %L, %L', '2026-01-02', tests.row_id('both'))), 'older 0 0 0',
  'a page begins after the last row of the one before'
);
select is(
  tests.attempt('owner', $$select public.list_workspace_migration_runs('workspace-a', 0)$$), '22023', 'and has a size'
);

create function pg_temp.told(actor text, name text, columns text) returns text language sql as $$
  select tests.value_as(actor, format(
    'select row_to_json(t)::text from (select %s from public.get_migration_run(tests.row_id(%L))) as t', columns, name
  ))
$$;
select is(
  pg_temp.told('owner', 'both', '(run).workspaces, (run).new_workspaces as new, (run).traces, (run).memory_items as items, (run).written, (run).updated, (run).unchanged, (run).conflicts'),
  '{"workspaces":1,"new":0,"traces":4,"items":6,"written":7,"updated":2,"unchanged":2,"conflicts":1}',
  'counts are those of his workspace'
);
select is(
  pg_temp.told('owner', 'both', '(run).is_whole, (run).done, (run).total, (run).rows, (run).rows_per_second as rate, (run).rejected, (run).fraction_done as fraction'),
  '{"is_whole":false,"done":null,"total":null,"rows":null,"rate":null,"rejected":null,"fraction":0.5}',
  'of what is not divided by workspaces he learns the fraction alone'
);
select is(
  pg_temp.told('owner', 'both', 'conflict_list, differences'),
  '{"conflict_list":[{"id": "1", "workspace_id": "workspace-a"}],"differences":[{"id": "2", "workspace_id": "workspace-a"}]}',
  'conflicts and differences are cut to his workspace'
);
select is(
  pg_temp.told('owner', 'both', 'rejects, warnings, verification, timings, holder, error'),
  '{"rejects":null,"warnings":null,"verification":null,"timings":null,"holder":null,"error":{"code": "target:busy", "hint": null, "message": null}}',
  'what names no workspace is not told to who does not own them all'
);
select unalike(
  pg_temp.told('owner', 'both', '*'), '%secret%', 'nothing of another workspace, nor of the way to the source, is in the answer'
);
select is(
  pg_temp.told('owner', 'both', '(run).source_location as at'), '{"at":"chroma_data"}', 'of the source he sees the last part'
);
select is(
  pg_temp.told('owner', 'older', '(run).source_location as at, (run).is_whole, error'),
  '{"at":"bank","is_whole":true,"error":{"code": "target:busy", "hint": null, "message": "secret.example.com is busy"}}',
  'who owns every workspace of a run reads its error'
);
select is(
  pg_temp.told('owner', 'underway', '(run).is_live, (run).fraction_done as fraction, (run).source_location as at, (run).done, holder'),
  '{"is_live":true,"fraction":1,"at":"bank/","done":30,"holder":null}',
  'a run under way is live, and never beyond its end'
);
select is(pg_temp.told('owner', 'foreign', '*'), null, 'there is no run of other workspaces');
select is(pg_temp.told('viewer', 'both', '*'), null, 'nor any for a viewer');
select is(
  pg_temp.told('service_role', 'both', '(run).source_location as at, (run).workspaces, (run).written, (run).rejected, (run).is_whole'),
  '{"at":"/home/secret/chroma_data","workspaces":2,"written":107,"rejected":1,"is_whole":true}',
  'the service role sees it whole'
);
select is(
  pg_temp.told('service_role', 'underway', 'holder'), '{"holder":{"pid": 1, "host": "secret"}}',
  'and who is at it'
);
select is(
  tests.value_as('owner', $$select workspace_counts -> 0 ->> 'name' from public.get_migration_run(tests.row_id('both'))$$),
  'Workspace A', 'workspaces have their names'
);
update public.workspace_members set role = 'owner' where user_id = tests.user_id('editor');
delete from public.workspace_members where user_id = tests.user_id('owner');
select is(pg_temp.names('owner'), null, 'who is removed sees no run any more');
select is(pg_temp.names('editor'), 'underway, both, older', 'who has become an owner sees them at once');

select * from finish();
rollback;
