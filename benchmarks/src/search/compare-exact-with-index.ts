import type postgres from "postgres"
import { latencyOf, ms, timed } from "../measuring/milliseconds.ts"
import { type BenchmarkDatabase, signUp } from "../measuring/open-benchmark-database.ts"
import { printTable } from "../measuring/print-table.ts"
import { vectorText } from "./load-search-rows.ts"
import { workspaceSizes } from "./make-search-rows.ts"

/** Workspaces that together hold so many rows. */
const scopes: (keyof typeof workspaceSizes)[][] = [
  ["1000 a"],
  ["2000"],
  ["4000"],
  ["8000"],
  ["1000 a", "1000 b", "2000", "4000", "8000"],
  ["half", "1000 a", "2000", "4000"],
]
const never = "1000000000000"

/** `private.nearest_rows` with its limit moved, so that it always compares every row or always asks the index first. */
export async function compareExactWithIndex({
  database,
  queries,
}: {
  database: BenchmarkDatabase
  queries: Float32Array[]
}) {
  const { sql } = database
  await copyFunction({ sql, name: "nearest_rows_exact", exactLimit: never })
  await copyFunction({ sql, name: "nearest_rows_index", exactLimit: "0" })
  const workspaceIds = [...new Set(scopes.flat())]
  const session = await signUp({ database, name: "ladder", workspaceIds })
  const rows: string[][] = []
  for (const scope of scopes) {
    const times = { exact: [] as number[], index: [] as number[] }
    let right = 0
    let wanted = 0
    for (const [place, query] of [...queries.slice(0, 6), ...queries].entries()) {
      const exact = await timed(() =>
        nearest({ session, name: "nearest_rows_exact", scope, query }),
      )
      const index = await timed(() =>
        nearest({ session, name: "nearest_rows_index", scope, query }),
      )
      if (place < 6) continue
      times.exact.push(exact.milliseconds)
      times.index.push(index.milliseconds)
      const truth = new Set(exact.result)
      wanted += truth.size
      right += index.result.filter((id) => truth.has(id)).length
    }
    const [exact, index] = [latencyOf(times.exact), latencyOf(times.index)]
    rows.push([
      String(scope.reduce((sum, id) => sum + workspaceSizes[id], 0)),
      ms(exact.p50),
      ms(exact.p95),
      ms(index.p50),
      ms(index.p95),
      (right / wanted).toFixed(3),
      `${(index.p50 / exact.p50).toFixed(2)}x`,
    ])
  }
  printTable({
    title: "private.nearest_rows, every row compared, then the index first (ms, k = 10, no filter)",
    columns: ["rows", "p50", "p95", "p50", "p95", "recall", "p50 ratio"],
    rows,
  })
}

async function copyFunction({
  sql,
  name,
  exactLimit,
}: {
  sql: postgres.Sql
  name: string
  exactLimit: string
}) {
  const [found] = await sql<{ definition: string }[]>`
    select pg_get_functiondef(oid) as definition from pg_proc
    where proname = 'nearest_rows' and pronamespace = 'private'::regnamespace`
  const definition = found?.definition ?? ""
  const changed = definition
    .replace("private.nearest_rows(", `private.${name}(`)
    .replace(/exact_limit constant bigint := \d+/, `exact_limit constant bigint := ${exactLimit}`)
    .replace("continue when breadth * candidates < 2 * match_count * rows_of_all;", "")
  if (!changed.includes(`:= ${exactLimit};`)) {
    throw new Error("private.nearest_rows no longer declares exact_limit as this benchmark expects")
  }
  await sql.unsafe(changed)
}

async function nearest({
  session,
  name,
  scope,
  query,
}: {
  session: postgres.Sql
  name: string
  scope: string[]
  query: Float32Array
}) {
  const rows = await session.unsafe<{ id: string }[]>(
    `select id from private.${name}(
      'memory_item', $1::text[], $2::extensions.vector, 'all-MiniLM-L6-v2', 10,
      row(null, null, null, null, true, false, null, null, null, null, null)::private.search_filter)`,
    [scope, vectorText(query)],
    { prepare: true },
  )
  return rows.map(({ id }) => id)
}
