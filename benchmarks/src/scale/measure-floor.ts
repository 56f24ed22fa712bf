import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"

const tables = ["workspaces", "reasoning_traces", "memory_items", "lineage_links"]

export type Floor = { copyInMs: number; indexInMs: number; searchIndexInMs: number }

/**
 * The least that moving these rows can cost: one binary COPY a table, from a file the server reads itself, into the same
 * columns, checks and defaults without an index or a trigger; then every index of the real tables, one after the other,
 * with the given settings. The rows are those the migration wrote.
 */
export async function measureFloor({
  databaseUrl,
  settings,
}: {
  databaseUrl: string
  settings: Record<string, string>
}): Promise<Floor> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const directory = await mkdtemp(join(tmpdir(), "floor-"))
  try {
    // The server writes and reads the files, as another user.
    await chmod(directory, 0o777)
    for (const table of tables) await save({ sql, table, file: join(directory, table) })
    await sql.unsafe("drop schema if exists floor cascade; create schema floor")
    for (const [name, value] of Object.entries(settings)) {
      await sql`select set_config(${name}, ${value}, false)`
    }
    const copyInMs = await timed(async () => {
      for (const table of tables) await load({ sql, table, file: join(directory, table) })
    })
    const indexes = await sql<{ definition: string; is_search: boolean }[]>`
      select
        replace(pg_get_indexdef(i.indexrelid), ' ON public.', ' ON floor.') as definition,
        a.amname = 'hnsw' as is_search
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_am a on a.oid = c.relam
      join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace and t.relname = any (${tables})
      order by a.amname = 'hnsw', c.relname`
    let searchIndexInMs = 0
    const indexInMs = await timed(async () => {
      for (const { definition, is_search } of indexes) {
        const took = await timed(() => sql.unsafe(definition))
        if (is_search) searchIndexInMs += took
      }
    })
    await sql.unsafe("drop schema floor cascade")
    return { copyInMs, indexInMs, searchIndexInMs }
  } finally {
    await sql.end()
    await rm(directory, { recursive: true, force: true })
  }
}

async function save({ sql, table, file }: { sql: postgres.Sql; table: string; file: string }) {
  const columns = await columnsOf({ sql, table })
  await sql.unsafe(`copy (select ${columns} from public.${table}) to '${file}' (format binary)`)
}

async function load({ sql, table, file }: { sql: postgres.Sql; table: string; file: string }) {
  await sql.unsafe(
    `create table floor.${table} (like public.${table} including defaults including constraints including generated including storage)`,
  )
  const columns = await columnsOf({ sql, table })
  await sql.unsafe(`copy floor.${table} (${columns}) from '${file}' (format binary)`)
}

async function columnsOf({ sql, table }: { sql: postgres.Sql; table: string }): Promise<string> {
  const [row] = await sql<{ columns: string }[]>`
    select string_agg(quote_ident(attname), ', ' order by attnum) as columns
    from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`
  return row?.columns ?? ""
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
