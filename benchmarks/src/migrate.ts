import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import {
  connectLocalSupabase,
  prepareNativeDatabase,
  startLocalSupabase,
} from "@reasoningbank/local-supabase"
import { startNativePostgres } from "@reasoningbank/native-postgres"
import { type MeasuredRun, runMigrate } from "./run-migrate.ts"
import { upsertRows } from "./upsert-rows.ts"
import { writeBank } from "./write-bank.ts"

const migrationsDirectory = fileURLToPath(new URL("../../supabase/migrations", import.meta.url))

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "10000" },
    targets: { type: "string", default: "postgres,embedded" },
    "peer-rows": { type: "string", default: "5000" },
  },
})
const records = Number(values.records)
const peerRows = Number(values["peer-rows"])

console.log(
  `Whole migration (read, write, read back, compare) of ${records} memory items, against row-by-row API upserts of ${peerRows} rows.`,
)
const source = await writeBank({ records })
for (const target of values.targets.split(",")) {
  const directory = await mkdtemp(join(tmpdir(), "migrate-benchmark-"))
  try {
    await (target === "postgres" ? measureNative(directory) : measureEmbedded(directory))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function measureNative(directory: string) {
  const server = await startNativePostgres({ settings: { max_wal_size: "2GB" } })
  try {
    const databaseUrl = await server.createDatabase()
    await prepareNativeDatabase({ postgresUrl: databaseUrl, migrationsDirectory })
    const run = await runMigrate({ source, directory, environment: { DATABASE_URL: databaseUrl } })
    const served = await startLocalSupabase({
      directory: join(directory, "served"),
      migrationsDirectory,
      postgresUrl: databaseUrl,
    })
    const peer = await upsertRows({ ...served, rows: peerRows, rowsPerRequest: 1 })
    await served.close()
    print({ target: `native Postgres ${server.version}`, run, peer })
  } finally {
    await server.stop()
  }
}

async function measureEmbedded(directory: string) {
  const local = await connectLocalSupabase({
    directory: join(directory, ".reasoningbank"),
    migrationsDirectory,
  })
  try {
    const run = await runMigrate({ source, directory, environment: {} })
    const peer = await upsertRows({ ...local, rows: peerRows, rowsPerRequest: 1 })
    print({ target: "embedded (PGlite)", run, peer })
  } finally {
    await local.close()
  }
}

function print({ target, run, peer }: { target: string; run: MeasuredRun; peer: number }) {
  const { timings, counts } = run.report
  const rows = counts.traces.written + counts.memory_items.written
  const whole = (rows / timings.total_ms) * 1_000
  const memory = run.peakBytes === null ? "unknown" : `${Math.round(run.peakBytes / 1e6)} MB`
  console.log(`
${target}
  rows written                     ${rows}
  copy                             ${timings.rows_per_second} rows/s (read ${timings.read_ms} ms, write ${timings.write_ms} ms, overlapping)
  verification                     ${Math.round((rows / timings.verify_ms) * 1_000)} rows/s (${timings.verify_ms} ms)
  whole migration                  ${Math.round(whole)} rows/s (${timings.total_ms} ms; ${Math.round(run.milliseconds)} ms with start and end)
  peak memory of the command       ${memory}
  row-by-row API upserts           ${Math.round(peer)} rows/s
  ratio, whole migration to those  ${(whole / peer).toFixed(1)}x`)
}
