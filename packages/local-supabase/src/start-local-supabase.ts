import { type MailFolder, openMailFolder } from "./mail-folder.ts"
import { openServer } from "./open-server.ts"

export type StartLocalSupabaseSettings = {
  /** Holds the database (or only keys and mails, with `postgresUrl`); made when it is not there. */
  directory: string
  /** The folder of `<timestamp>_<name>.sql` files. */
  migrationsDirectory: string
  /** @default a free one */
  port?: number
  /** Serves this Postgres (15 or newer, with pgvector) and not an embedded one. */
  postgresUrl?: string
  /** Where links in mails lead. @default "http://localhost:3000" */
  siteUrl?: string
  /** Larger requests are answered with 413. @default 32 MiB */
  maxBodyInBytes?: number
  /** Told what a first start is busy with. */
  log?: (message: string) => void
}

export type LocalSupabase = {
  /** For `createClient` of supabase-js; 127.0.0.1 only. */
  url: string
  publishableKey: string
  secretKey: string
  /** Signs the users' access tokens (HS256). */
  jwtSecret: string
  mails: MailFolder
  close(): Promise<void>
}

/**
 * Starts a Supabase in this process: Postgres (PGlite in a thread, or the one of `postgresUrl`) with the migrations
 * applied, and its data and auth API. One process at a time holds a directory; others use `connectLocalSupabase`.
 * Raises `LocalSupabaseError` (`directory_in_use`, `directory_unusable`, `database_…`, `migration…`, `port_unavailable`).
 */
export async function startLocalSupabase(
  settings: StartLocalSupabaseSettings,
): Promise<LocalSupabase> {
  const { url, keys, locations, close } = await openServer(settings)
  return { url, ...keys, mails: openMailFolder(locations.mails), close }
}
