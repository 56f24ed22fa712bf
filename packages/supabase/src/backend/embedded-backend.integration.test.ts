import { describeStorageBackend } from "@reasoningbank/core/testing"
import { connectLocalSupabase, type LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import { beforeAll, describe } from "vitest"
import { makeTemporaryDirectory } from "../testing/make-temporary-directory.ts"
import { openAsSecretKey, openAsUser } from "../testing/open-backend.ts"
import { migrationsDirectory } from "../testing/prepared-database.ts"

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

  describeStorageBackend({
    name: "with the secret key",
    openBackend: async (settings) => openAsSecretKey({ local, settings }),
  })
  describeStorageBackend({
    name: "as a signed-in user",
    openBackend: async (settings) => openAsUser({ local, settings }),
  })
})
