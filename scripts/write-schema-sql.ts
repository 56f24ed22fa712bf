import { writeFile } from "node:fs/promises"
import { generateSchemaSql, schemaSqlPath } from "./schema-sql.ts"

await writeFile(schemaSqlPath, await generateSchemaSql())
