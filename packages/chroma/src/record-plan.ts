import { setImmediate } from "node:timers/promises"
import { damagedDatabase, type SqliteDatabase } from "@reasoningbank/sqlite"
import type { ChromaCollection } from "./chroma-collections.ts"
import { type LogTopic, readLogRows } from "./chroma-log.ts"
import type { CollectionIndex } from "./collection-index.ts"
import { type LogTrust, locateVector, type VectorLocation } from "./locate-vector.ts"
import { createPackedLocations, type PackedLocations } from "./packed-locations.ts"
import { type MetadataChange, replayMetadata } from "./replay-metadata.ts"
import { createVectorReplay, type VectorReplay } from "./replay-vectors.ts"
import { decodeSequenceId } from "./sequence-id.ts"

/** Which records a collection has and where the parts of each are. */
export type RecordPlan = {
  /** The stored records, in their order. */
  stored: PackedLocations
  /** What the log still has to do to stored records, by id. */
  changes: Map<string, MetadataChange>
  /** Records that only the log has, oldest first. */
  appended: { id: string; change: MetadataChange; location: VectorLocation }[]
}

const rowsPerQuery = 20_000
const idIndex = "sqlite_autoindex_embeddings_1"

/** Replays what the log has after the metadata tables; empty when they are up to date. */
export function readMetadataChanges({
  database,
  collection,
  topic,
}: {
  database: SqliteDatabase
  collection: ChromaCollection
  topic: LogTopic | undefined
}): Map<string, MetadataChange> {
  const after = collection.metadataPosition ?? 0
  if (topic === undefined || topic.last <= after) return new Map()
  return replayMetadata({
    rows: readLogRows({ database, topic, after }),
    isStored: (id) =>
      database.all(
        `select 1 from embeddings indexed by ${idIndex} where segment_id = ? and embedding_id = ?`,
        collection.metadataSegment,
        id,
      ).length > 0,
  })
}

/**
 * Looks up every record once, in the index over the ids and in the table behind it: the two hold each
 * id separately, and a difference is damage.
 *
 * @throws `source:sqlite`
 */
export async function planRecords({
  database,
  collection,
  topic,
  index,
  isLogComplete,
  logTrust,
  storedCount,
  signal,
}: {
  database: SqliteDatabase
  collection: ChromaCollection
  topic: LogTopic | undefined
  /** Null when no vectors are wanted. */
  index: CollectionIndex | null
  isLogComplete: boolean
  logTrust: LogTrust
  /** Rows that the table has of this collection; null when it can not be walked. */
  storedCount: number | null
  signal: AbortSignal | undefined
}): Promise<RecordPlan> {
  const changes = readMetadataChanges({ database, collection, topic })
  const replay = index === null ? null : replayLog({ database, topic, index, isLogComplete })
  const locate = ({ id, lastChange }: { id: string; lastChange: number | null }): VectorLocation =>
    index === null || replay === null
      ? { kind: "missing" }
      : locateVector({
          position: index.find(id),
          history: replay.history(id),
          lastChange,
          flushPoint: index.flushPoint,
          logTrust,
        })

  const stored = createPackedLocations(storedCount ?? 0)
  const ignoredAdds: number[] = []
  let missing = 0
  let seen = 0
  for (let last: string | null = null; ; await setImmediate()) {
    signal?.throwIfAborted()
    const rows = readIds({ database, segment: collection.metadataSegment, after: last })
    for (const { rowId, id, noted } of rows) {
      seen++
      last = id
      const change = changes.get(id)
      if (change !== undefined && !change.keepsStored) continue
      const location = locate({ id, lastChange: change?.rows.at(-1) ?? noted })
      if (location.kind === "missing") missing++
      if (location.kind === "index" && location.check === 0 && replay?.history(id)?.ignored) {
        ignoredAdds.push(stored.length)
      }
      stored.add(rowId, location)
    }
    if (rows.length < rowsPerQuery || (storedCount !== null && seen > storedCount)) break
  }
  if (storedCount !== null && seen !== storedCount) {
    throw disagreement(`the table has ${storedCount} records of it, the index ${seen}`)
  }
  // An id that the index lost may stand there as another one, whose add was then passed over.
  if (missing > 0) for (const n of ignoredAdds) stored.markDoubtful(n)
  if (!stored.sort()) throw disagreement("two records have one row")

  const appended = [...changes]
    .filter(([, change]) => change.exists && !change.keepsStored)
    .map(([id, change]) => ({
      id,
      change,
      location: locate({ id, lastChange: change.rows.at(-1) ?? null }),
    }))
    .sort((a, b) => a.change.createdBy - b.change.createdBy)
  return { stored, changes, appended }
}

function replayLog({
  database,
  topic,
  index,
  isLogComplete,
}: {
  database: SqliteDatabase
  topic: LogTopic | undefined
  index: CollectionIndex
  isLogComplete: boolean
}): VectorReplay {
  const replay = createVectorReplay({
    flushPoint: index.replayFrom,
    isInIndex: index.has,
    isLogComplete,
  })
  if (topic !== undefined) for (const row of readLogRows({ database, topic })) replay.apply(row)
  return replay
}

function readIds({
  database,
  segment,
  after,
}: {
  database: SqliteDatabase
  segment: string | null
  /** Null for the first rows. */
  after: string | null
}): { rowId: number; id: string; noted: number | null }[] {
  const rows = database.all(
    `select i.id, i.embedding_id, t.seq_id,
       t.segment_id is i.segment_id and t.embedding_id is i.embedding_id
     from embeddings i indexed by ${idIndex}
     left join embeddings t not indexed on t.id = i.id
     where i.segment_id = ? and i.embedding_id ${after === null ? ">=" : ">"} ?
     order by i.embedding_id limit ${rowsPerQuery}`,
    segment,
    after ?? "",
  )
  return rows.map(([rowId, id, noted, agrees]) => {
    if (agrees !== 1 || typeof id !== "string" || typeof rowId !== "number") {
      throw disagreement(`table and index have different ids for row ${rowId}`)
    }
    return { rowId, id, noted: decodeSequenceId(noted) }
  })
}

function disagreement(reason: string) {
  return damagedDatabase({ reading: 'The table "embeddings"', reason })
}
