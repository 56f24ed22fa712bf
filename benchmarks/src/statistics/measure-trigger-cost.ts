import type postgres from "postgres"
import { latencyOf, ms, timed } from "../measuring/milliseconds.ts"
import { printTable } from "../measuring/print-table.ts"
import { insertItems, rowCount } from "./load-statistics-rows.ts"

const batchSize = 500
const rounds = 16
const workspaceId = "half"

/** What the triggers add to statements of 500 rows, all in one workspace: with and without in turn. */
export async function measureTriggerCost(sql: postgres.Sql) {
  const rows: string[][] = []
  let next = rowCount
  const insert = () => {
    const from = next
    next += batchSize
    return sql.unsafe(insertItems({ from, to: next - 1, workspaceId }))
  }
  const pick = `select id from public.memory_items where workspace_id = '${workspaceId}' order by id desc limit ${batchSize}`
  const update = () =>
    sql.unsafe(`
      update public.memory_items set evolution_stage = evolution_stage + 1
      where workspace_id = '${workspaceId}' and id in (${pick})`)
  const remove = () =>
    sql.unsafe(
      `delete from public.memory_items where workspace_id = '${workspaceId}' and id in (${pick})`,
    )
  const cases = [
    { name: "insert, 1 writer", writers: 1, batch: insert },
    { name: "insert, 4 writers", writers: 4, batch: insert },
    { name: "update, 1 writer", writers: 1, batch: update },
    { name: "delete, 1 writer", writers: 1, batch: remove },
  ]
  for (const { name, writers, batch } of cases) {
    const times = { enable: [] as number[], disable: [] as number[] }
    for (let round = -1; round < rounds; round++) {
      for (const state of ["enable", "disable"] as const) {
        await switchTriggers({ sql, state })
        const batches = await Promise.all(Array.from({ length: writers }, () => timed(batch)))
        if (round >= 0) times[state].push(...batches.map(({ milliseconds }) => milliseconds))
      }
    }
    const [on, off] = [latencyOf(times.enable), latencyOf(times.disable)]
    rows.push([
      name,
      ms(on.p50),
      ms(on.p95),
      ms(off.p50),
      ms(off.p95),
      (((on.p50 - off.p50) * 1_000) / batchSize / writers).toFixed(1),
      `${(on.p50 / off.p50).toFixed(2)}x`,
    ])
  }
  await switchTriggers({ sql, state: "enable" })
  printTable({
    title: `Statements of ${batchSize} memory items with, then without the triggers of the statistics (ms a statement)`,
    columns: ["statement", "p50", "p95", "p50", "p95", "us a row", "p50 ratio"],
    rows,
  })
}

/** Of the statistics alone: other triggers work in both cases. */
async function switchTriggers({ sql, state }: { sql: postgres.Sql; state: "enable" | "disable" }) {
  for (const change of ["inserted", "updated", "deleted"]) {
    await sql.unsafe(
      `alter table public.memory_items ${state} trigger memory_items_count_${change}`,
    )
  }
}
