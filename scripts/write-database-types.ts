import { writeFile } from "node:fs/promises"
import { startNativePostgres } from "../packages/native-postgres/src/index.ts"
import { createSupabaseCli } from "../packages/supabase-cli/src/index.ts"
import { databaseTypesPath, generateDatabaseTypes } from "./database-types.ts"

const cli = await createSupabaseCli()
const postgres = await startNativePostgres({ version: 15 })
try {
  const databaseUrl = await postgres.createDatabase()
  await writeFile(databaseTypesPath, await generateDatabaseTypes({ cli, databaseUrl }))
} finally {
  await postgres.stop()
}
