import { ReasoningBankError, type TargetDescription } from "@reasoningbank/core"
import type { SqlRow, SqlStatement } from "./sql-client.ts"
import {
  originalSchemaFound,
  parseTargetDescription,
  refuseOldPgvector,
  type TargetPlace,
} from "./target-description.ts"

const lookSql = `
  select
    pg_catalog.current_setting('server_version') as server_version,
    coalesce(
      (select e.extversion from pg_catalog.pg_extension as e where e.extname = 'vector'),
      (select a.default_version from pg_catalog.pg_available_extensions as a where a.name = 'vector')
    ) as pgvector_version,
    (pg_catalog.to_regprocedure('public.describe_migration_target()') is not null)::text as has_schema,
    exists (
      select from pg_catalog.pg_attribute as a
      where a.attrelid = pg_catalog.to_regclass('public.reasoning_traces') and a.attname = 'num_memories'
    )::text as is_original
`

/** Looks whether our schema is there, then asks it. Raises `target:refused` and `target:missing_extension`. */
export async function describeSqlTarget({
  transaction,
  place,
}: {
  transaction: (statements: SqlStatement[]) => Promise<SqlRow[][]>
  place: TargetPlace
}): Promise<TargetDescription> {
  const [[look] = []] = await transaction([{ sql: lookSql }])
  if (look?.has_schema === "true") {
    const [[answer] = []] = await transaction([
      { sql: "select public.describe_migration_target() as result" },
    ])
    return parseTargetDescription({ text: answer?.result ?? "null", place })
  }
  if (look?.is_original === "true") throw originalSchemaFound(place)
  if (look?.pgvector_version == null) throw noPgvector(place)
  refuseOldPgvector({ version: look.pgvector_version, place })
  return {
    ...place,
    serverVersion: null,
    pgvectorVersion: null,
    databaseBytes: null,
    schemaVersions: [],
  }
}

function noPgvector({ location }: TargetPlace): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:missing_extension",
    message: `${location}: the server has no pgvector.`,
    hint: "Install pgvector 0.8.0 or newer on the server, or use a Supabase project, which has it.",
  })
}
