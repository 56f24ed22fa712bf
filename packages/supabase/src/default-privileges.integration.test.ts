import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { expect, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import type { SqlRow } from "./sql-client.ts"
import { prepareWithoutSchema, prepareWithSchema } from "./testing/prepared-database.ts"

/** What hosted projects gave to every new object of schema public until October 2026, and old ones still do. */
const hostedDefaultsSql = `
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
  alter default privileges in schema public grant execute on functions to anon, authenticated, service_role;
`

const privilegesSql = `
  select o.kind, o.name, r.role, p.privilege
  from pg_catalog.unnest(array['anon', 'authenticated', 'service_role']) as r (role)
  cross join (
    select 'table' as kind, c.oid, c.oid::regclass::text as name
    from pg_catalog.pg_class as c
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v', 'm', 'p')
    union all
    select 'function', f.oid, f.oid::regprocedure::text
    from pg_catalog.pg_proc as f
    where f.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  ) as o
  cross join pg_catalog.unnest(
    array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'execute']
  ) as p (privilege)
  where case
    when o.kind = 'function' then
      p.privilege = 'execute' and pg_catalog.has_function_privilege(r.role, o.oid, 'execute')
    else p.privilege <> 'execute' and pg_catalog.has_table_privilege(r.role, o.oid, p.privilege)
  end
  order by o.kind, o.name, r.role, p.privilege
`

describeWithNativePostgres("default privileges", {}, ({ createDatabase }) => {
  async function run(databaseUrl: string, sql: string): Promise<SqlRow[]> {
    const client = createPostgresClient({ databaseUrl })
    const [rows = []] = await client.transaction([{ sql }])
    await client.close()
    return rows
  }

  test("of a project that opens every new object change nothing: each grant is explicit", async () => {
    const open = await prepareWithoutSchema(await createDatabase())
    await run(open, hostedDefaultsSql)
    await prepareWithSchema(open)
    const plain = await prepareWithSchema(await createDatabase())
    const granted = await run(plain, privilegesSql)
    expect(granted.length).toBeGreaterThan(50)
    expect(await run(open, privilegesSql)).toEqual(granted)

    await run(
      open,
      "create table public.fresh (id int); create function public.fresh() returns int return 1",
    )
    const given = await run(open, privilegesSql)
    const fresh = given.filter(({ name, role }) => /^fresh/.test(name ?? "") && role === "anon")
    expect(fresh.length).toBeGreaterThan(1)
  })
})
