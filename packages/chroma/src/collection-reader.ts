import type { WarningCounter } from "@reasoningbank/core"
import {
  type ReadOptions,
  ReasoningBankError,
  type SourceCollection,
  type SourceRecord,
} from "@reasoningbank/core"
import { damagedDatabase, type SqliteDatabase } from "@reasoningbank/sqlite"
import type { ChromaCollection } from "./chroma-collections.ts"
import type { ChromaLayout } from "./chroma-layout.ts"
import { openCollectionIndex } from "./collection-index.ts"
import { checkDatabaseHealth, type DatabaseHealth } from "./database-health.ts"
import { isNormalised } from "./is-normalised.ts"
import { noteVector, type VectorNotes } from "./note-vector.ts"
import { type PageRecord, readAppendedPage, readStoredPage } from "./read-page.ts"
import { planRecords, readMetadataChanges } from "./record-plan.ts"
import { readRecordVectors } from "./record-vectors.ts"

export type CollectionReader = {
  describe(collection: ChromaCollection): SourceCollection
  read(collection: ChromaCollection, options: ReadOptions): AsyncIterable<SourceRecord[]>
}

const defaultPageSize = 250

/** Reads collections of an open database, a page at a time; nothing is held between two pages. */
export function createCollectionReader({
  directory,
  database,
  layout,
  strict,
  warnings,
}: {
  directory: string
  database: SqliteDatabase
  layout: ChromaLayout
  /** Raise an error where a record would come without its vector. */
  strict: boolean
  warnings: WarningCounter
}): CollectionReader {
  let checked: DatabaseHealth | undefined
  const health = (): DatabaseHealth => {
    if (checked !== undefined) return checked
    checked = checkDatabaseHealth({ database, layout })
    for (const problem of checked.problems) {
      const message = "SQLite's own check found damage; what it touches is not read."
      warnings.count({ code: "database_damaged", message, example: problem })
    }
    return checked
  }

  async function* read(
    collection: ChromaCollection,
    { embeddings, pageSize = defaultPageSize, signal }: ReadOptions,
  ): AsyncGenerator<SourceRecord[]> {
    const size = Math.max(1, Math.floor(pageSize))
    const { metadataSegment, vectorPosition, space, name } = collection
    if (metadataSegment === null) {
      throw damagedDatabase({
        reading: "Its segment",
        reason: "the catalog has none for its metadata",
      })
    }
    const { topics, logTrust, keepsLog, storedCounts, areRangesWhole, checkSegment } = health()
    checkSegment(metadataSegment)
    const index = embeddings ? openCollectionIndex({ directory, collection }) : null
    try {
      const notes: VectorNotes = { collection: name, strict, warnings }
      if (index !== null && index.problem !== null) noteProblem({ notes, problem: index.problem })
      const plan = await planRecords({
        database,
        collection,
        topic: topics.get(collection.topic),
        index,
        isLogComplete: keepsLog || vectorPosition === null,
        logTrust,
        storedCount: storedCounts === null ? null : (storedCounts.get(metadataSegment) ?? 0),
        signal,
      })
      const hnsw = index?.hnsw ?? null
      const normalised = hnsw === null ? null : isNormalised({ space, index: hnsw })
      if (normalised?.isDoubtful) noteSpace({ notes, space })

      const withVectors = (records: PageRecord[]): SourceRecord[] => {
        const vectors = embeddings
          ? readRecordVectors({
              database,
              collection,
              hnsw,
              cosine: normalised?.cosine ?? null,
              records,
            })
          : []
        return records.map(({ id, document, metadata }, at) => {
          const read = vectors[at]
          if (read !== undefined) noteVector({ notes, id, read })
          return { id, document, metadata, embedding: read?.vector ?? null }
        })
      }
      const source = { database, layout, collection, areRangesWhole }
      for (let from = 0; from < plan.stored.length; from += size) {
        signal?.throwIfAborted()
        yield withVectors(readStoredPage({ source, plan, from, size }))
      }
      for (let from = 0; from < plan.appended.length; from += size) {
        signal?.throwIfAborted()
        yield withVectors(readAppendedPage({ source, plan, from, size }))
      }
    } finally {
      index?.close()
    }
  }

  return {
    read,
    describe(collection) {
      const { id, name, tenant, database: databaseName, dimension, space } = collection
      return {
        tenant,
        database: databaseName,
        name,
        id,
        dimension,
        space: space ?? "l2",
        recordCount: countRecords({ database, collection, health: health() }),
      }
    },
  }
}

/** Damage shows when the records are read; the count then is what the table says. */
function countRecords({
  database,
  collection,
  health: { storedCounts, topics },
}: {
  database: SqliteDatabase
  collection: ChromaCollection
  health: DatabaseHealth
}): number {
  let count = storedCounts?.get(collection.metadataSegment ?? "") ?? 0
  try {
    const topic = topics.get(collection.topic)
    for (const [, change] of readMetadataChanges({ database, collection, topic })) {
      if (change.wasStored && !change.keepsStored) count--
      if (change.exists && !change.keepsStored) count++
    }
  } catch {
    return count
  }
  return count
}

function noteProblem({ notes, problem }: { notes: VectorNotes; problem: string }): void {
  const message = `The index of "${notes.collection}" can not be used: ${problem}.`
  if (notes.strict) {
    throw new ReasoningBankError({
      code: "source:hnsw",
      message,
      hint: "Restore the directory from a backup, or read without strict to get the vectors that are elsewhere.",
    })
  }
  notes.warnings.count({ code: "index_unreadable", message, collection: notes.collection })
}

function noteSpace({ notes, space }: { notes: VectorNotes; space: string | null }): void {
  const message =
    space === null
      ? "The catalog does not say whether the vectors are normalised, and they do not tell either; those of the index are left out."
      : "The catalog says that the vectors are normalised, but most of the index are not."
  notes.warnings.count({ code: "space_doubtful", message, collection: notes.collection })
}
