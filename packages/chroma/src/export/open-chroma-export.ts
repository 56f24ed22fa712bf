import { createHash } from "node:crypto"
import { type ExportedRecord, ReasoningBankError, type SourceRecord } from "@reasoningbank/core"
import { parseChromaAddress } from "../chroma-address.ts"
import { createChromaHttp } from "../chroma-http.ts"
import { greetChromaServer } from "../greet-chroma-server.ts"
import { openChromaServer } from "../open-chroma-server.ts"
import {
  assertFree,
  createExportCollection,
  type ExportCollection,
  recordLine,
} from "./create-export-collection.ts"
import { tracesSuffix } from "./encode-groups.ts"

export type ChromaExportOptions = {
  url: string
  token?: string | undefined
  /** Of the memory items; the traces' is named after it. */
  collectionName: string
  signal: AbortSignal
}

export type ChromaExport = {
  location: string
  write(records: ExportedRecord[]): Promise<void>
  /** Reads everything back and compares it; raises `verification:differences`. */
  finish(onRead?: (records: number) => void): Promise<{ name: string; records: number }[]>
  abandon(): Promise<void>
}

const recordsPerRequest = 250

/**
 * Writes records to a running Chroma server (1.0 or later), into collections of its own with the l2 space, as the original
 * program has them, which keeps every bit of a vector. An export that was cut off is begun anew; a collection
 * that is in use is refused (`run:refused`).
 */
export async function openChromaExport({
  url,
  token,
  collectionName,
  signal,
}: ChromaExportOptions): Promise<ChromaExport> {
  const address = parseChromaAddress({ url, token })
  const http = createChromaHttp({
    ...{ address, retries: 5, firstDelayInMs: 250, requestTimeoutInMs: 60_000 },
  })
  await greetChromaServer({ http, signal })
  const place = { http, tenant: "default_tenant", database: "default_database", signal }
  const collections = new Map<string, ExportCollection>()
  const nameOf = (suffix: string) => `${collectionName}${suffix}`
  for (const suffix of ["", tracesSuffix]) await assertFree({ place, name: nameOf(suffix) })

  const collectionOf = async (suffix: string): Promise<ExportCollection> => {
    const known = collections.get(suffix)
    if (known !== undefined) return known
    const collection = await createExportCollection({ place, name: nameOf(suffix) })
    collections.set(suffix, collection)
    return collection
  }
  const digestStored = async (name: string, onRead?: (records: number) => void) => {
    const source = await openChromaServer({
      ...{ url, collectionNames: [name], signal },
      ...(token !== undefined && { token }),
    })
    try {
      const hash = createHash("sha256")
      for (const collection of await source.collections()) {
        for await (const page of source.records(collection, { embeddings: true })) {
          for (const record of page) hash.update(recordLine(record))
          onRead?.(page.length)
        }
      }
      return hash.digest("hex")
    } finally {
      await source.close()
    }
  }

  return {
    location: http.location,
    async write(records) {
      const bySuffix = Map.groupBy(records, ({ suffix }) => suffix)
      // Traces first: a reader in between sees no item without its trace.
      for (const suffix of [...bySuffix.keys()].sort().reverse()) {
        const collection = await collectionOf(suffix)
        const all: SourceRecord[] = (bySuffix.get(suffix) ?? []).map(({ record }) => record)
        for (let start = 0; start < all.length; start += recordsPerRequest) {
          await collection.add(all.slice(start, start + recordsPerRequest))
        }
      }
    },
    async finish(onRead) {
      for (const collection of collections.values()) {
        const { name } = collection
        if (collection.digest() !== (await digestStored(name, onRead)))
          throw differs({ name, location: http.location })
        await collection.finish()
      }
      return [...collections.values()].map(({ name, records }) => ({ name, records }))
    },
    abandon: async () => {},
  }
}

function differs({ name, location }: { name: string; location: string }): ReasoningBankError {
  return new ReasoningBankError({
    code: "verification:differences",
    message: `What the collection "${name}" of ${location} gives back is not what was written to it.`,
    hint: "Somebody else may have written to it; run the same command again, which begins it anew.",
  })
}
