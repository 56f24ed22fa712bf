import { mkdtemp, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { migrationsDirectory } from "./migrations-directory.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query, readTargetRows, type Sql, sorted } from "./testing/read-target-rows.ts"
import { type CliSettings, runMigrate, startCli } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const bank = makeBank({
  seed: 14,
  memories: 200,
  workspaceIds: ["one", "two"],
  timezone,
  updated: 0.05,
  deleted: 0.05,
})
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone }))
const rowCount = expected.traces.length + expected.memoryItems.length
/** How often runs are killed on each target: 1,000 and more for a thorough trial. */
const kills = Number(process.env.KILL_ROUNDS ?? 6)
const seed = Number(process.env.KILL_SEED ?? 15)
const random = createSeededRandom(seed)

let sources: TemporaryDirectory
let source: string
let before: string[]

beforeAll(async () => {
  sources = await makeTemporaryDirectory()
  source = join(sources.path, "chroma_data")
  await writeChromaBank({ directory: source, collections: [{ ...bank, syncThreshold: 80 }] })
  before = await fingerprintDirectory(source)
})

afterAll(async () => {
  expect(await fingerprintDirectory(source)).toEqual(before)
  await sources.remove()
})

const countSql = `select (select count(*) from public.reasoning_traces)
  + (select count(*) from public.memory_items) as rows`

type Target = Omit<CliSettings, "arguments"> & {
  withSql<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  reset(): Promise<void>
}

const own = ["--source-timezone", timezone, "--batch-size", "20"]

/**
 * What an undisturbed run ends with, and how long its copy and its verification took: the time in
 * which later runs are killed.
 */
async function runUndisturbed({ withSql, reset, ...place }: Target) {
  const run = await runMigrate({ ...place, arguments: ["--chromadb-dir", source, ...own] })
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(await withSql(readTargetRows)).toEqual(expected)
  await reset()
  const { write_ms = 0, verify_ms = 0 } = run.report?.timings ?? {}
  return { digest: run.report?.verification?.target_digest, busyInMs: write_ms + verify_ms }
}

/** Kills a run at a random moment, also while it starts; returns what it was doing and how many rows were there. */
async function killRun({
  target: { withSql, reset: _, ...place },
  withinMs,
}: {
  target: Target
  withinMs: number
}): Promise<{ phase: string; rows: number }> {
  const running = startCli({
    ...place,
    arguments: ["migrate", "--chromadb-dir", source, "--json", ...own],
  })
  if (random.next() < 0.9) await running.printed(/"event":"start"/)
  await sleep(random.next() * withinMs)
  running.process.kill("SIGKILL")
  const { signal, exitCode, stdout } = await running.finished
  expect(signal === "SIGKILL" || exitCode === 0).toBe(true)
  const [row] = await withSql((sql) => query(sql, countSql))
  const last = stdout.match(/"phase":"(\w+)"/g)?.at(-1)
  const phase = signal === null ? "ended" : (last?.slice(9, -1) ?? "start")
  return { phase, rows: Number(row?.rows) }
}

const stateSql = `select
  (select count(*) from pg_catalog.pg_index where not indisvalid) as invalid_indexes,
  (select count(*) from public.migration_owed_indexes) as owed_indexes,
  (select count(*) from public.migration_runs where status <> 'verified') as unfinished_runs`

async function expectSameEnd({ target, digest }: { target: Target; digest?: string | undefined }) {
  const { withSql, reset, ...place } = target
  const run = await runMigrate({ ...place, arguments: ["--chromadb-dir", source, ...own] })
  expect(run).toMatchObject({
    exitCode: 0,
    report: { status: "verified", conflicts: [], rejects: [] },
  })
  const { source_digest, target_digest } = run.report?.verification ?? {}
  expect(target_digest).toBe(digest ?? source_digest)
  expect(run.report?.verification).toMatchObject({
    source_digest: target_digest,
    memory_items_compared: expected.memoryItems.length,
  })
  expect(await withSql(readTargetRows)).toEqual(expected)
  // What was cut short was gone on with, not left behind.
  expect(await withSql((sql) => query(sql, stateSql))).toEqual([
    { invalid_indexes: "0", owed_indexes: "0", unfinished_runs: "0" },
  ])
  await reset()
}

/** One to four kills before each completed run, so that what one left is also met by one that is killed itself. */
async function killAndRunAgain(target: Target) {
  const { digest, busyInMs } = await runUndisturbed(target)
  const killed: { phase: string; rows: number }[] = []
  while (killed.length < kills) {
    const inARow = Math.min(1 + Math.floor(random.next() * 4), kills - killed.length)
    for (let kill = 0; kill < inARow; kill++) {
      killed.push(await killRun({ target, withinMs: busyInMs }))
    }
    await expectSameEnd({ target, digest })
  }
  const phases = Object.groupBy(killed, ({ phase }) => phase)
  const told = Object.entries(phases).map(([phase, runs = []]) => `${phase} ${runs.length}`)
  console.info(
    `${killed.length} kills with seed ${seed}: ${told.join(", ")}; 0 rows lost or doubled`,
  )
  expect(killed.some(({ rows }) => rows < rowCount)).toBe(true)
}

/** Ctrl-C as soon as something is written: the batch is finished, the rest left for the next run. */
async function interruptAndRunAgain(target: Target) {
  const { withSql, reset: _, ...place } = target
  const running = startCli({
    ...place,
    arguments: ["migrate", "--chromadb-dir", source, "--json", ...own],
  })
  await running.printed(/"phase":"copy"/)
  running.process.kill("SIGINT")
  const { exitCode, stderr } = await running.finished
  expect(exitCode).toBe(130)
  expect(stderr).toContain("Stopping after this batch")
  expect(stderr).toContain("Run the same command again")
  const [row] = await withSql((sql) => query(sql, countSql))
  expect(Number(row?.rows)).toBeGreaterThan(0)
  expect(Number(row?.rows)).toBeLessThan(rowCount)
  const runs = await withSql((sql) => query(sql, "select status from public.migration_runs"))
  expect(runs).toEqual([{ status: "interrupted" }])
  await expectSameEnd({ target })
}

describe("the embedded Supabase", () => {
  let home: EmbeddedHome
  let target: Target

  beforeAll(async () => {
    home = await openEmbeddedHome()
    target = {
      directory: home.path,
      withSql: (work) => work(home.local.sql),
      reset: () => home.reset(),
    }
    return () => home.close()
  })

  test("kill -9 at any moment, then the same end", async () => {
    await killAndRunAgain(target)
  })

  test("Ctrl-C ends with 130 after whole batches, then the same end", async () => {
    await interruptAndRunAgain(target)
  })
})

test("the command and its embedded server die at once, as by a power cut; the next run completes", async () => {
  await using home = await makeTemporaryDirectory()
  const running = startCli({
    directory: home.path,
    arguments: ["migrate", "--chromadb-dir", source, "--json", ...own],
  })
  await running.printed(/"phase":"copy"/)
  const state = await readFile(join(home.path, ".reasoningbank/server.json"), "utf8")
  process.kill(JSON.parse(state).pid, "SIGKILL")
  running.process.kill("SIGKILL")
  await running.finished

  const run = await runMigrate({
    directory: home.path,
    arguments: ["--chromadb-dir", source, ...own],
  })
  expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
  expect(run.report?.counts.memory_items.read).toBe(expected.memoryItems.length)
  const local = await connectLocalSupabase({
    directory: join(home.path, ".reasoningbank"),
    migrationsDirectory,
  })
  const rows = await readTargetRows(local.sql)
  await local.close()
  expect(rows).toEqual(expected)
})

describeWithNativePostgres("a native Postgres", {}, ({ createDatabase }) => {
  let target: Target

  beforeAll(async () => {
    const databaseUrl = await createDatabase()
    const directory = await mkdtemp(join(sources.path, "home-"))
    const environment = { DATABASE_URL: databaseUrl }
    const withSql: Target["withSql"] = (work) => withPostgres(databaseUrl, work)
    target = {
      directory,
      environment,
      withSql,
      reset: () =>
        withSql(async (sql) => {
          await query(sql, "truncate public.workspaces, public.migration_runs cascade")
          await query(sql, "truncate public.lineage_links")
        }),
    }
    const run = await runMigrate({
      directory,
      environment,
      arguments: ["--chromadb-dir", source, ...own, "--yes"],
    })
    expect(run.exitCode).toBe(0)
    await target.reset()
  })

  test("kill -9 at any moment, then the same end", async () => {
    await killAndRunAgain(target)
  })

  test("Ctrl-C ends with 130 after whole batches, then the same end", async () => {
    await interruptAndRunAgain(target)
  })
})
