import type postgres from "postgres"
import { latencyOf, type Measured } from "./measured.ts"

export type ServerTimes = { name: string; times: Measured }

const warmUps = 4
const pageLimitInMs = 150
const searchLimitInMs = 200

const searches = [
  "why does checkout charge a customer twice when the network is slow",
  "tests that pass alone and fail together",
  "database migration locks a large table",
  "retry with backoff after a rate limit",
  "memory grows until the process is killed",
  "flaky integration test waits for a port",
  "time zones shift dates by one day",
  "cache returns stale prices after an update",
  "physics jitter at high frame rates",
  "idempotency of payment webhooks",
]

/**
 * Milliseconds from a request to the last byte of the page, one request after the other, each of another workspace.
 * Returns whether every page kept its bound at p95.
 */
export async function measurePages({
  url,
  cookie,
  sql,
  workspaces,
  runs,
  print,
}: {
  url: string
  cookie: string
  sql: postgres.Sql
  workspaces: number
  runs: number
  print: (line: string) => void
}): Promise<boolean> {
  const samples = await sql<{ workspace: string; memory: string; trace: string }[]>`
    select distinct on (workspace_id) workspace_id as workspace, id as memory, trace_id as trace
    from public.memory_items where workspace_id like 'large-%' order by workspace_id, id`
  const rest = (page: string) => () => page
  const pages: { name: string; limit: number; pathOf: (run: number) => string }[] = [
    ...["overview", "overview?period=all", "memories", "memories?tag=testing&stage=2%2B"],
    ...["memories?outcome=failure&errors=only", "traces", "traces?outcome=failure", "latency"],
    ...["playground", "map", "migrations", "members", "settings"],
  ].map((page) => ({ name: page, limit: pageLimitInMs, pathOf: rest(page) }))
  const sampleOf = (run: number) => samples[run % samples.length]
  pages.push(
    {
      name: "memories/[id]",
      limit: pageLimitInMs,
      pathOf: (run) => `memories/${sampleOf(run)?.memory}`,
    },
    {
      name: "traces/[id]",
      limit: pageLimitInMs,
      pathOf: (run) => `traces/${sampleOf(run)?.trace}`,
    },
    ...(["keyword", "semantic", "hybrid"] as const).map((mode) => ({
      name: `search, ${mode}`,
      limit: searchLimitInMs,
      // Never the same text twice: the embedder would remember it.
      pathOf: (run: number) =>
        `memories?mode=${mode}&q=${encodeURIComponent(`${searches[run % searches.length]}${mode === "keyword" ? "" : ` (${run})`}`)}`,
    })),
  )
  const rows: [string, number, Measured][] = []
  const workspacesPage = () => "/workspaces"
  for (const { name, limit, pathOf } of pages) {
    const times = await measure({
      runs,
      url,
      cookie,
      pathOf: (run) => {
        const workspace = sampleOf(run)?.workspace ?? `large-${run % workspaces}`
        return `/w/${workspace}/${pathOf(run)}`
      },
    })
    rows.push([name, limit, times])
  }
  rows.push([
    "all workspaces",
    pageLimitInMs,
    await measure({ runs, url, cookie, pathOf: workspacesPage }),
  ])
  print(`\nServer time, first to last byte of a page, ${runs} requests each (ms)`)
  print(`${"".padEnd(38)} ${"p50".padStart(6)} ${"p95".padStart(6)}  bound`)
  for (const [name, limit, { p50, p95 }] of rows) {
    const line = `${name.padEnd(38)} ${p50.toFixed(0).padStart(6)} ${p95.toFixed(0).padStart(6)}`
    print(`${line}  ${p95 <= limit ? `<= ${limit}` : `MISSES ${limit}`}`)
  }
  return rows.every(([, limit, { p95 }]) => p95 <= limit)
}

async function measure({
  runs,
  url,
  cookie,
  pathOf,
}: {
  runs: number
  url: string
  cookie: string
  pathOf: (run: number) => string
}): Promise<Measured> {
  const times: number[] = []
  for (let run = -warmUps; run < runs; run++) {
    const path = pathOf(run + warmUps)
    const start = performance.now()
    const answer = await fetch(`${url}${path}`, { headers: { cookie }, redirect: "manual" })
    const html = await answer.text()
    const tookInMs = performance.now() - start
    if (answer.status !== 200 || !html.includes("<h1")) {
      throw new Error(`${path} answered with HTTP ${answer.status}, not its page.`)
    }
    if (run >= 0) times.push(tookInMs)
  }
  return latencyOf(times)
}
