import { setTimeout as sleep } from "node:timers/promises"
import { createPostgresConnection } from "@supabase/lite/postgres"
import { createSupabaseApp } from "./create-supabase-app.ts"
import type { Engine, EngineSettings } from "./engine.ts"
import { handleEngineRequest } from "./handle-engine-request.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { prepareNative } from "./prepare-native-database.ts"
import { restTypes } from "./rest-types.ts"

/** A native Postgres: each request has a connection of its own, so they run side by side. */
export async function startNativeEngine(options: {
  settings: EngineSettings
  database: { url: string }
  log: (message: string) => void
}): Promise<Engine> {
  const { settings, database, log } = options
  log("Preparing the Postgres of the given URL")
  const { relation, vectorTypes } = await prepareNative({
    postgresUrl: database.url,
    folder: settings.folder,
    log,
  })
  const connection = createPostgresConnection({
    url: database.url,
    postgresOptions: {
      max: MAX_CONNECTIONS,
      onnotice: () => {},
      connection: { search_path: '"$user", public, extensions' },
      types: driverTypes(vectorTypes),
    },
  })
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
    // Where the server crashed the driver may wait for an answer for ever.
    close: () =>
      Promise.race([connection.close(), sleep(LONGEST_CLOSE_IN_MS, undefined, { ref: false })]),
  }
}

const MAX_CONNECTIONS = 10
const LONGEST_CLOSE_IN_MS = 5_000

function driverTypes(vectorTypes: number[]) {
  return Object.fromEntries(
    [...restTypes(vectorTypes)].map(([type, { parse, serialize }]) => [
      DRIVER_NAMES[type] ?? `type_${type}`,
      { to: type, from: [type], serialize, parse },
    ]),
  )
}

/** Lite names the types it sets; under another name a type would be set twice. */
const DRIVER_NAMES: Record<number, string> = {
  114: "json",
  1114: "timestamp",
  1184: "timestamptz",
  3802: "jsonb",
}
