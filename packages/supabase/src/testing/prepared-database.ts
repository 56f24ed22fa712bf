import { join } from "node:path"
import { prepareNativeDatabase } from "@reasoningbank/local-supabase"
import { makeTemporaryDirectory } from "./make-temporary-directory.ts"

export const migrationsDirectory = join(import.meta.dirname, "../../../../supabase/migrations")

/** Makes an empty database a Supabase one with our schema. */
export async function prepareWithSchema(databaseUrl: string): Promise<string> {
  await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
  return databaseUrl
}

/** Makes an empty database a Supabase one that holds nothing of ours. */
export async function prepareWithoutSchema(databaseUrl: string): Promise<string> {
  const noMigrations = await makeTemporaryDirectory()
  await prepareNativeDatabase({
    postgresUrl: databaseUrl,
    migrationsDirectory: noMigrations.path,
  })
  await noMigrations.remove()
  return databaseUrl
}
