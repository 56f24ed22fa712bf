import { readFile } from "node:fs/promises"
import { generateSchemaSql, schemaSqlPath } from "./schema-sql.ts"

const present = await readFile(schemaSqlPath, "utf8").catch(() => "")
if (present !== (await generateSchemaSql())) {
  console.error("supabase/schema.sql differs from supabase/migrations. Run: pnpm db:schema")
  process.exitCode = 1
}
