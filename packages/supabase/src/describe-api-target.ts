import { isReasoningBankError, type TargetDescription } from "@reasoningbank/core"
import type { SupabaseClient } from "@supabase/supabase-js"
import type { CallFunction } from "./call-function.ts"
import type { Database } from "./database.types.ts"
import { originalSchemaFound, parseTargetDescription } from "./target-description.ts"

/**
 * Asks our schema what it is; without it, looks whether the original ReasoningBank's tables are there. Raises
 * `target:refused`, `target:missing_extension` and `target:unreachable`.
 */
export async function describeApiTarget({
  call,
  client,
  location,
}: {
  call: CallFunction
  client: SupabaseClient<Database>
  location: string
}): Promise<TargetDescription> {
  const place = { kind: "api", location } as const
  try {
    return parseTargetDescription({ text: await call("describe_migration_target", {}), place })
  } catch (error) {
    if (!isReasoningBankError(error) || error.code !== "target:no_schema") throw error
  }
  const original = await client.from("reasoning_traces").select("num_memories").limit(1)
  if (original.error === null) throw originalSchemaFound(place)
  return {
    ...place,
    serverVersion: null,
    pgvectorVersion: null,
    databaseBytes: null,
    schemaVersions: [],
  }
}
