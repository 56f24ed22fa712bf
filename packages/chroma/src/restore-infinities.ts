import type { SourceCollection, SourceRecord, WarningCounter } from "@reasoningbank/core"
import { z } from "zod"
import { askChroma } from "./ask-chroma.ts"
import type { ChromaHttp } from "./chroma-http.ts"
import { collectionPath } from "./server-collections.ts"

const matchingIds = z.object({ ids: z.array(z.string()) })
const infinities = [
  { value: Number.POSITIVE_INFINITY, condition: { $gt: Number.MAX_VALUE } },
  { value: Number.NEGATIVE_INFINITY, condition: { $lt: -Number.MAX_VALUE } },
]

/**
 * An infinity in the metadata reaches us as null, for JSON has no word for it; the server still compares
 * it, so a filter tells which one it was. A null that is neither stays null, and a warning counts it.
 */
export async function restoreInfinities({
  http,
  collection,
  records,
  warnings,
  signal,
}: {
  http: ChromaHttp
  collection: SourceCollection
  /** Changed in place. */
  records: SourceRecord[]
  warnings: WarningCounter
  signal: AbortSignal
}): Promise<void> {
  const unknown = new Map<string, SourceRecord[]>()
  for (const record of records) {
    for (const [key, value] of Object.entries(record.metadata ?? {})) {
      if (value === null) unknown.set(key, [...(unknown.get(key) ?? []), record])
    }
  }
  for (const [key, affected] of unknown) {
    const ids = affected.map(({ id }) => id)
    for (const { value, condition } of infinities) {
      const answer = await askChroma({
        ...{ http, signal, schema: matchingIds },
        purpose: `compare the metadata of "${collection.name}"`,
        path: `${collectionPath(collection)}/get`,
        body: { ids, where: { [key]: condition }, include: [] },
      })
      const matching = new Set(answer.ids)
      for (const { id, metadata } of affected) {
        if (metadata !== null && matching.has(id)) metadata[key] = value
      }
    }
    for (const { id, metadata } of affected) {
      if (metadata?.[key] !== null) continue
      const message = "A metadata value is one that the server can not write; it is null."
      warnings.count({
        code: "metadata_not_written",
        message,
        collection: collection.name,
        example: id,
      })
    }
  }
}
