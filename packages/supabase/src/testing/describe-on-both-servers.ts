import {
  connectLocalSupabase,
  type LocalSupabase,
  startLocalSupabase,
} from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { beforeAll, describe } from "vitest"
import { createPostgresClient } from "../create-postgres-client.ts"
import type { SqlClient } from "../sql-client.ts"
import { makeTemporaryDirectory } from "./make-temporary-directory.ts"
import { migrationsDirectory } from "./prepared-database.ts"

export type ServerUnderTest = Omit<LocalSupabase, "close"> & {
  /** Direct SQL as the owner, to prepare what no API allows and to read the catalog. */
  sql: SqlClient
}

/** The same tests against our schema behind the API on PGlite and on a native PostgreSQL, one server each. */
export function describeOnBothServers(
  name: string,
  define: (server: () => ServerUnderTest) => void,
): void {
  describe(`${name}, on PGlite`, () => {
    defineWith({ start: () => startServer({}), define })
  })
  describeWithNativePostgres(`${name}, on native PostgreSQL`, {}, ({ createDatabase }) => {
    defineWith({ start: async () => startServer({ postgresUrl: await createDatabase() }), define })
  })
}

type StartedServer = { server: ServerUnderTest; close: () => Promise<void> }

function defineWith(options: {
  start: () => Promise<StartedServer>
  define: (server: () => ServerUnderTest) => void
}): void {
  let started: StartedServer | undefined
  beforeAll(async () => {
    started = await options.start()
    return started.close
  })
  options.define(() => {
    if (started === undefined) throw new Error("The server starts before the first test.")
    return started.server
  })
}

/** Our schema behind the API: on the Postgres of `postgresUrl`, else on PGlite. */
async function startServer(options: { postgresUrl?: string }): Promise<StartedServer> {
  const directory = await makeTemporaryDirectory()
  const settings = { directory: directory.path, migrationsDirectory }
  const local = await startLocalSupabase({ ...settings, ...options })
  const direct =
    options.postgresUrl === undefined
      ? await connectLocalSupabase(settings)
      : { sql: createPostgresClient({ databaseUrl: options.postgresUrl }) }
  return {
    server: { ...local, sql: direct.sql },
    close: async () => {
      await ("close" in direct ? direct.close() : direct.sql.close())
      await local.close()
      await directory.remove()
    },
  }
}
