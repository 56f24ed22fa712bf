import { truncate } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { createHttpDoor } from "./create-http-door.ts"
import { type DataDirectory, prepareDataDirectory } from "./data-directory.ts"
import { acquireDirectoryLock } from "./directory-lock.ts"
import type { EngineSettings } from "./engine.ts"
import { createLeaseCounter, type LeaseCounter } from "./lease-counter.ts"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { loadProjectKeys, type ProjectKeys } from "./project-keys.ts"
import { readMigrations } from "./read-migrations.ts"
import { readServerState, removeServerState, writeServerState } from "./server-state.ts"
import { startEngineThread } from "./start-engine-thread.ts"

export type OpenServerSettings = {
  directory: string
  migrationsDirectory: string
  port?: number | undefined
  postgresUrl?: string | undefined
  siteUrl?: string | undefined
  maxBodyInBytes?: number | undefined
  log?: ((message: string) => void) | undefined
  /** How many clients hold a lease now. */
  onLeases?: (count: number) => void
  /** The database died by itself. */
  onLost?: (error: LocalSupabaseError) => void
}

export type OpenServer = {
  url: string
  keys: ProjectKeys
  locations: DataDirectory
  leases: LeaseCounter
  close(): Promise<void>
}

/**
 * Takes the directory, starts the database in a thread, opens the port on 127.0.0.1 and leaves word where it is.
 * Undoes all of it when a step fails.
 */
export async function openServer(settings: OpenServerSettings): Promise<OpenServer> {
  const { postgresUrl, log = () => {} } = settings
  const folder = await readMigrations(settings.migrationsDirectory)
  const locations = await prepareDataDirectory(settings.directory)
  const undo = new AsyncDisposableStack()
  try {
    const lock = await acquireDirectoryLock(locations.lock)
    if (lock === null) throw await directoryInUse(locations)
    undo.defer(() => lock.release())
    const port = await choosePort(settings.port)
    await truncate(locations.log).catch(() => {})
    const keys = await loadProjectKeys(locations.keys)
    const engineSettings: EngineSettings = {
      database:
        postgresUrl === undefined
          ? {
              kind: "embedded",
              directory: locations.database,
              unfinishedMarker: locations.unfinishedMarker,
            }
          : { kind: "native", url: postgresUrl },
      keys,
      mailsDirectory: locations.mails,
      folder,
      siteUrl: settings.siteUrl ?? "http://localhost:3000",
    }
    const onLost = settings.onLost ?? (() => {})
    const engine = await startEngineThread({
      settings: engineSettings,
      logFile: locations.log,
      log,
      onLost,
    })
    undo.defer(() => engine.close().catch(() => {}))

    let closing = false
    const leases = createLeaseCounter(settings.onLeases ?? (() => {}))
    const server = createHttpDoor({
      engine,
      secretKey: keys.secretKey,
      leases,
      maxBodyInBytes: settings.maxBodyInBytes ?? DEFAULT_MAX_BODY_IN_BYTES,
      maxTransactionInBytes: MAX_TRANSACTION_IN_BYTES,
      isClosing: () => closing,
    })
    const url = await listen({ server, port })
    undo.defer(() => closeServer(server))
    await writeServerState(locations.state, {
      url,
      pid: process.pid,
      migrationsDigest: folder.digest,
    })
    undo.defer(() => removeServerState(locations.state))

    const opened = undo.move()
    let closed: Promise<void> | undefined
    return {
      url,
      keys,
      locations,
      leases,
      close: () => {
        closing = true
        leases.endAll()
        closed ??= opened.disposeAsync()
        return closed
      },
    }
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
}

async function directoryInUse(locations: DataDirectory): Promise<LocalSupabaseError> {
  const state = await readServerState(locations.state)
  const owner = state === null ? "another process" : `process ${state.pid} (${state.url})`
  return new LocalSupabaseError({
    code: "directory_in_use",
    message: `The local database in ${locations.root} is held by ${owner}.`,
    hint: "Connect to that server instead of starting a second one, or end that process first.",
  })
}

/** Finds out that a port is taken before seconds go into starting the database; 0 lets the system choose. */
async function choosePort(port = 0): Promise<number> {
  if (port === 0) return port
  const server = createServer()
  await listen({ server, port })
  await closeServer(server)
  return port
}

async function listen(options: { server: Server; port: number }): Promise<string> {
  const { server, port } = options
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new LocalSupabaseError({
          code: "port_unavailable",
          message: `Port ${port} of 127.0.0.1 can not be opened: ${cause.message}`,
          hint: "Choose another port, or none to have a free one taken.",
          cause,
        }),
      ),
    )
    server.listen({ host: "127.0.0.1", port }, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === "string")
    throw new TypeError("A TCP server has an address.")
  return `http://127.0.0.1:${address.port}`
}

/** Lets answers under way arrive; a client that does not read its answer is cut off. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  const deadline = Date.now() + 1_000
  while (Date.now() < deadline) {
    server.closeIdleConnections()
    if ((await Promise.race([closed.then(() => "closed"), sleep(10)])) === "closed") return
  }
  server.closeAllConnections()
}

const MEBIBYTE = 1024 * 1024
const DEFAULT_MAX_BODY_IN_BYTES = 32 * MEBIBYTE
const MAX_TRANSACTION_IN_BYTES = 512 * MEBIBYTE
