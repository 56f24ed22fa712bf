import { join } from "node:path"
import { prepareNativeDatabase } from "@reasoningbank/local-supabase"

export const migrationsDirectory = join(import.meta.dirname, "../../../../supabase/migrations")

/** Makes an empty database a Supabase one with our schema. */
export async function prepareWithSchema(databaseUrl: string): Promise<string> {
  await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
  return databaseUrl
}
