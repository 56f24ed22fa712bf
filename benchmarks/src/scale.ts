import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { prepareNativeDatabase, startLocalSupabase } from "@reasoningbank/local-supabase"
import { startNativePostgres } from "@reasoningbank/native-postgres"
import { printLoad } from "./measuring/open-benchmark-database.ts"
import { type MeasuredRun, runMigrate } from "./run-migrate.ts"
import { measureFloor } from "./scale/measure-floor.ts"
import { upsertRows } from "./upsert-rows.ts"
import { writeBankFiles } from "./write-bank-files.ts"

const migrationsDirectory = fileURLToPath(new URL("../../supabase/migrations", import.meta.url))
const buildSettings = { maintenance_work_mem: "1GB", max_parallel_maintenance_workers: "2" }
const mostPeakMegabytes = 500

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "10000" },
    /** A second size, to hold the first against; 0 for none. */
    "linear-to": { type: "string", default: "0" },
    /** Rows of the batched peer; by default as many as there are records. */
    "batch-rows": { type: "string" },
    "peer-rows": { type: "string", default: "500" },
  },
})
const records = Number(values.records)
const linearTo = Number(values["linear-to"])
const batchRows = Number(values["batch-rows"] ?? records)
const peerRows = Number(values["peer-rows"])

const directory = await mkdtemp(join(tmpdir(), "scale-benchmark-"))
const server = await startNativePostgres({
  version: 16,
  settings: { shared_buffers: "1GB", max_wal_size: "4GB", ...buildSettings },
})
try {
  await measure()
} finally {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measure() {
  printLoad("at the start")
  const { run, databaseUrl } = await migrateInto({ size: records })
  printRun({ size: records, run })
  const floor = await measureFloor({ databaseUrl, settings: buildSettings })
  const floorInMs = floor.copyInMs + floor.indexInMs
  const { total_ms, verify_ms } = run.report.timings
  const moveInMs = total_ms - verify_ms
  console.log(`
Plain COPY and create index of the same rows, same settings
  copy                             ${seconds(floor.copyInMs)}
  indexes                          ${seconds(floor.indexInMs)} (those of vectors ${seconds(floor.searchIndexInMs)})`)
  printLoad("after it")
  bound({
    what: "migration without verification to plain COPY and create index",
    ratio: moveInMs / floorInMs,
    most: 1.3,
  })

  const itemRate = (records / moveInMs) * 1_000
  const { batchRate, rowRate } = await measurePeers()
  console.log(`
Memory items a second: migration ${itemRate.toFixed(0)}, API upserts of 500 ${batchRate.toFixed(0)}, row by row ${rowRate.toFixed(0)}`)
  printLoad("after the peers")
  bound({
    what: "to API upserts of 500 with the index in place",
    ratio: itemRate / batchRate,
    least: 3,
  })
  bound({
    what: `to row-by-row API upserts of ${peerRows} into ${batchRows}`,
    ratio: itemRate / rowRate,
    least: 10,
  })
  if (linearTo > 0) await measureLinearity(run)
}

async function measurePeers() {
  const served = await startLocalSupabase({
    directory: join(directory, "served"),
    migrationsDirectory,
    postgresUrl: await databaseWithSchema(),
  })
  try {
    const batchRate = await upsertRows({ ...served, rows: batchRows, rowsPerRequest: 500 })
    return {
      batchRate,
      rowRate: await upsertRows({ ...served, rows: peerRows, rowsPerRequest: 1 }),
    }
  } finally {
    await served.close()
  }
}

async function measureLinearity(first: MeasuredRun) {
  const { run } = await migrateInto({ size: linearTo })
  printRun({ size: linearTo, run })
  printLoad("after it")
  const perRecord = ({ report: { timings } }: MeasuredRun, size: number) =>
    (timings.total_ms - timings.index_ms) / size
  const ratio = perRecord(run, linearTo) / perRecord(first, records)
  bound({ what: `read, write and verify a record at ${linearTo} to ${records}`, ratio, most: 1.15 })
}

async function migrateInto({ size }: { size: number }) {
  const source = await writeBankFiles({ records: size })
  const databaseUrl = await databaseWithSchema()
  const run = await runMigrate({ source, directory, environment: { DATABASE_URL: databaseUrl } })
  return { run, databaseUrl }
}

async function databaseWithSchema(): Promise<string> {
  const databaseUrl = await server.createDatabase()
  await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
  return databaseUrl
}

function printRun({ size, run }: { size: number; run: MeasuredRun }) {
  const { timings, counts } = run.report
  const { total_ms, index_ms, verify_ms, read_ms, write_ms } = timings
  console.log(`
Migration of ${size} memory items (${counts.traces.written} traces) into PostgreSQL ${server.version}, 384 dimensions
  without verification             ${seconds(total_ms - verify_ms)} (read ${seconds(read_ms)} and write ${seconds(write_ms)} overlapping, indexes ${seconds(index_ms)})
  verification                     ${seconds(verify_ms)}`)
  if (run.peakBytes === null) return
  const megabytes = run.peakBytes / 1e6
  bound({ what: "peak memory of the command in MB", ratio: megabytes, most: mostPeakMegabytes })
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`
}

function bound({
  what,
  ratio,
  most,
  least,
}: {
  what: string
  ratio: number
  most?: number
  least?: number
}) {
  const isKept = ratio <= (most ?? ratio) && ratio >= (least ?? ratio)
  const wanted = most === undefined ? `at least ${least}` : `at most ${most}`
  console.log(`  ${isKept ? "kept    " : "NOT KEPT"} ${what}: ${ratio.toFixed(2)} (${wanted})`)
  if (!isKept) process.exitCode = 1
}
