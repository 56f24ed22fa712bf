import type { SearchRow } from "./make-search-rows.ts"

export type BruteForce = {
  /** Cosine distance of the query at this place to the row at this place. */
  distance: (query: number, row: number) => number
  /** The distance of the `count`th nearest of the rows at these places, or of the farthest when there are fewer. */
  limitOf: (options: { query: number; places: readonly number[]; count: number }) => number
}

/** Every query against every row, in double precision. */
export function compareAll({
  rows,
  queries,
}: {
  rows: readonly SearchRow[]
  queries: readonly Float32Array[]
}): BruteForce {
  const dimension = queries[0]?.length ?? 0
  const flat = new Float32Array(rows.length * dimension)
  rows.forEach(({ vector }, place) => {
    flat.set(vector, place * dimension)
  })
  const norms = rows.map(({ vector }) => Math.hypot(...vector))
  const distances = queries.map((query) => {
    const norm = Math.hypot(...query)
    const line = new Float64Array(rows.length)
    for (let row = 0; row < rows.length; row++) {
      let dot = 0
      const start = row * dimension
      for (let column = 0; column < dimension; column++) {
        dot += (query[column] ?? 0) * (flat[start + column] ?? 0)
      }
      line[row] = 1 - dot / (norm * (norms[row] ?? 1))
    }
    return line
  })
  const distance = (query: number, row: number) => distances[query]?.[row] ?? Number.NaN
  return {
    distance,
    limitOf: ({ query, places, count }) => {
      const sorted = Float64Array.from(places, (row) => distance(query, row)).sort()
      return sorted[Math.min(count, sorted.length) - 1] ?? Number.NaN
    },
  }
}
