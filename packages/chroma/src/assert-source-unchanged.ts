import { ReasoningBankError, type SourceCollection, type SourceWarning } from "@reasoningbank/core"
import type { ChromaHttp } from "./chroma-http.ts"
import { digestIds, takeIdSnapshot } from "./id-snapshot.ts"

/**
 * Raises `source:changed` when collections came or went, when one holds another number of records or
 * (if it was read) other ids, or when records went while they were read.
 */
export async function assertSourceUnchanged({
  http,
  before,
  after,
  digests,
  absent,
  signal,
}: {
  http: ChromaHttp
  before: SourceCollection[]
  after: SourceCollection[]
  /** Digest of the ids of each collection that was read, by collection id. */
  digests: ReadonlyMap<string, string>
  /** What was counted of records that were gone when their rows were read. */
  absent: SourceWarning[]
  signal: AbortSignal
}): Promise<void> {
  const changes = absent.map(({ collection, count }) => `${count} records of "${collection}" went`)
  const remaining = new Map(after.map((collection) => [collection.id, collection]))
  for (const collection of before) {
    const now = remaining.get(collection.id)
    remaining.delete(collection.id)
    const digest = digests.get(collection.id)
    if (now === undefined) changes.push(`collection "${collection.name}" is gone`)
    else if (now.recordCount !== collection.recordCount) {
      changes.push(
        `"${collection.name}" had ${collection.recordCount} records and has ${now.recordCount}`,
      )
    } else if (digest !== undefined) {
      const ids = await takeIdSnapshot({ http, collection, signal })
      if (digestIds(ids) !== digest)
        changes.push(`"${collection.name}" holds other records than before`)
    }
  }
  for (const { name } of remaining.values()) changes.push(`collection "${name}" is new`)
  if (changes.length === 0) return
  throw new ReasoningBankError({
    code: "source:changed",
    message: `Somebody wrote to the Chroma server at ${http.location} while it was read: ${changes.join("; ")}.`,
    hint: "Run again when nothing writes to it; what is already there is not written twice.",
  })
}
