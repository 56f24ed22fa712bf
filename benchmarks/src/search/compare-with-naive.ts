import { type Latency, latencyOf, ms, timed } from "../measuring/milliseconds.ts"
import { printTable } from "../measuring/print-table.ts"
import { compareAll } from "./brute-force.ts"
import type { SearchCaller } from "./create-callers.ts"
import type { SearchData } from "./make-search-rows.ts"
import { createNaiveSearch, createSearch, matchCount, type Search } from "./run-searches.ts"
import { chooseFilters, passesFilter } from "./search-filters.ts"

type Measured = { recall: number; full: number; latency: Latency }

/**
 * Recall, completeness and latency of `search_similar_memories` for every caller and filter, each query followed by the
 * naive one. Returns whether recall@10 was at least 0.99 and every answer full.
 */
export async function compareWithNaive({
  callers,
  data,
}: {
  callers: SearchCaller[]
  data: SearchData
}): Promise<boolean> {
  const { rows, queries } = data
  const bruteForce = compareAll({ rows, queries })
  const placeOf = new Map(rows.map(({ id }, place) => [id, place]))
  let isKept = true
  for (const caller of callers) {
    const table: string[][] = []
    for (const filter of chooseFilters(rows)) {
      const places = [...rows.keys()].filter((place) => {
        const row = rows[place]
        return row && caller.workspaceIds.includes(row.workspaceId) && passesFilter({ row, filter })
      })
      const visible = new Set(places)
      const wanted = Math.min(matchCount, places.length)
      const judge = (query: number, ids: string[]) => {
        const limit = bruteForce.limitOf({ query, places, count: wanted })
        const right = [...new Set(ids)].filter((id) => {
          const place = placeOf.get(id) ?? -1
          return visible.has(place) && bruteForce.distance(query, place) <= limit + 1e-6
        })
        return {
          recall: wanted === 0 ? 1 : Math.min(1, right.length / wanted),
          isFull: ids.length === wanted,
        }
      }
      const [ours, naive] = await runBoth({
        searches: [createSearch({ caller, filter }), createNaiveSearch({ caller, filter })],
        queries,
        judge,
      })
      if (ours === undefined || naive === undefined) throw new Error("nothing was measured")
      if (ours.recall < 0.99 || ours.full < 1) isKept = false
      table.push([
        filter.name,
        String(places.length),
        ...[ours, naive].flatMap(({ recall, full, latency }) => [
          recall.toFixed(3),
          full.toFixed(2),
          ms(latency.p50),
          ms(latency.p95),
        ]),
        `${(ours.latency.p50 / naive.latency.p50).toFixed(1)}x`,
      ])
    }
    printTable({
      title: `${caller.name}: search_similar_memories, then the naive query (ms)`,
      columns: [
        "filter",
        "rows",
        "recall",
        "full",
        "p50",
        "p95",
        "recall",
        "full",
        "p50",
        "p95",
        "p50 ratio",
      ],
      rows: table,
    })
  }
  return isKept
}

async function runBoth({
  searches,
  queries,
  judge,
}: {
  searches: Search[]
  queries: Float32Array[]
  judge: (query: number, ids: string[]) => { recall: number; isFull: boolean }
}): Promise<Measured[]> {
  const runs = searches.map((search) => ({
    search,
    recalls: 0,
    full: 0,
    milliseconds: [] as number[],
  }))
  for (const query of queries.slice(0, 6)) for (const { search } of runs) await search(query)
  for (const [place, query] of queries.entries()) {
    for (const run of runs) {
      const { result, milliseconds } = await timed(() => run.search(query))
      const { recall, isFull } = judge(place, result)
      run.recalls += recall
      run.full += isFull ? 1 : 0
      run.milliseconds.push(milliseconds)
    }
  }
  return runs.map(({ recalls, full, milliseconds }) => ({
    recall: recalls / queries.length,
    full: full / queries.length,
    latency: latencyOf(milliseconds),
  }))
}
