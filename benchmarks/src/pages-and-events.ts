import type postgres from "postgres"
import { measure, ms } from "./measuring/milliseconds.ts"
import { openBenchmarkDatabase, printLoad, signUp } from "./measuring/open-benchmark-database.ts"
import { printTable } from "./measuring/print-table.ts"
import { loadEvents } from "./statistics/load-events.ts"
import { insertItems } from "./statistics/load-statistics-rows.ts"

const itemCount = 100_000
const eventCount = 100_000
const workspaceId = "half"

const database = await openBenchmarkDatabase()
try {
  const { sql } = database
  await sql`insert into public.workspaces (id, name) values (${workspaceId}, ${workspaceId})`
  await sql.unsafe(insertItems({ from: 0, to: itemCount - 1, workspaceId }))
  await loadEvents({ sql, workspaceId, eventCount, itemCount })
  await sql`vacuum analyze`
  const session = await signUp({ database, name: "reader", workspaceIds: [workspaceId] })

  const page = ({ after, where = "" }: { after: postgres.Row | undefined; where?: string }) =>
    session.unsafe(
      `select * from public.list_memories(
        after_created_at => $1, after_workspace_id => $2, after_id => $3 ${where})`,
      [after?.created_at ?? null, after?.workspace_id ?? null, after?.id ?? null],
      { prepare: true },
    )
  const [deep] = await sql`
    select created_at, workspace_id, id from public.memory_items
    order by created_at desc, id offset ${Math.floor(itemCount / 2)} limit 1`
  const call = (statement: string) => () => session.unsafe(statement, [], { prepare: true })
  const offset = call(`
    select m.* from public.memory_items as m
    order by m.created_at desc nulls last, m.workspace_id, m.id limit 50 offset ${itemCount / 2}`)
  const cases = [
    { name: "list_memories, first page", run: () => page({ after: undefined }) },
    { name: "list_memories, after 50,000", run: () => page({ after: deep }) },
    { name: "  the same by offset (peer)", run: offset },
    {
      name: "list_memories, after 50,000, one tag",
      run: () => page({ after: deep, where: ", tag_filter => array['tag 7']" }),
    },
    { name: "list_traces, first page", run: call("select * from public.list_traces()") },
    {
      name: "get_retrieval_latency by hour",
      run: call("select * from public.get_retrieval_latency()"),
    },
    {
      name: "get_retrieval_latency by hour, one day",
      run: call(
        `select * from public.get_retrieval_latency(from_time => now() - interval '1 day')`,
      ),
    },
    {
      name: "get_retrieval_statistics",
      run: call("select * from public.get_retrieval_statistics()"),
    },
    { name: "list_recalled_memories", run: call("select * from public.list_recalled_memories()") },
    {
      name: "list_never_recalled_memories",
      run: call("select * from public.list_never_recalled_memories()"),
    },
  ]
  const rows: string[][] = []
  for (const { name, run } of cases) {
    const { p50, p95 } = await measure({ runs: 20, warmUps: 3, call: run })
    rows.push([name, ms(p50), ms(p95)])
  }
  printTable({
    title: `As a member of one workspace: ${itemCount} memory items, ${eventCount} events with five results each (ms)`,
    columns: ["call", "p50", "p95"],
    rows,
  })
  printLoad("at the end")
} finally {
  await database.stop()
}
