import type { SqliteDatabase } from "@reasoningbank/sqlite"
import type { ChromaCollection } from "./chroma-collections.ts"
import { type LogVector, readLogVectors } from "./chroma-log.ts"
import type { HnswIndex } from "./hnsw-index.ts"
import type { VectorLocation } from "./locate-vector.ts"
import { roundLikeChroma } from "./round-like-chroma.ts"

export type LocatedRecord = { id: string; location: VectorLocation }

/** A vector, or why there is none (`code`), or why another one than the index's was taken. */
export type RecordVector = {
  vector: Float32Array | null
  code: "ok" | "missing" | "doubtful" | "unreadable" | "log_vector" | "outdated"
  detail: string
}

/**
 * Reads the vectors of a page. Those of the index are held against the log where that still has them:
 * Chroma loses some updates on the way to its index, and the log has them.
 *
 * @param cosine null when nothing tells whether the index is normalised; then its vectors are not read
 */
export function readRecordVectors({
  database,
  collection,
  hnsw,
  cosine,
  records,
}: {
  database: SqliteDatabase
  collection: ChromaCollection
  hnsw: HnswIndex | null
  cosine: boolean | null
  records: LocatedRecord[]
}): RecordVector[] {
  const indexed = records.map(({ location }) =>
    location.kind === "index" ? location.position : -1,
  )
  const wanted = indexed.filter((position) => position >= 0)
  const fromIndex = cosine === null ? [] : (hnsw?.read(wanted, { cosine }) ?? [])
  const fromLog = readLogVectors({
    database,
    topic: collection.topic,
    sequences: records
      .map(({ location }) => sequenceOf(location))
      .filter((sequence) => sequence > 0),
    dimension: collection.dimension ?? hnsw?.dimension ?? null,
  })

  let next = 0
  return records.map(({ id, location }) => {
    const logged = fromLog.get(sequenceOf(location))
    if (location.kind === "log") return takeLogged({ id, logged })
    if (location.kind !== "index") {
      return { vector: null, code: location.kind, detail: detailOf(location.kind) }
    }
    const vector = fromIndex[next++] ?? null
    const isOwn = logged !== undefined && "vector" in logged && logged.id === id
    if (isOwn && (vector === null || differs({ vector, logged: logged.vector, cosine }))) {
      return {
        vector: logged.vector,
        code: "outdated",
        detail: "the index has an older vector than the log",
      }
    }
    return vector === null
      ? { vector: null, code: "unreadable", detail: "its vector can not be read from the index" }
      : { vector, code: "ok", detail: "" }
  })
}

function sequenceOf(location: VectorLocation): number {
  if (location.kind === "log") return location.sequence
  return location.kind === "index" ? location.check : 0
}

function detailOf(kind: "missing" | "doubtful"): string {
  return kind === "missing"
    ? "neither the index nor the log has a vector for it"
    : "log and index contradict what is noted with the record"
}

function takeLogged({ id, logged }: { id: string; logged: LogVector | undefined }): RecordVector {
  if (logged === undefined || logged.id !== id) {
    return { vector: null, code: "doubtful", detail: "its row in the log is another record's" }
  }
  return "vector" in logged
    ? { vector: logged.vector, code: "ok", detail: "" }
    : { vector: null, code: "log_vector", detail: `its vector in the log has ${logged.problem}` }
}

const relativeTolerance = 1e-5

/** Cosine indexes round, and not everywhere alike; the others keep every bit. */
function differs({
  vector,
  logged,
  cosine,
}: {
  vector: Float32Array
  logged: Float32Array
  cosine: boolean | null
}): boolean {
  const expected = cosine ? roundLikeChroma({ vector: logged, summation: "lanes" }) : logged
  const largest = cosine ? expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0) : 0
  return vector.some((value, index) => {
    const other = expected[index] ?? Number.NaN
    return !Object.is(value, other) && !(Math.abs(value - other) <= relativeTolerance * largest)
  })
}
