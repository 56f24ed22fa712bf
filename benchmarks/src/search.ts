import { openBenchmarkDatabase, printLoad } from "./measuring/open-benchmark-database.ts"
import { compareExactWithIndex } from "./search/compare-exact-with-index.ts"
import { compareWithNaive } from "./search/compare-with-naive.ts"
import { createCallers } from "./search/create-callers.ts"
import { loadSearchRows } from "./search/load-search-rows.ts"
import { makeSearchRows, workspaceSizes } from "./search/make-search-rows.ts"
import { measureOtherSearches } from "./search/measure-other-searches.ts"
import { probeForeignCluster } from "./search/probe-foreign-cluster.ts"

const data = await makeSearchRows()
const database = await openBenchmarkDatabase()
try {
  await loadSearchRows({ sql: database.sql, rows: data.rows })
  const callers = await createCallers({ database, workspaceIds: Object.keys(workspaceSizes) })
  const isKept = await compareWithNaive({ callers, data })
  const named = (...names: string[]) => callers.filter(({ name }) => names.includes(name))
  await compareExactWithIndex({ database, queries: data.queries })
  await probeForeignCluster({ callers: named("5 %", "four workspaces, 28 %", "half of all"), data })
  await measureOtherSearches({
    callers: named("half of all", "0.5 %", "service, half of all", "service, all"),
    queries: data.queries,
  })
  printLoad("at the end")
  if (!isKept) {
    console.error("A recall below 0.99 or an answer that was not full: see above.")
    process.exitCode = 1
  }
} finally {
  await database.stop()
}
