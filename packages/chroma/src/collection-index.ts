import { existsSync } from "node:fs"
import { join } from "node:path"
import type { ChromaCollection } from "./chroma-collections.ts"
import { UnusableIndexError } from "./hnsw-header.ts"
import { type HnswIndex, openHnswIndex } from "./hnsw-index.ts"
import { doubtfulLabel, readIndexMetadata } from "./index-metadata.ts"
import { isSegmentFolder } from "./segment-folder.ts"

/** The flushed part of a collection's vectors. */
export type CollectionIndex = {
  /** Whether a flush wrote the id; null when the map of ids is lost. */
  has: ((id: string) => boolean) | null
  /** Position of the id's vector in the index; null when it has none or it can not be trusted. */
  find(id: string): number | null
  hnsw: HnswIndex | null
  /** Log position up to which it is written; null when nothing tells. */
  flushPoint: number | null
  /** Log position from which the log has to be replayed over it. */
  replayFrom: number
  /** Why some of it can not be used. */
  problem: string | null
  close(): void
}

/**
 * Opens the index of a collection as far as it can be opened. Of an index never flushed there is no
 * `index_metadata.pickle`, and the other files hold nothing.
 */
export function openCollectionIndex({
  directory,
  collection,
}: {
  directory: string
  collection: ChromaCollection
}): CollectionIndex {
  const { vectorSegment, vectorPosition } = collection
  if (vectorSegment === null || !isSegmentFolder(vectorSegment)) {
    return lostIndex({
      flushPoint: vectorPosition,
      problem: "the catalog names no folder for its index",
    })
  }
  const folder = join(directory, vectorSegment)
  const pickle = join(folder, "index_metadata.pickle")
  if (!existsSync(pickle)) {
    return vectorPosition === null
      ? neverFlushed()
      : lostIndex({
          flushPoint: vectorPosition,
          problem: `${vectorSegment}/index_metadata.pickle is missing`,
        })
  }
  try {
    const { labels, flushPoint: pickledFlushPoint } = readIndexMetadata(pickle)
    const flushPoint = vectorPosition ?? pickledFlushPoint
    if (labels.size === 0) return { ...neverFlushed(), flushPoint }
    const { hnsw, problem } = openVectors({ folder, collection })
    return {
      has: (id) => labels.has(id),
      find(id) {
        const label = labels.get(id) ?? doubtfulLabel
        return label === doubtfulLabel ? null : (hnsw?.find(label) ?? null)
      },
      hnsw,
      flushPoint,
      replayFrom: flushPoint ?? 0,
      problem,
      close: () => hnsw?.close(),
    }
  } catch (error) {
    return lostIndex({ flushPoint: vectorPosition, problem: reasonOf(error) })
  }
}

function openVectors({ folder, collection }: { folder: string; collection: ChromaCollection }): {
  hnsw: HnswIndex | null
  problem: string | null
} {
  try {
    const hnsw = openHnswIndex(folder)
    if (collection.dimension === null || hnsw.dimension === collection.dimension) {
      return { hnsw, problem: null }
    }
    hnsw.close()
    return {
      hnsw: null,
      problem: `its index has ${hnsw.dimension} dimensions, the catalog says ${collection.dimension}`,
    }
  } catch (error) {
    return { hnsw: null, problem: reasonOf(error) }
  }
}

function neverFlushed(): CollectionIndex {
  return {
    has: () => false,
    find: () => null,
    hnsw: null,
    flushPoint: 0,
    replayFrom: 0,
    problem: null,
    close() {},
  }
}

function lostIndex({
  flushPoint,
  problem,
}: {
  flushPoint: number | null
  problem: string
}): CollectionIndex {
  return { ...neverFlushed(), has: null, flushPoint, problem }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnusableIndexError) return error.message
  if (error instanceof Error && "syscall" in error) return error.message
  throw error
}
