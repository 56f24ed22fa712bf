import { describeEmbeddingTarget, describeMigrationTarget } from "@reasoningbank/core/testing"
import { type LocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll } from "vitest"
import { createApiTarget } from "./create-api-target.ts"
import { createApiEmbeddingTarget } from "./create-embedding-target.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory } from "./testing/prepared-database.ts"

describeWithNativePostgres("native Postgres served over the API", {}, ({ createDatabase }) => {
  let local: LocalSupabase

  beforeAll(async () => {
    const directory = await makeTemporaryDirectory()
    local = await startLocalSupabase({
      directory: directory.path,
      postgresUrl: await createDatabase(),
      migrationsDirectory,
    })
    return async () => {
      await local.close()
      await directory.remove()
    }
  })

  describeMigrationTarget({
    name: "the API",
    createTarget: async () =>
      createApiTarget({ supabaseUrl: local.url, supabaseKey: local.secretKey }),
  })

  describeEmbeddingTarget({
    name: "the API",
    createTargets: async () => {
      const api = { supabaseUrl: local.url, supabaseKey: local.secretKey }
      return { target: createApiTarget(api), embeddingTarget: createApiEmbeddingTarget(api) }
    },
  })
})
