import { z } from "zod"
import { rowId } from "../interpretation/row-id.ts"
import { hasErrorContext, type StoredMemoryItem } from "./stored-rows.ts"

const weight = z.number().min(0).max(1_000)

/** How a score is made of its parts. */
export const scoringSchema = z
  .strictObject({
    weights: z
      .strictObject({
        similarity: weight.default(0.6),
        recency: weight.default(0.3),
        error: weight.default(0.1),
      })
      .prefault({}),
    /** Days after which recency has fallen to 1/e. */
    recencyDays: z.number().positive().max(1_000_000).default(30),
  })
  .prefault({})

export type Scoring = z.input<typeof scoringSchema>
export type ParsedScoring = z.output<typeof scoringSchema>

export type ScoreParts = {
  /** Cosine, -1 to 1; null when the item was not compared with the query. */
  similarity: number | null
  /** exp(-age / recencyDays), 0 to 1; null when the item's time is unknown, and then it counts as 0. */
  recency: number | null
  /** 1 for an item that tells of an error, else 0. */
  error: 0 | 1
  /** Weighted sum of the parts; null without a similarity. */
  score: number | null
}

const millisecondsPerDay = 86_400_000

/** The parts of a score (seed formula: 0.6 similarity + 0.3 recency + 0.1 error), with nothing made up. */
export function scoreMemory({
  memory,
  similarity,
  scoring: { weights, recencyDays },
  now,
}: {
  memory: StoredMemoryItem
  similarity: number | null
  scoring: ParsedScoring
  /** Milliseconds since 1970. */
  now: number
}): ScoreParts {
  const error = hasErrorContext(memory) ? 1 : 0
  const recency =
    memory.createdAt === null
      ? null
      : Math.exp(
          -Math.max(0, now - Date.parse(memory.createdAt)) / millisecondsPerDay / recencyDays,
        )
  const score =
    similarity === null
      ? null
      : weights.similarity * similarity + weights.recency * (recency ?? 0) + weights.error * error
  return { similarity, recency, error, score }
}

/** Highest first; rows of one value in the order of their UUIDs, as Postgres keeps them. */
export function byValueThenId<Row>({
  value,
  id,
  kind,
}: {
  value: (row: Row) => number
  id: (row: Row) => string
  kind: "trace" | "memory_item"
}): (first: Row, second: Row) => number {
  return (first, second) => {
    const difference = value(second) - value(first)
    return difference === 0
      ? compareIds({ kind, first: id(first), second: id(second) })
      : difference
  }
}

export function compareIds({
  kind,
  first,
  second,
}: {
  kind: "trace" | "memory_item"
  first: string
  second: string
}): number {
  const a = rowId({ kind, sourceId: first }).id
  const b = rowId({ kind, sourceId: second }).id
  return a < b ? -1 : a > b ? 1 : 0
}

/** Cosine of two vectors, -1 to 1; null when one of them has no direction. */
export function cosineSimilarity(first: Float32Array, second: Float32Array): number | null {
  let product = 0
  let firstSquares = 0
  let secondSquares = 0
  for (let at = 0; at < first.length; at++) {
    const a = first[at] ?? 0
    const b = second[at] ?? 0
    product += a * b
    firstSquares += a * a
    secondSquares += b * b
  }
  const cosine = product / Math.sqrt(firstSquares * secondSquares)
  return Number.isFinite(cosine) ? Math.min(1, Math.max(-1, cosine)) : null
}
