import type { SqlClient } from "../sql-client.ts"

/** Names of the tables and views the API serves. */
export async function readPublicTables(sql: SqlClient): Promise<string[]> {
  const [rows = []] = await sql.transaction([
    {
      sql: `select c.relname::text as name from pg_catalog.pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
        order by 1`,
    },
  ])
  return rows.map(({ name }) => String(name))
}

/** Names of the functions the API serves. */
export async function readPublicFunctions(sql: SqlClient): Promise<string[]> {
  const [rows = []] = await sql.transaction([
    {
      sql: `select distinct p.proname::text as name from pg_catalog.pg_proc as p
        where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
        order by 1`,
    },
  ])
  return rows.map(({ name }) => String(name))
}
