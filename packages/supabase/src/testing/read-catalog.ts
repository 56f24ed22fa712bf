import { Client } from "pg"

/** All that the migrations can make in a database, one line each, in the database's own words. */
export async function readCatalog(databaseUrl: string): Promise<string[]> {
  const client = new Client(databaseUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(catalogSql)
    return rows.map(({ line }) => line)
  } finally {
    await client.end()
  }
}

const catalogSql = `
  with schemas as (
    select n.oid, n.nspname, n.nspacl, n.nspowner from pg_catalog.pg_namespace as n
    where n.nspname in ('public', 'private', 'extensions')
  ),
  relations as (
    select c.* from pg_catalog.pg_class as c join schemas as s on s.oid = c.relnamespace
  ),
  lines (line) as (
    select concat_ws(' ', 'schema', nspname, nspowner::regrole, sorted.acl)
    from schemas cross join lateral (
      select array_agg(item order by item) as acl from unnest(nspacl::text[]) as item
    ) as sorted
    union all
    select concat_ws(' ', 'extension', extname, extversion, extnamespace::regnamespace)
    from pg_catalog.pg_extension
    union all
    select concat_ws(
      ' ', 'relation', relkind, oid::regclass, relowner::regrole, relrowsecurity, relforcerowsecurity,
      reloptions, sorted.acl, obj_description(oid, 'pg_class')
    )
    from relations cross join lateral (
      select array_agg(item order by item) as acl from unnest(relacl::text[]) as item
    ) as sorted
    union all
    select concat_ws(
      ' ', 'column', r.oid::regclass, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull, a.attidentity, a.attgenerated, a.attstorage, a.attcompression, a.attstattarget,
      a.attacl, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
    )
    from relations as r
    join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select concat_ws(
      ' ', 'constraint', c.conrelid::regclass, c.conname, c.convalidated, pg_get_constraintdef(c.oid)
    )
    from pg_catalog.pg_constraint as c join relations as r on r.oid = c.conrelid
    union all
    select concat_ws(' ', 'index', i.indisvalid, pg_get_indexdef(i.indexrelid))
    from pg_catalog.pg_index as i join relations as r on r.oid = i.indrelid
    union all
    select concat_ws(' ', 'trigger', t.tgenabled, pg_get_triggerdef(t.oid))
    from pg_catalog.pg_trigger as t join relations as r on r.oid = t.tgrelid
    where not t.tgisinternal
    union all
    select concat_ws(
      ' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
    )
    from pg_catalog.pg_policy as p join relations as r on r.oid = p.polrelid
    union all
    select concat_ws(
      ' ', 'function', p.proowner::regrole, sorted.acl, obj_description(p.oid, 'pg_proc'),
      pg_get_functiondef(p.oid)
    )
    from pg_catalog.pg_proc as p
    join schemas as s on s.oid = p.pronamespace
    cross join lateral (
      select array_agg(item order by item) as acl from unnest(p.proacl::text[]) as item
    ) as sorted
    where p.prokind = 'f' and s.nspname <> 'extensions'
    union all
    select concat_ws(
      ' ', 'default privileges', d.defaclrole::regrole, d.defaclnamespace::regnamespace,
      d.defaclobjtype, d.defaclacl
    )
    from pg_catalog.pg_default_acl as d
  )
  select line from lines order by line
`
