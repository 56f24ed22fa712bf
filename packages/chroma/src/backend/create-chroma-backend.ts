import {
  type BackendSettings,
  createBackend,
  type StorageBackend,
} from "@reasoningbank/core/storage"
import { createTimestampReader, type StorageHealth } from "@reasoningbank/core/storage-driver"
import { parseChromaAddress } from "../chroma-address.ts"
import { createChromaHttp } from "../chroma-http.ts"
import { greetChromaServer } from "../greet-chroma-server.ts"
import { startChromaServer } from "../start-chroma-server.ts"
import { openChromaCollection } from "./chroma-collection.ts"
import { cleanUp } from "./clean-up.ts"
import { createChromaDriver } from "./create-chroma-driver.ts"
import { findChromaCollection } from "./find-chroma-collection.ts"
import { asStorage, withStorageFailures } from "./storage-failure.ts"

type Place =
  | {
      /** Address of a running server, for example `http://localhost:8000`; may carry `user:password@`. */
      url: string
      directory?: undefined
    }
  | {
      /** Chroma directory that nobody else has open; a server is started on it and ends with `close`. */
      directory: string
      url?: undefined
    }

export type ChromaBackendSettings = BackendSettings &
  Place & {
    /** Sent with every request. */
    headers?: Record<string, string>
    /** Sent as a bearer token and as `X-Chroma-Token`. */
    token?: string
    /** @default "default_tenant" */
    tenant?: string
    /** @default "default_database" */
    database?: string
    /** Of the memory items; traces and searches go into collections named after it. @default "reasoning_memories" */
    collectionName?: string
    /** Nothing is created, cleaned up or recorded; a collection that is missing holds nothing. @default false */
    isReadOnly?: boolean
    /** IANA name in which times without a zone, as other programs write them, are read. @default the system's */
    timezone?: string
    /** Items whose trace never came are deleted after this time. @default an hour; at once in a directory of one's own */
    abandonedAfterInMs?: number
    /** Attempts after the first, for each request. @default 5 */
    retries?: number
    /** @default 60000 */
    requestTimeoutInMs?: number
  }

const hourInMs = 3_600_000

/**
 * A bank on a Chroma server (1.0 or later). Memory items are kept as the Python programs keep them, so those
 * still read them; traces, with trajectory and links, and searches have collections of their own.
 * Raises `storage:unreachable`, `storage:refused`, `storage:unsupported`, and `source:unsupported` where a
 * server can not be started.
 */
export async function createChromaBackend(
  settings: ChromaBackendSettings,
): Promise<StorageBackend> {
  const { directory, retries = 5, requestTimeoutInMs = 60_000 } = settings
  const { tenant = "default_tenant", database = "default_database" } = settings
  const { collectionName = "reasoning_memories", isReadOnly = false } = settings
  const timezone = settings.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const abandonedAfterInMs = settings.abandonedAfterInMs ?? (directory === undefined ? hourInMs : 0)
  const server = directory === undefined ? null : await startChromaServer({ directory })
  const address = parseChromaAddress({ ...settings, url: server?.url ?? settings.url ?? "" })
  const http = createChromaHttp({ address, retries, firstDelayInMs: 250, requestTimeoutInMs })
  const closing = new AbortController()
  const { signal } = closing

  const open = (suffix: string, description: string) => {
    const place = { http, tenant, database, signal, name: `${collectionName}${suffix}` }
    return isReadOnly
      ? findChromaCollection(place)
      : openChromaCollection({ ...place, description })
  }
  const close = async () => {
    closing.abort()
    await server?.stop()
  }

  try {
    return await asStorage(async () => {
      const version = await greetChromaServer({ http, signal })
      const bank = {
        memories: await open("", "ReasoningBank memory storage"),
        traces: await open("_traces", "ReasoningBank traces"),
        retrievals: await open("_retrievals", "ReasoningBank searches"),
        readTimestamp: createTimestampReader(timezone),
        now: Date.now,
      }
      if (!isReadOnly) await cleanUp({ bank, abandonedAfterInMs })
      const place = { backend: "chroma", location: directory ?? address.location }
      const health = async (): Promise<StorageHealth> => {
        try {
          const answered = await greetChromaServer({ http, signal })
          return { isHealthy: true, ...place, version: answered, problem: null }
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error)
          return { isHealthy: false, ...place, version, problem }
        }
      }
      const driver = createChromaDriver({ bank, abandonedAfterInMs, health, close })
      const recordRetrievals = !isReadOnly && (settings.recordRetrievals ?? true)
      return createBackend({ ...settings, recordRetrievals, driver: withStorageFailures(driver) })
    })
  } catch (error) {
    await close()
    throw error
  }
}
