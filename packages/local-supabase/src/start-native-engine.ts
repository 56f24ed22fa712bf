import { createPostgresConnection } from "@supabase/lite/postgres"
import { createSupabaseApp } from "./create-supabase-app.ts"
import { createNativeDatabase } from "./database.ts"
import type { Engine, EngineSettings } from "./engine.ts"
import { handleEngineRequest } from "./handle-engine-request.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { findRelation } from "./prepare-database.ts"
import { prepareNative } from "./prepare-native-database.ts"
import { restParsers } from "./rest-parsers.ts"

/** A native Postgres: each request has a connection of its own, so they run side by side. */
export async function startNativeEngine(options: {
  settings: EngineSettings
  database: { url: string }
  log: (message: string) => void
}): Promise<Engine> {
  const { settings, database, log } = options
  log("Preparing the Postgres of the given URL")
  await prepareNative({ postgresUrl: database.url, folder: settings.folder, log })
  const connection = createPostgresConnection({
    url: database.url,
    postgresOptions: {
      max: MAX_CONNECTIONS,
      onnotice: () => {},
      connection: { search_path: '"$user", public, extensions' },
      types: restTypes(),
    },
  })
  const relation = await findRelation(createNativeDatabase(connection.driver))
  const fetch = await createSupabaseApp({ connection, settings, relation })
  return {
    handle: (request) => handleEngineRequest({ fetch, request }),
    runTransaction: async () => {
      throw new LocalSupabaseError({
        code: "database_refused",
        message:
          "Direct SQL over HTTP is for the embedded database; this server has a native Postgres.",
        hint: "Connect to that Postgres itself.",
      })
    },
    close: () => connection.close(),
  }
}

const MAX_CONNECTIONS = 10

function restTypes() {
  return Object.fromEntries(
    Object.entries(restParsers()).map(([type, parse]) => [
      `rest_${type}`,
      { to: Number(type), from: [Number(type)], serialize: String, parse },
    ]),
  )
}
