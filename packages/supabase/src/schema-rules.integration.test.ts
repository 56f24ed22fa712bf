import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, expect, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import type { SqlClient, SqlRow } from "./sql-client.ts"
import { prepareWithSchema } from "./testing/prepared-database.ts"

const ourFunctions = `
  select p.oid, n.nspname || '.' || p.proname as name, p.proconfig, p.prosecdef, n.nspname as schema
  from pg_catalog.pg_proc as p
  join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
  where n.nspname in ('public', 'private')
    and not exists (
      select from pg_catalog.pg_depend as d where d.objid = p.oid and d.deptype = 'e'
    )
`

describeWithNativePostgres("the rules of the schema", {}, ({ createDatabase }) => {
  let databaseUrl: string
  let sql: SqlClient

  beforeAll(async () => {
    databaseUrl = await prepareWithSchema(await createDatabase())
    sql = createPostgresClient({ databaseUrl })
    return () => sql.close()
  })

  async function rows(statement: string): Promise<SqlRow[]> {
    const [found = []] = await sql.transaction([{ sql: statement }])
    return found
  }

  test("every table is under row level security", async () => {
    const tables = await rows(`
      select c.relname as name, c.relrowsecurity::text as is_secured
      from pg_catalog.pg_class as c
      where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
      order by c.relname`)
    expect(tables.map(({ name }) => name)).toEqual([
      "archived_traces",
      "lineage_links",
      "memory_items",
      "memory_maps",
      "migration_batches",
      "migration_owed_indexes",
      "migration_replaced_rows",
      "migration_run_workspaces",
      "migration_runs",
      "migration_verifications",
      "reasoning_traces",
      "retrieval_events",
      "retrieval_results",
      "saved_views",
      "statistics_changes",
      "statistics_counts",
      "workspace_invitations",
      "workspace_members",
      "workspaces",
    ])
    expect(tables.filter(({ is_secured }) => is_secured !== "true")).toEqual([])
  })

  test("visitors may touch no table, users no run, and no whole row but to delete it", async () => {
    const granted = await rows(`
      select r.rolname as role, p.privilege, pg_catalog.string_agg(c.relname, ', ' order by c.relname) as tables
      from pg_catalog.pg_class as c
      cross join pg_catalog.pg_roles as r
      cross join pg_catalog.unnest(
        array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']
      ) as p (privilege)
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and r.rolname in ('anon', 'authenticated')
        and pg_catalog.has_table_privilege(r.oid, c.oid, p.privilege)
      group by r.rolname, p.privilege
      order by r.rolname, p.privilege`)
    expect(granted).toEqual([
      {
        role: "authenticated",
        privilege: "delete",
        tables:
          "lineage_links, memory_items, reasoning_traces, saved_views, workspace_invitations, workspace_members",
      },
      { role: "authenticated", privilege: "insert", tables: "lineage_links" },
      {
        role: "authenticated",
        privilege: "select",
        tables:
          "archived_traces, lineage_links, memory_items, memory_maps, reasoning_traces, retrieval_events, retrieval_results, saved_views, workspace_members, workspaces",
      },
    ])
  })

  test("visitors may call no function", async () => {
    const open = await rows(`
      select f.name
      from (${ourFunctions}) as f
      where pg_catalog.has_function_privilege('anon', f.oid, 'execute')`)
    expect(open).toEqual([])
  })

  test("functions have a fixed search path, and those with their owner's rights are private", async () => {
    const lax = await rows(`
      select f.name from (${ourFunctions}) as f
      where not coalesce(f.proconfig, '{}') @> array['search_path=""']
        or (f.prosecdef and f.schema <> 'private')`)
    expect(lax).toEqual([])
  })

  test("every foreign key has an index that begins with its columns", async () => {
    const unindexed = await rows(`
      select k.conname as name
      from pg_catalog.pg_constraint as k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and not exists (
          select from pg_catalog.pg_index as i
          where i.indrelid = k.conrelid
            and (i.indkey::int2[])[0:pg_catalog.cardinality(k.conkey) - 1] = k.conkey
        )`)
    expect(unindexed).toEqual([])
  })

  test("vectors are stored inline", async () => {
    const storage = await rows(`
      select a.attrelid::regclass::text as table, a.attstorage::text as storage
      from pg_catalog.pg_attribute as a
      where a.atttypid = 'extensions.vector'::regtype and a.attrelid::regclass::text !~ '^pg_'
        and a.attrelid in (select c.oid from pg_catalog.pg_class as c where c.relkind = 'r')
      order by 1`)
    expect(storage).toEqual([
      { table: "memory_items", storage: "p" },
      { table: "reasoning_traces", storage: "p" },
    ])
  })

  test("a user who would see only some rows is refused", async () => {
    await sql.transaction([
      {
        sql: `do $$ begin create role limited login password 'limited'; exception when duplicate_object then null; end $$;
          grant service_role to limited;`,
      },
    ])
    const url = Object.assign(new URL(databaseUrl), { username: "limited", password: "limited" })
    const client = createPostgresClient({ databaseUrl: url.href })
    const target = createSqlTarget({ sql: client, kind: "postgres", location: client.location })
    try {
      await expect(target.describe()).rejects.toMatchObject({
        code: "target:refused",
        message: expect.stringContaining("row level security"),
      })
    } finally {
      await target.close()
    }
  })
})
