import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { describeWithNativePostgres } from "../packages/native-postgres/src/vitest.ts"
import { describeWithSupabaseCli } from "../packages/supabase-cli/src/describe-with-supabase-cli.ts"
import { databaseTypesPath, generateDatabaseTypes } from "./database-types.ts"

describeWithNativePostgres("database.types.ts", { versions: [15] }, ({ createDatabase }) => {
  describeWithSupabaseCli("against the migrations", (cli) => {
    test("is what they generate; if not, run: pnpm db:types", async () => {
      const generated = await generateDatabaseTypes({ cli, databaseUrl: await createDatabase() })
      expect(await readFile(databaseTypesPath, "utf8")).toBe(generated)
    })
  })
})
