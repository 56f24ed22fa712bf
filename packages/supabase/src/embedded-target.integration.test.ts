import { describeEmbeddingTarget, describeMigrationTarget } from "@reasoningbank/core/testing"
import { connectLocalSupabase, type LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import { beforeAll, describe } from "vitest"
import { createApiTarget } from "./create-api-target.ts"
import { createApiEmbeddingTarget, createSqlEmbeddingTarget } from "./create-embedding-target.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { migrationsDirectory } from "./testing/prepared-database.ts"

describe("the embedded Supabase", () => {
  let local: LocalSupabaseConnection

  beforeAll(async () => {
    const directory = await makeTemporaryDirectory()
    local = await connectLocalSupabase({ directory: directory.path, migrationsDirectory })
    return async () => {
      await local.close()
      await directory.remove()
    }
  })

  describeMigrationTarget({
    name: "its SQL",
    createTarget: async () =>
      createSqlTarget({ sql: local.sql, kind: "embedded", location: "embedded" }),
  })

  describeMigrationTarget({
    name: "its API",
    createTarget: async () =>
      createApiTarget({ supabaseUrl: local.url, supabaseKey: local.secretKey }),
  })

  describeEmbeddingTarget({
    name: "its SQL",
    createTargets: async () => ({
      target: createSqlTarget({ sql: local.sql, kind: "embedded", location: "embedded" }),
      embeddingTarget: createSqlEmbeddingTarget({ sql: local.sql, location: "embedded" }),
    }),
  })

  describeEmbeddingTarget({
    name: "its API",
    createTargets: async () => {
      const api = { supabaseUrl: local.url, supabaseKey: local.secretKey }
      return { target: createApiTarget(api), embeddingTarget: createApiEmbeddingTarget(api) }
    },
  })
})
