import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { createLocalSqlClient, type LocalSqlClient } from "./create-local-sql-client.ts"
import { prepareDataDirectory } from "./data-directory.ts"
import { type FoundServer, findServer } from "./find-server.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { type MailFolder, openMailFolder } from "./mail-folder.ts"
import { readMigrations } from "./read-migrations.ts"
import { type SpawnedServer, spawnServer } from "./spawn-server.ts"
import { takeLease } from "./take-lease.ts"

export type ConnectLocalSupabaseSettings = {
  /** Holds the database; made when it is not there. */
  directory: string
  /** The folder of `<timestamp>_<name>.sql` files. */
  migrationsDirectory: string
  /** For a server started by this call. @default a free one */
  port?: number
  /** Where links in mails lead, for a server started by this call. @default "http://localhost:3000" */
  siteUrl?: string
  /** Told what a start is busy with: the first one takes several seconds. */
  log?: (message: string) => void
}

export type LocalSupabaseConnection = {
  /** For `createClient` of supabase-js; 127.0.0.1 only. */
  url: string
  publishableKey: string
  secretKey: string
  /** Direct SQL as the owner of the database. */
  sql: LocalSqlClient
  mails: MailFolder
  /** Whether this call started the server. */
  started: boolean
  /** The server ends about a second after its last client closed, or died. */
  close(): Promise<void>
}

/**
 * Uses the embedded Supabase of a directory: the server that runs, or a new one in a process of its own.
 * Calls at the same moment, from any number of processes, get the same server.
 * Raises `LocalSupabaseError`: `server_outdated` when the running server has other migrations, and what a start raises.
 */
export async function connectLocalSupabase(
  settings: ConnectLocalSupabaseSettings,
): Promise<LocalSupabaseConnection> {
  const { log = () => {} } = settings
  const migrationsDirectory = path.resolve(settings.migrationsDirectory)
  const { digest } = await readMigrations(migrationsDirectory)
  const locations = await prepareDataDirectory(settings.directory)
  let started = false
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    let spawned: SpawnedServer | undefined
    let found = await findServer(locations)
    if (found === null) {
      spawned = await spawnServer({ ...settings, locations, migrationsDirectory, log })
      started = spawned.serves
      found = await findServer(locations)
    }
    const lease =
      found === null
        ? null
        : await takeLease({ url: found.state.url, secretKey: found.keys.secretKey })
    spawned?.release()
    if (found !== null && lease !== null) {
      if (found.state.migrationsDigest !== digest) {
        lease.end()
        throw serverOutdated(found)
      }
      const { publishableKey, secretKey } = found.keys
      const sql = createLocalSqlClient({ url: found.state.url, secretKey })
      return {
        url: found.state.url,
        publishableKey,
        secretKey,
        sql,
        mails: openMailFolder(locations.mails),
        started,
        close: async () => {
          await sql.close()
          lease.end()
        },
      }
    }
    await sleep(PAUSE_IN_MS)
  }
  throw new LocalSupabaseError({
    code: "server_failed",
    message: `The server of the local database in ${locations.root} ended ${MAX_ATTEMPTS} times before it could be used.`,
    hint: `Run it again; ${locations.log} has what it printed.`,
  })
}

function serverOutdated({ state }: FoundServer): LocalSupabaseError {
  return new LocalSupabaseError({
    code: "server_outdated",
    message: `The running local Supabase (process ${state.pid}, ${state.url}) has other migrations than yours.`,
    hint: "Close the programs that use it, or end that process, and run again: the new migrations are applied then.",
  })
}

const MAX_ATTEMPTS = 20
const PAUSE_IN_MS = 150
