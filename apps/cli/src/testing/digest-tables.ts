import { query, type Sql } from "./read-target-rows.ts"

/** The records that runs keep of themselves. */
const ownRecords = "^migration_"

/**
 * A digest of the content of every table of public but the runs' own records, by its name, and of what the statistics
 * say. Two states with equal digests have the same rows, to the last column.
 */
export async function digestTables(sql: Sql): Promise<Record<string, string | null>> {
  const tables = await query(
    sql,
    `select c.relname as name from pg_catalog.pg_class as c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname !~ $1
     order by c.relname`,
    [ownRecords],
  )
  const digests: Record<string, string | null> = {}
  for (const { name } of tables) {
    const [row] = await query(
      sql,
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest
       from public.${name} as t`,
    )
    digests[String(name)] = row?.digest ?? null
  }
  const [counts] = await query(
    sql,
    `select md5(coalesce(string_agg(c::text, ' ' order by c::text), '')) as digest
     from (
       select workspace_id, subject, facet, value, day, sum(row_count), sum(embedded_count), sum(error_count),
         sum(orphan_count), sum(stage_sum), sum(byte_count)
       from private.current_counts
       group by 1, 2, 3, 4, 5
       having sum(row_count) <> 0
     ) as c`,
  )
  return { ...digests, statistics: counts?.digest ?? null }
}
