import type { Database } from "./database.ts"

export type DatabaseDescription = {
  /** Some table or view of schema `public`, if there is one. */
  relation: string | undefined
  /** The numbers in `pg_type` of pgvector's types, which differ from database to database. */
  vectorTypes: number[]
}

/** What the API has to know of a prepared database. */
export function describeDatabase(database: Database): Promise<DatabaseDescription> {
  return database.transaction(async (run) => {
    const [relation] = await run(`
      select relname::text as name from pg_catalog.pg_class
      where relnamespace = 'public'::pg_catalog.regnamespace and relkind in ('r', 'p', 'v')
      order by relname limit 1`)
    const types = await run(`
      select t.oid::text as type
      from pg_catalog.pg_type as t
      join pg_catalog.pg_depend as d on d.objid = t.oid and d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
      join pg_catalog.pg_extension as e on e.oid = d.refobjid and d.deptype = 'e'
      where e.extname = 'vector' and t.typname in ('vector', 'halfvec')`)
    return {
      relation: relation === undefined ? undefined : String(relation.name),
      vectorTypes: types.map(({ type }) => Number(type)),
    }
  })
}
