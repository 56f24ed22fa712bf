import {
  createWarningCounter,
  type MemorySource,
  type ReadOptions,
  ReasoningBankError,
  type SourceCollection,
  type SourceRecord,
} from "@reasoningbank/core"
import { pMapIterable } from "p-map"
import { assertSourceUnchanged } from "./assert-source-unchanged.ts"
import { parseChromaAddress } from "./chroma-address.ts"
import { createChromaHttp } from "./chroma-http.ts"
import { absentRecordCode, fetchRecords } from "./fetch-records.ts"
import { greetChromaServer } from "./greet-chroma-server.ts"
import { digestIds, takeIdSnapshot } from "./id-snapshot.ts"
import { selectCollections } from "./select-collections.ts"
import { listServerCollections } from "./server-collections.ts"
import { findServerDatabases } from "./server-databases.ts"

export type ChromaServerOptions = {
  /** Address, for example `http://localhost:8000`; may carry a path, and `user:password@`. */
  url: string
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Sent as a bearer token and as `X-Chroma-Token`. */
  token?: string
  /** @default "default_tenant" */
  tenant?: string
  /** @default every database of the tenant that the server lists */
  database?: string
  /** Only these collections. @default all */
  collectionNames?: string[]
  /** Requests for records in flight at once. @default 4 */
  concurrency?: number
  /** Attempts after the first, for each request. @default 5 */
  retries?: number
  /** Upper limit of the wait before the first retry; it doubles from there. @default 250 */
  firstDelayInMs?: number
  /** @default 60000 */
  requestTimeoutInMs?: number
  /** Ends everything the source is doing. */
  signal?: AbortSignal
}

/**
 * Opens a running Chroma server (API v2: 0.5.16 and later) to read it. Nothing is ever written to it, and
 * no tenant, database or collection is made. Records come in the server's order: the ids first, then
 * rows by id, a few requests ahead of the reader.
 *
 * Numbers keep their type and all their digits, embeddings their float32 values; `JSON.parse`, which the
 * `chromadb` client uses, keeps neither 64-bit integers nor the difference between 1 and 1.0.
 * `assertUnchanged` sees records and collections that were added or deleted, not ones updated in place:
 * Chroma tells no version of a record.
 *
 * Raises `usage`, `source:unreachable`, `source:refused`, `source:not_chroma`, `source:unsupported`,
 * `source:not_found`, and while reading also `source:changed`.
 */
export async function openChromaServer(options: ChromaServerOptions): Promise<MemorySource> {
  const { tenant = "default_tenant", concurrency = 4, retries = 5 } = options
  const { firstDelayInMs = 250, requestTimeoutInMs = 60_000 } = options
  const address = parseChromaAddress(options)
  const http = createChromaHttp({ address, retries, firstDelayInMs, requestTimeoutInMs })
  const closing = new AbortController()
  const signal = anySignal(closing.signal, options.signal)
  const warnings = createWarningCounter()

  async function list(): Promise<SourceCollection[]> {
    const wanted = { http, tenant, database: options.database, signal }
    const listed: SourceCollection[] = []
    for (const database of await findServerDatabases(wanted)) {
      listed.push(...(await listServerCollections({ http, tenant, database, signal })))
    }
    return listed
  }

  const version = await greetChromaServer({ http, signal })
  const names = options.collectionNames
  const collections = selectCollections({
    collections: await list(),
    names,
    location: http.location,
  })
  const digests = new Map<string, string>()

  async function* records(
    collection: SourceCollection,
    { embeddings, pageSize = 250, signal: readerSignal }: ReadOptions,
  ): AsyncIterable<SourceRecord[]> {
    const reading = new AbortController()
    const readSignal = anySignal(signal, readerSignal, reading.signal)
    try {
      const ids = await takeIdSnapshot({ http, collection, signal: readSignal })
      if (!digests.has(collection.id)) digests.set(collection.id, digestIds(ids))
      yield* pMapIterable(
        pagesOf({ ids, pageSize }),
        (page) =>
          fetchRecords({
            ...{ http, collection, embeddings, warnings },
            ids: page,
            signal: readSignal,
          }),
        { concurrency },
      )
    } finally {
      reading.abort()
    }
  }

  return {
    describe: () => ({ kind: "chroma-server", location: http.location, version }),
    collections: async () => collections,
    records,
    async assertUnchanged() {
      const listed = await list()
      const after = listed.filter(({ name }) => names?.includes(name) ?? true)
      const absent = warnings.warnings().filter(({ code }) => code === absentRecordCode)
      await assertSourceUnchanged({ http, before: collections, after, digests, absent, signal })
    },
    warnings: () => warnings.warnings(),
    async close() {
      closing.abort(
        new ReasoningBankError({
          code: "internal",
          message: "The Chroma source was closed already.",
        }),
      )
    },
  }
}

function* pagesOf({ ids, pageSize }: { ids: string[]; pageSize: number }): Iterable<string[]> {
  for (let start = 0; start < ids.length; start += pageSize)
    yield ids.slice(start, start + pageSize)
}

function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined))
}
