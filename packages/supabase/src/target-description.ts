import { parseJson, ReasoningBankError, type TargetDescription } from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"
import { isOlderPgvector } from "./pgvector-warnings.ts"

export type TargetPlace = Pick<TargetDescription, "kind" | "location">

/**
 * Reads what `describe_migration_target` returns. Raises `target:refused` when row level security would hide rows
 * from the caller, and what `refuseOldPgvector` raises.
 */
export function parseTargetDescription({
  text,
  place,
}: {
  text: string
  place: TargetPlace
}): TargetDescription {
  const fields = jsonFields(parseJson(text))
  if (fields.value("rows_are_hidden") === true) {
    throw new ReasoningBankError({
      code: "target:refused",
      message: `${place.location}: this user sees only the rows that row level security shows it, so nothing could be verified.`,
      hint: "Connect as the role `postgres` of the project (direct connection), or with a secret key (API).",
    })
  }
  const pgvectorVersion = fields.textOrNull("pgvector_version")
  refuseOldPgvector({ version: pgvectorVersion, place })
  return {
    ...place,
    serverVersion: fields.text("server_version"),
    pgvectorVersion,
    databaseBytes: fields.integer("database_bytes"),
    schemaVersions: fields.textsOrNull("schema_versions") ?? [],
  }
}

/** Raises `target:missing_extension` for pgvector below 0.8.0; null, not known, passes. */
export function refuseOldPgvector({
  version,
  place,
}: {
  version: string | null
  place: TargetPlace
}): void {
  if (version === null || !isOlderPgvector({ version, than: "0.8.0" })) return
  throw new ReasoningBankError({
    code: "target:missing_extension",
    message: `${place.location}: pgvector ${version} is there, 0.8.0 or newer is needed.`,
    hint: "Run: alter extension vector update; or upgrade the database.",
  })
}

/** The error for tables of the original ReasoningBank's own Supabase schema, which share our names. */
export function originalSchemaFound({ location }: TargetPlace): ReasoningBankError {
  return new ReasoningBankError({
    code: "target:refused",
    message: `${location}: the tables reasoning_traces and memory_items there were made by the original ReasoningBank, not by this program.`,
    hint: "Nothing was changed. Run pnpm migrate upgrade with the address of that database (DATABASE_URL) to make it one of this program, or give another Supabase project.",
  })
}
