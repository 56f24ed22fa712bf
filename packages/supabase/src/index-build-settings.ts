import { isOlderPgvector } from "./pgvector-warnings.ts"
import type { SqlClient, SqlRow } from "./sql-client.ts"

/** What a server says of itself; sizes in bytes. */
export type IndexBuildFacts = {
  pgvectorVersion: string
  maintenanceWorkMemory: number
  sharedBuffers: number
  /** Null while it is PostgreSQL's default, which says nothing about the machine. */
  effectiveCacheSize: number | null
  /** Memory free on the machine and within its container's limit; null where the user may not read it. */
  availableMemory: number | null
  maintenanceWorkers: number
  /** Null while it is PostgreSQL's default. */
  parallelWorkers: number | null
}

export type IndexBuildSettings = { memoryInKilobytes: number; workers: number }

/** An element of pgvector's graph of 384 dimensions and m = 16 while it is built, with its share of the upper layers. */
const bytesPerVector = 2_600
/** Parallel builds of older ones can overflow a buffer (https://github.com/pgvector/pgvector/issues/959). */
const firstWithSafeParallelBuilds = "0.8.2"

/**
 * Memory for the whole graph where the machine can spare it: half of what is free, else a quarter of the cache the server
 * is told to count on, else the size of its buffers; never less than its own setting.
 */
export function indexBuildSettings({
  facts,
  vectors,
}: {
  facts: IndexBuildFacts
  vectors: number
}): IndexBuildSettings {
  const { availableMemory, effectiveCacheSize, sharedBuffers, maintenanceWorkMemory } = facts
  const spare =
    availableMemory !== null
      ? availableMemory / 2
      : Math.max(sharedBuffers, effectiveCacheSize === null ? 0 : effectiveCacheSize / 4)
  const bytes = Math.max(maintenanceWorkMemory, Math.min(vectors * bytesPerVector, spare))
  const isSafe = !isOlderPgvector({
    version: facts.pgvectorVersion,
    than: firstWithSafeParallelBuilds,
  })
  const workers = Math.max(facts.maintenanceWorkers, Math.floor((facts.parallelWorkers ?? 0) / 2))
  return { memoryInKilobytes: Math.ceil(bytes / 1024), workers: isSafe ? workers : 0 }
}

const factsSql = `
  select
    (select e.extversion from pg_catalog.pg_extension as e where e.extname = 'vector') as pgvector,
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) as maintenance_work_mem,
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers')) as shared_buffers,
    pg_catalog.current_setting('max_parallel_maintenance_workers') as maintenance_workers,
    (
      select pg_catalog.pg_size_bytes(pg_catalog.current_setting(s.name))
      from pg_catalog.pg_settings as s where s.name = 'effective_cache_size' and s.source <> 'default'
    ) as effective_cache_size,
    (
      select s.setting from pg_catalog.pg_settings as s
      where s.name = 'max_parallel_workers' and s.source <> 'default'
    ) as parallel_workers
`
/** Allowed to superusers and pg_read_server_files, on Linux. */
const memorySql = `
  select
    pg_catalog.pg_read_file('/proc/meminfo', 0, 8192, true) as machine,
    pg_catalog.pg_read_file('/sys/fs/cgroup/memory.max', 0, 64, true) as most,
    pg_catalog.pg_read_file('/sys/fs/cgroup/memory.current', 0, 64, true) as used
`

export async function readIndexBuildFacts(sql: SqlClient): Promise<IndexBuildFacts> {
  const [[row] = []] = await sql.transaction([{ sql: factsSql }])
  const numberOrNull = (name: string) => (row?.[name] == null ? null : Number(row[name]))
  return {
    pgvectorVersion: row?.pgvector ?? "0",
    maintenanceWorkMemory: numberOrNull("maintenance_work_mem") ?? 0,
    sharedBuffers: numberOrNull("shared_buffers") ?? 0,
    effectiveCacheSize: numberOrNull("effective_cache_size"),
    availableMemory: await readAvailableMemory(sql),
    maintenanceWorkers: numberOrNull("maintenance_workers") ?? 0,
    parallelWorkers: numberOrNull("parallel_workers"),
  }
}

async function readAvailableMemory(sql: SqlClient): Promise<number | null> {
  let row: SqlRow | undefined
  try {
    row = (await sql.transaction([{ sql: memorySql }]))[0]?.[0]
  } catch {
    return null
  }
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(row?.machine ?? "")?.[1]
  if (kilobytes === undefined) return null
  const ofContainer = Number(row?.most ?? "max") - Number(row?.used ?? 0)
  return Math.min(
    Number(kilobytes) * 1024,
    Number.isNaN(ofContainer) ? Number.POSITIVE_INFINITY : Math.max(ofContainer, 0),
  )
}
