import type { SourceCollection, SourceRecord, WarningCounter } from "@reasoningbank/core"
import { askChromaForText, unexpectedAnswer } from "./ask-chroma.ts"
import type { ChromaHttp } from "./chroma-http.ts"
import { parseRecordsAnswer } from "./parse-records-answer.ts"
import { restoreInfinities } from "./restore-infinities.ts"
import { collectionPath } from "./server-collections.ts"

/** Warning: a record was deleted between the listing of the ids and the reading of the rows. */
export const absentRecordCode = "deleted_while_reading"

export type RecordsRequest = {
  http: ChromaHttp
  collection: SourceCollection
  /** Which records, in the order they are returned in. */
  ids: string[]
  embeddings: boolean
  warnings: WarningCounter
  signal: AbortSignal
}

/**
 * Fetches records by id. One the server leaves out is asked for again by itself; still absent, it was
 * deleted since the ids were taken, and a warning counts it. Raises `source:not_chroma` for an answer
 * with records nobody asked for.
 */
export async function fetchRecords(request: RecordsRequest): Promise<SourceRecord[]> {
  const { ids, warnings, collection, embeddings } = request
  const found = await fetchOnce(request)
  const absent = ids.filter((id) => !found.has(id))
  if (absent.length > 0) {
    for (const [id, record] of await fetchOnce({ ...request, ids: absent })) found.set(id, record)
  }
  await restoreInfinities({ ...request, records: [...found.values()] })

  const records: SourceRecord[] = []
  for (const id of ids) {
    const record = found.get(id)
    const place = { collection: collection.name, example: id }
    if (record === undefined) {
      const message = "The record was deleted while the collection was read."
      warnings.count({ code: absentRecordCode, message, ...place })
      continue
    }
    records.push({ ...record, id })
    if (embeddings && record.embedding === null) {
      const message = "The server has no embedding for the record."
      warnings.count({ code: "vector_missing", message, ...place })
    }
    if (record.embedding?.includes(Number.NaN)) {
      const message = "The embedding holds numbers that the server can not write; they are NaN."
      warnings.count({ code: "vector_not_written", message, ...place })
    }
  }
  return records
}

async function fetchOnce(request: RecordsRequest): Promise<Map<string, SourceRecord>> {
  const { http, collection, ids, embeddings, signal } = request
  const purpose = `give records of "${collection.name}"`
  const include = ["documents", "metadatas", "uris", ...(embeddings ? ["embeddings"] : [])]
  const path = `${collectionPath(collection)}/get`
  const text = await askChromaForText({ http, purpose, path, body: { ids, include }, signal })
  const records = parseRecordsAnswer(text)
  const wanted = new Set(ids)
  if (records === null || [...records.keys()].some((id) => !wanted.has(id))) {
    throw unexpectedAnswer({ http, purpose })
  }
  return records
}
