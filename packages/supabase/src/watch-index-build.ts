import { setTimeout as sleep } from "node:timers/promises"
import type { IndexBuildProgress } from "@reasoningbank/core"
import type { SqlClient } from "./sql-client.ts"

const pollIntervalInMs = 1_000
const ofThisDatabase = `
  from pg_catalog.pg_stat_progress_create_index as p
  where p.datname = pg_catalog.current_database()
    and p.relid in ('public.reasoning_traces'::pg_catalog.regclass, 'public.memory_items'::pg_catalog.regclass)`

/**
 * Tells how far the build of an index is, over a connection of its own, until `work` is done; ends the build when
 * `signal` is aborted. A failure to look is no failure of the build.
 */
export async function watchIndexBuild<Result>({
  sql,
  name,
  vectors,
  work,
  onProgress,
  signal,
}: {
  sql: SqlClient
  name: string
  vectors: number
  work: Promise<Result>
  onProgress: (progress: IndexBuildProgress) => void
  signal?: AbortSignal | undefined
}): Promise<Result> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  done.catch(() => {})
  while (!isDone) {
    await Promise.race([done.catch(() => {}), sleep(pollIntervalInMs)])
    if (isDone) break
    try {
      if (signal?.aborted) {
        await sql.transaction([
          { sql: `select pg_catalog.pg_cancel_backend(p.pid) ${ofThisDatabase}` },
        ])
        break
      }
      const [[row] = []] = await sql.transaction([
        { sql: `select p.blocks_done, p.blocks_total ${ofThisDatabase} limit 1` },
      ])
      const share = Number(row?.blocks_done ?? 0) / Math.max(Number(row?.blocks_total ?? 0), 1)
      onProgress({ name, done: Math.floor(vectors * Math.min(share, 1)), total: vectors })
    } catch {
      // The next look may succeed.
    }
  }
  return done
}
