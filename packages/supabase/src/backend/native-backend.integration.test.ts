import { describeStorageBackend } from "@reasoningbank/core/testing"
import { type LocalSupabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll } from "vitest"
import { makeTemporaryDirectory } from "../testing/make-temporary-directory.ts"
import { openAsSecretKey, openAsUser } from "../testing/open-backend.ts"
import { migrationsDirectory } from "../testing/prepared-database.ts"

describeWithNativePostgres("native Postgres", {}, ({ createDatabase }) => {
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

  describeStorageBackend({
    name: "with the secret key",
    openBackend: async (settings) => openAsSecretKey({ local, settings }),
  })
  describeStorageBackend({
    name: "as a signed-in user",
    openBackend: async (settings) => openAsUser({ local, settings }),
  })
})
