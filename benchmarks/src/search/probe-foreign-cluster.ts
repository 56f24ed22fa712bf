import { latencyOf, ms, timed } from "../measuring/milliseconds.ts"
import { printTable } from "../measuring/print-table.ts"
import type { SearchCaller } from "./create-callers.ts"
import type { SearchData } from "./make-search-rows.ts"
import { createSearch } from "./run-searches.ts"

/**
 * What a stranger can learn from the clock: his searches with query points inside and outside of the cluster that two
 * other tenants alone write about, one after the other.
 */
export async function probeForeignCluster({
  callers,
  data: { queries, foreignQueries },
}: {
  callers: SearchCaller[]
  data: SearchData
}) {
  const rows: string[][] = []
  for (const caller of callers) {
    const search = createSearch({ caller, filter: { name: "none" } })
    const [inside, outside]: [number[], number[]] = [[], []]
    for (const [place, query] of queries.entries()) {
      const foreign = foreignQueries[place] ?? query
      for (const [times, vector] of [
        [inside, foreign],
        [outside, query],
      ] as const) {
        const { milliseconds } = await timed(() => search(vector))
        if (place >= 6) times.push(milliseconds)
      }
    }
    const [a, b] = [latencyOf(inside), latencyOf(outside)]
    rows.push([
      caller.name,
      ms(a.p50),
      ms(a.p95),
      ms(b.p50),
      ms(b.p95),
      ms(a.p50 - b.p50),
      ms(a.p95 - b.p95),
    ])
  }
  printTable({
    title: "A stranger's search inside, then outside of a foreign cluster (ms), and the difference",
    columns: ["caller", "p50", "p95", "p50", "p95", "p50 diff", "p95 diff"],
    rows,
  })
}
