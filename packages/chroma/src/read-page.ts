import { type JsonObject, JsonSyntaxError, type SourceRecord } from "@reasoningbank/core"
import { damagedDatabase, type SqliteDatabase } from "@reasoningbank/sqlite"
import type { ChromaCollection } from "./chroma-collections.ts"
import type { ChromaLayout } from "./chroma-layout.ts"
import { readLogMetadata } from "./chroma-log.ts"
import type { VectorLocation } from "./locate-vector.ts"
import { mergeLogMetadata } from "./merge-log-metadata.ts"
import { readRecordMetadata, selectRows, splitDocument } from "./record-metadata.ts"
import type { RecordPlan } from "./record-plan.ts"
import type { MetadataChange } from "./replay-metadata.ts"

/** A record but for its vector, and where that is. */
export type PageRecord = Omit<SourceRecord, "embedding"> & { location: VectorLocation }

export type PageSource = {
  database: SqliteDatabase
  layout: ChromaLayout
  collection: ChromaCollection
  areRangesWhole: boolean
}

/**
 * Reads the stored records from the n-th on, at most `size`.
 *
 * @throws `source:sqlite`
 */
export function readStoredPage({
  source,
  plan,
  from,
  size,
}: {
  source: PageSource
  plan: RecordPlan
  from: number
  size: number
}): PageRecord[] {
  const { database, layout, collection, areRangesWhole } = source
  const to = Math.min(from + size, plan.stored.length)
  const rowIds = Array.from({ length: to - from }, (_, index) => plan.stored.rowId(from + index))
  const { condition, parameters } = selectRows({ column: "id", rowIds, areRangesWhole })
  const ids = new Map(
    database
      .all(
        `select id, embedding_id from embeddings not indexed where ${condition} and segment_id = ?`,
        ...parameters,
        collection.metadataSegment,
      )
      .map(([rowId, id]) => [rowId, id]),
  )
  const metadata = readRecordMetadata({ database, layout, rows: { rowIds, areRangesWhole } })
  const changed: { change: MetadataChange; metadata: JsonObject; id: string }[] = []
  const records = rowIds.map((rowId, index) => {
    const id = ids.get(rowId)
    if (typeof id !== "string") {
      throw damagedDatabase({ reading: 'The table "embeddings"', reason: `row ${rowId} has gone` })
    }
    const object: JsonObject = metadata.get(rowId) ?? Object.create(null)
    const change = plan.changes.get(id)
    if (change !== undefined) changed.push({ change, metadata: object, id })
    return { id, object, location: plan.stored.location(from + index) }
  })
  applyChanges({ source, changed })
  return records.map(({ id, object, location }) => ({ id, ...splitDocument(object), location }))
}

/** Reads records that only the log has. */
export function readAppendedPage({
  source,
  plan,
  from,
  size,
}: {
  source: PageSource
  plan: RecordPlan
  from: number
  size: number
}): PageRecord[] {
  const changed = plan.appended.slice(from, from + size).map(({ id, change, location }) => {
    const metadata: JsonObject = Object.create(null)
    return { id, change, location, metadata }
  })
  applyChanges({ source, changed })
  return changed.map(({ id, metadata, location }) => ({ id, ...splitDocument(metadata), location }))
}

function applyChanges({
  source: { database, collection },
  changed,
}: {
  source: PageSource
  changed: { change: MetadataChange; metadata: JsonObject; id: string }[]
}): void {
  const rows = readLogMetadata({
    database,
    topic: collection.topic,
    sequences: changed.flatMap(({ change }) => change.rows),
  })
  for (const { change, metadata, id } of changed) {
    for (const sequence of change.rows) {
      const row = rows.get(sequence)
      if (row === undefined || row.id !== id) {
        throw damagedDatabase({
          reading: "The log",
          reason: `row ${sequence} is not record ${id}'s`,
        })
      }
      try {
        if (row.text !== null) mergeLogMetadata({ metadata, text: row.text })
      } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error
        throw damagedDatabase({
          reading: "The log",
          reason: `the metadata of record ${id} in row ${sequence} is no JSON (${error.message})`,
          cause: error,
        })
      }
    }
  }
}
