import { ReasoningBankError } from "@reasoningbank/core"
import type { SqlClient } from "../sql-client.ts"

/** Where the tables of the original ReasoningBank are kept once ours have taken their place. */
export const keptSchema = "original_reasoning_bank"

export type OriginalPlace = "public" | typeof keptSchema

/** Its tables share our names; only the original's count their memories in a column. */
const findSql = `
  select n.nspname as schema
  from pg_catalog.pg_class as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attname = 'num_memories'
  where t.relname = 'reasoning_traces' and n.nspname in ('public', '${keptSchema}')
    and exists (
      select from pg_catalog.pg_class as m where m.relname = 'memory_items' and m.relnamespace = t.relnamespace
    )
`

/** Raises when both places have one: then it is not for us to say which counts. */
export async function findOriginalSchema(sql: SqlClient): Promise<OriginalPlace | null> {
  const [rows = []] = await sql.transaction([{ sql: findSql }])
  const schemas = rows.map(({ schema }) => schema)
  if (schemas.length > 1) {
    throw new ReasoningBankError({
      code: "target:refused",
      message: `The original ReasoningBank's tables are in the schema public and in ${keptSchema}, where an upgrade keeps them.`,
      hint: `Rename the schema ${keptSchema} if it is from another time, and run again. Nothing was changed.`,
    })
  }
  const [schema] = schemas
  return schema === "public" || schema === keptSchema ? schema : null
}

/**
 * Takes the original's tables, with all that hangs on them, and its functions of our names out of `public`, and pgvector to
 * where a Supabase project has it. Not a row changes; the schema is open to nobody but its owner.
 */
const moveSql = `
do $$
declare
  moved pg_catalog.regprocedure;
begin
  perform pg_catalog.pg_advisory_xact_lock(7203718452212);
  if not exists (
    select from pg_catalog.pg_attribute as a
    where a.attrelid = pg_catalog.to_regclass('public.reasoning_traces') and a.attname = 'num_memories'
  ) then
    return;
  end if;
  create schema if not exists ${keptSchema};
  revoke all on schema ${keptSchema} from public;
  comment on schema ${keptSchema} is
    'The original ReasoningBank''s tables as they were before pnpm migrate upgrade. Drop it when they are not needed any more.';
  alter table public.memory_items set schema ${keptSchema};
  alter table public.reasoning_traces set schema ${keptSchema};
  for moved in
    select p.oid::pg_catalog.regprocedure
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::pg_catalog.regnamespace
      and p.proname in (
        'search_similar_traces', 'search_similar_memories', 'get_reasoning_bank_stats', 'check_pgvector_enabled'
      )
  loop
    execute pg_catalog.format('alter function %s set schema ${keptSchema}', moved);
  end loop;
  create schema if not exists extensions;
  if exists (
    select from pg_catalog.pg_extension as e
    where e.extname = 'vector' and e.extnamespace <> 'extensions'::pg_catalog.regnamespace
  ) then
    alter extension vector set schema extensions;
  end if;
end;
$$
`

/** One transaction: everything is moved or nothing. Again, it does nothing. */
export async function moveOriginalSchema(sql: SqlClient): Promise<void> {
  await sql.transaction([{ sql: moveSql }])
}
