import { createHash } from "node:crypto"
import { isReasoningBankError, type SourceCollection } from "@reasoningbank/core"
import { z } from "zod"
import { askChroma } from "./ask-chroma.ts"
import type { ChromaHttp } from "./chroma-http.ts"
import { readAllPages } from "./read-all-pages.ts"
import { collectionPath, countRecords } from "./server-collections.ts"

const idsPerRequest = 10_000
/** What Chroma Cloud answers at most (its quota page). */
const idsPerCloudRequest = 300
const idsAnswer = z.object({ ids: z.array(z.string()) })

/**
 * The ids of a collection, in the server's order. Raises `source:changed` when they do not hold still.
 * Chroma has no cursor and no snapshot: this list is what makes a read complete and countable.
 */
export async function takeIdSnapshot({
  http,
  collection,
  signal,
}: {
  http: ChromaHttp
  collection: SourceCollection
  signal: AbortSignal
}): Promise<string[]> {
  let largestPage = idsPerRequest
  async function page(range: { limit: number; offset: number }): Promise<string[]> {
    const purpose = `list the ids of "${collection.name}"`
    const path = `${collectionPath(collection)}/get`
    const body = { include: [], ...range, limit: Math.min(range.limit, largestPage) }
    try {
      return (await askChroma({ http, purpose, path, body, signal, schema: idsAnswer })).ids
    } catch (error) {
      const isRefused = isReasoningBankError(error) && error.code === "source:unsupported"
      if (!isRefused || largestPage === idsPerCloudRequest) throw error
      largestPage = idsPerCloudRequest
      return page(range)
    }
  }
  return readAllPages({
    what: `records of "${collection.name}"`,
    largestPage,
    page,
    count: () => countRecords({ http, signal, ...collection }),
    key: (id) => id,
  })
}

/** A hash of a set of ids, whatever their order. */
export function digestIds(ids: string[]): string {
  const hash = createHash("sha256")
  for (const id of ids.toSorted()) hash.update(`${id.length}:${id}`)
  return hash.digest("hex")
}
