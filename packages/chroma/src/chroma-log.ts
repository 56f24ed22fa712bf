import type { SqliteDatabase } from "@reasoningbank/sqlite"
import { toFloat32Vector } from "./float32-vector.ts"
import type { LogRow } from "./log-operation.ts"

/** The rows of one collection in the log. */
export type LogTopic = { topic: string; count: number; first: number; last: number }

/** A vector of the log, or why it is none. */
export type LogVector = { id: string; vector: Float32Array } | { id: string; problem: string }

/** Finds where each topic begins and ends, in one pass: the log has no index on the topic. */
export function readLogTopics(database: SqliteDatabase): {
  topics: Map<string, LogTopic>
  /** False when positions do not rise, which only a damaged file shows. */
  isOrdered: boolean
} {
  const topics = new Map<string, LogTopic>()
  let previous = Number.NEGATIVE_INFINITY
  let isOrdered = true
  for (const [name, sequence] of database.each(
    "select topic, seq_id from embeddings_queue order by seq_id",
  )) {
    const position = Number(sequence)
    if (position <= previous) isOrdered = false
    previous = position
    const topic = topics.get(String(name))
    if (topic === undefined) {
      topics.set(String(name), { topic: String(name), count: 1, first: position, last: position })
    } else {
      topic.count++
      topic.last = position
    }
  }
  return { topics, isOrdered }
}

/** Rows of a topic after a position, oldest first, without their payload. */
export function* readLogRows({
  database,
  topic: { topic, first, last },
  after = 0,
}: {
  database: SqliteDatabase
  topic: LogTopic
  after?: number
}): Iterable<LogRow> {
  // `length` reads the size of a vector without fetching it.
  const rows = database.each(
    `select seq_id, operation, id, length(vector) from embeddings_queue
     where topic = ? and seq_id between ? and ? order by seq_id`,
    topic,
    Math.max(first, after + 1),
    last,
  )
  for (const [sequence, operation, id, vectorBytes] of rows) {
    yield {
      sequence: Number(sequence),
      operation: Number(operation),
      id: String(id),
      hasVector: vectorBytes !== null,
    }
  }
}

/** Vectors of some rows of a topic, by position; a row that is not there is left out. */
export function readLogVectors({
  database,
  topic,
  sequences,
  dimension,
}: {
  database: SqliteDatabase
  topic: string
  sequences: number[]
  /** Of the collection; null when it is not known. */
  dimension: number | null
}): Map<number, LogVector> {
  const vectors = new Map<number, LogVector>()
  if (sequences.length === 0) return vectors
  const rows = database.all(
    `select seq_id, id, vector, encoding from embeddings_queue
     where seq_id in (select value from json_each(?)) and topic = ?`,
    JSON.stringify(sequences),
    topic,
  )
  for (const [sequence, id, bytes, encoding] of rows) {
    const problem = problemOf({ bytes, encoding, dimension })
    vectors.set(
      Number(sequence),
      problem === null && bytes instanceof Uint8Array
        ? { id: String(id), vector: toFloat32Vector(bytes) }
        : { id: String(id), problem: problem ?? "no vector" },
    )
  }
  return vectors
}

function problemOf({
  bytes,
  encoding,
  dimension,
}: {
  bytes: unknown
  encoding: unknown
  dimension: number | null
}): string | null {
  if (!(bytes instanceof Uint8Array)) return "no vector"
  if (encoding !== "FLOAT32") return `encoding ${String(encoding)} instead of FLOAT32`
  if (dimension !== null && bytes.length !== 4 * dimension) {
    return `${bytes.length} bytes instead of ${4 * dimension}`
  }
  return bytes.length % 4 === 0 ? null : `${bytes.length} bytes, which is no whole number of floats`
}

/** Metadata of some rows of a topic as the log has it, JSON text by position. */
export function readLogMetadata({
  database,
  topic,
  sequences,
}: {
  database: SqliteDatabase
  topic: string
  sequences: number[]
}): Map<number, { id: string; text: string | null }> {
  if (sequences.length === 0) return new Map()
  const rows = database.all(
    `select seq_id, id, metadata from embeddings_queue
     where seq_id in (select value from json_each(?)) and topic = ?`,
    JSON.stringify(sequences),
    topic,
  )
  return new Map(
    rows.map(([sequence, id, text]) => [
      Number(sequence),
      { id: String(id), text: typeof text === "string" ? text : null },
    ]),
  )
}
