-- Rules that hold for whatever there is, read from the catalog: those of Supabase's own advisors, and ours.
begin;
select plan(28);

create temporary view our_relation as
select c.oid, n.nspname as schema, c.relname as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relowner
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'private')
  and not exists (select from pg_depend as d where d.objid = c.oid and d.deptype = 'e');

create temporary view our_function as
select p.oid, n.nspname as schema, p.proname as name, p.prosecdef, p.proconfig, p.proowner, p.prosrc, p.prorettype
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private')
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');

create temporary view our_policy as
select * from pg_policies as p where p.schemaname in ('public', 'private');

create temporary view our_foreign_key as
select k.oid, k.conname as name, k.conrelid, k.confrelid, k.conkey, k.confkey
from pg_constraint as k
join our_relation as r on r.oid = k.conrelid
where k.contype = 'f';

select isnt_empty('select from our_relation', 'there are tables to look at');
select isnt_empty('select from our_function', 'there are functions to look at');
select isnt_empty('select from our_policy', 'there are policies to look at');

select is_empty(
  $$select schema, name from our_relation where relkind in ('r', 'p') and not relrowsecurity$$,
  'every table is under row level security'
);
select is_empty(
  $$select schema, name from our_relation where relforcerowsecurity$$,
  'no table forces row level security on its owner: definer functions would recurse'
);
select is_empty(
  $$
    select r.schema, r.name from our_relation as r
    where r.relkind in ('r', 'p') and r.name !~ '^migration_'
      and not exists (select from our_policy as p where (p.schemaname, p.tablename) = (r.schema, r.name))
  $$,
  'every table but those of migrations, which only the service role reads, has a policy'
);
select is_empty(
  $$
    select policyname, qual, with_check from our_policy
    where regexp_replace(
      concat(qual, ' ', with_check), 'SELECT (auth|private)\.\w+\(', '', 'g'
    ) ~ '(\m(auth|private)\.\w+\(|current_setting)'
  $$,
  'policies ask who the caller is once a statement, in a sub-select'
);
select is_empty(
  $$select policyname, roles from our_policy where roles <> '{authenticated}'$$,
  'every policy is for authenticated alone'
);
select is_empty(
  $$
    select schemaname, tablename, r.role, c.command
    from our_policy
    cross join unnest(roles) as r (role)
    cross join lateral unnest(
      case cmd when 'ALL' then array['SELECT', 'INSERT', 'UPDATE', 'DELETE'] else array[cmd] end
    ) as c (command)
    where permissive = 'PERMISSIVE'
    group by 1, 2, 3, 4
    having count(*) > 1
  $$,
  'a role has one permissive policy for each command'
);
select is_empty(
  $$select policyname from our_policy where qual = 'true' or with_check = 'true'$$,
  'no policy lets through everything'
);
select is_empty(
  $$
    select policyname from our_policy
    where (cmd in ('INSERT', 'UPDATE', 'ALL') and with_check is null) or (cmd <> 'INSERT' and qual is null)
  $$,
  'policies say what they check, also of new rows'
);
select is_empty(
  $$select policyname from our_policy where concat(qual, with_check) ~ 'user_metadata|app_metadata'$$,
  'no policy trusts what a token says of roles'
);
select is_empty(
  $$select policyname from our_policy where policyname !~ '^[A-Z][a-z'' ]+$'$$,
  'policies are named as sentences'
);
select is_empty(
  $$
    select k.name from our_foreign_key as k
    where not exists (
      select from pg_index as i
      where i.indrelid = k.conrelid and i.indpred is null and i.indisvalid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] operator(pg_catalog.@>) k.conkey
    )
  $$,
  'every foreign key has an index that begins with its columns'
);
select is_empty(
  $$
    select k.name from our_foreign_key as k
    join pg_attribute as t on t.attrelid = k.confrelid and t.attname = 'workspace_id'
    where not t.attnum = any (k.confkey)
  $$,
  'a foreign key to rows of a workspace holds the workspace'
);
select is_empty(
  $$
    select k.name from our_foreign_key as k
    join pg_class as c on c.oid = k.confrelid
    where c.relnamespace = 'auth'::regnamespace
      and not exists (select from pg_constraint as p where p.conrelid = k.confrelid and p.contype = 'p' and p.conkey = k.confkey)
  $$,
  'foreign keys into the schema auth are to primary keys'
);
select is_empty(
  $$
    select r.schema, r.name from our_relation as r
    where r.relkind in ('r', 'p')
      and not exists (select from pg_constraint as p where p.conrelid = r.oid and p.contype = 'p')
      -- Its key holds nulls.
      and r.name <> 'statistics_counts'
  $$,
  'every table has a primary key'
);
select is_empty(
  $$
    select i.indrelid::regclass, count(*)
    from pg_index as i
    join our_relation as r on r.oid = i.indrelid
    group by i.indrelid, i.indkey, i.indclass, i.indoption, i.indexprs::text, i.indpred::text
    having count(*) > 1
  $$,
  'no two indexes are the same'
);
select is_empty(
  $$select schema, name from our_function where not coalesce(proconfig, '{}') @> array['search_path=""']$$,
  'every function has an empty search path'
);
select is_empty(
  $$select name from our_function where schema = 'public' and prosecdef$$,
  'no function of the API runs with its owner''s rights'
);
select is_empty(
  $$
    select name from our_function
    where prosecdef and obj_description(oid, 'pg_proc') !~ 'Security definer: .{20,}'
      or prosecdef and obj_description(oid, 'pg_proc') is null
  $$,
  'the comment of every definer function says why'
);
select is_empty(
  $$select name from our_function where schema = 'public' and obj_description(oid, 'pg_proc') is null$$,
  'every function of the API has a comment'
);
select is_empty(
  $$
    select schema, name from our_relation
    where relkind in ('r', 'p') and obj_description(oid, 'pg_class') is null
  $$,
  'every table has a comment'
);
select is_empty(
  $$
    select name from our_relation
    where relkind = 'v' and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']
  $$,
  'attack 34: every view runs with the rights of who reads it'
);
select is_empty(
  $$select name from our_relation where relkind in ('m', 'f')$$,
  'attack 34: there is no materialized view and no foreign table, which know no row level security'
);
select is_empty(
  $$
    select e.extname from pg_extension as e
    where e.extnamespace in ('public'::regnamespace, 'private'::regnamespace)
  $$,
  'no extension lies in a schema of ours'
);
select is_empty(
  $$
    select r.name, a.attname
    from our_relation as r
    join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    where r.relkind in ('r', 'p') and a.atttypid::regtype::text ~ '^reg'
  $$,
  'no column has a type that stands in the way of an upgrade'
);
select is_empty(
  $$
    select o.name, o.owner::regrole
    from (
      select name, relowner as owner from our_relation
      union all
      select name, proowner from our_function
    ) as o
    where o.owner <> (select nspowner from pg_namespace where nspname = 'private')
  $$,
  'everything has one owner'
);

select * from finish();
rollback;
