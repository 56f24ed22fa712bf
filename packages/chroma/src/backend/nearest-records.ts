import type { SourceRecord } from "@reasoningbank/core"
import {
  type NamedVector,
  type ParsedMemoryFilter,
  rankNearest,
} from "@reasoningbank/core/storage-driver"
import type { ChromaCollection, Where } from "./chroma-collection.ts"

const extraRecords = 50
const growth = 4
const tieTolerance = 1e-6

/**
 * The nearest rows under a filter that Chroma knows only in part. It is asked for more than wanted, and for
 * still more until enough pass the filter and the last of them is not as near as one left out; when it
 * gives fewer than there are, as a filtered index may, all of them are compared one by one.
 */
export async function nearestRecords<Row extends { id: string }>({
  collection,
  query,
  count,
  minSimilarity,
  where,
  kind,
  toRows,
}: {
  collection: ChromaCollection
  query: NamedVector
  count: number
  minSimilarity: number | null
  where: Where
  kind: "trace" | "memory_item"
  /** The rows among the records that pass the filter. */
  toRows: (records: readonly SourceRecord[]) => Promise<{ record: SourceRecord; row: Row }[]>
}): Promise<{ row: Row; similarity: number }[]> {
  const rank = async (ids: readonly string[]) => {
    const records = await collection.get(ids, { embeddings: true })
    const rows = await toRows(records)
    const candidates = rows.map(({ record, row }) => ({ row, vector: record.embedding }))
    return {
      ranked: rankNearest({ candidates, query, count: ids.length, minSimilarity, kind }),
      furthest: Math.min(...similarities({ records, query })),
    }
  }
  for (let asked = count + extraRecords; ; asked *= growth) {
    const ids = await collection.nearest({ vector: query.vector, count: asked, where })
    if (ids.length < asked) {
      const all = await collection.ids(where)
      const known = new Set(ids)
      const isWhole = all.every((id) => known.has(id))
      return (await rank(isWhole ? ids : all)).ranked.slice(0, count)
    }
    const { ranked, furthest } = await rank(ids)
    const last = ranked[count - 1]
    const reachesMinimum = minSimilarity !== null && furthest < minSimilarity - tieTolerance
    if (reachesMinimum || (last !== undefined && furthest < last.similarity - tieTolerance)) {
      return ranked.slice(0, count)
    }
  }
}

/** The part of a filter that every record of the dialect can be asked for. */
export function whereOf({
  workspaceId,
  filter: { domain, difficulty, errors, outcome },
}: {
  workspaceId: string
  filter: Pick<ParsedMemoryFilter, "domain" | "difficulty" | "errors" | "outcome">
}): Where {
  const conditions: Where[] = [{ workspace_id: { $eq: workspaceId } }]
  if (domain !== undefined) conditions.push({ domain_category: { $eq: domain } })
  if (difficulty !== undefined) conditions.push({ difficulty_level: { $eq: difficulty } })
  if (errors === "only") conditions.push({ has_error_context: { $eq: true } })
  if (errors === "without") conditions.push({ has_error_context: { $ne: true } })
  if (outcome !== undefined) conditions.push({ outcome: { $eq: outcome } })
  const [only, ...others] = conditions
  return only !== undefined && others.length === 0 ? only : { $and: conditions }
}

function similarities({
  records,
  query,
}: {
  records: readonly SourceRecord[]
  query: NamedVector
}): number[] {
  const candidates = records.map((record) => ({ row: record, vector: record.embedding }))
  return rankNearest({
    ...{ candidates, query, count: records.length, minSimilarity: null },
    kind: "memory_item",
  }).map(({ similarity }) => similarity)
}
