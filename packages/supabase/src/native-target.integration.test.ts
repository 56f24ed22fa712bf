import { describeEmbeddingTarget, describeMigrationTarget } from "@reasoningbank/core/testing"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { createSqlEmbeddingTarget } from "./create-embedding-target.ts"
import { createPostgresClient } from "./create-postgres-client.ts"
import { createSqlTarget } from "./create-sql-target.ts"
import { prepareWithSchema } from "./testing/prepared-database.ts"

describeWithNativePostgres("native Postgres", {}, ({ createDatabase }) => {
  describeMigrationTarget({
    name: "a direct connection",
    createTarget: async () => {
      const sql = createPostgresClient({
        databaseUrl: await prepareWithSchema(await createDatabase()),
      })
      return createSqlTarget({ sql, kind: "postgres", location: sql.location })
    },
  })

  describeEmbeddingTarget({
    name: "a direct connection",
    createTargets: async () => {
      const sql = createPostgresClient({
        databaseUrl: await prepareWithSchema(await createDatabase()),
      })
      const { location } = sql
      return {
        target: createSqlTarget({ sql, kind: "postgres", location }),
        embeddingTarget: createSqlEmbeddingTarget({ sql, location }),
      }
    },
  })
})
