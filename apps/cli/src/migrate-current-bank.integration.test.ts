import { chmod, cp, mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query, readTargetRows, sorted } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { makeTemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "Europe/Berlin"
const workspaceIds = ["575e6c19532fdf9a", "f53b52ad6d21cceb", "9d1e07e165e69c23"] as const
const bank = makeBank({
  seed: 1,
  memories: 500,
  workspaceIds,
  timezone,
  updated: 0.1,
  deleted: 0.05,
})
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone }))
const counts = { traces: expected.traces.length, memoryItems: expected.memoryItems.length }
const zero = { written: 0, unchanged: 0, conflicts: 0, rejected: 0 }

let home: EmbeddedHome
let source: string
let before: string[]

beforeAll(async () => {
  home = await openEmbeddedHome()
  source = join(home.path, "chroma_data")
  await writeChromaBank({
    directory: source,
    collections: [
      { ...bank, syncThreshold: 200 },
      { name: "notes", records: notes() },
    ],
  })
  before = await fingerprintDirectory(source)
})

afterAll(async () => {
  await home.close()
})

function notes() {
  const random = createSeededRandom(2)
  return Array.from({ length: 7 }, (_, page) => ({
    id: `note-${page}`,
    document: "Buy milk.",
    metadata: { source: "wiki", page },
    vector: random.unitVector(5),
  }))
}

async function rowVersions() {
  return query(
    home.local.sql,
    `select id, xmin::text as version from public.memory_items
     union all select id, xmin::text from public.reasoning_traces
     union all select target_id, xmin::text from public.lineage_links order by 1, 2`,
  )
}

test("the store is part flushed and part in the log", async () => {
  const names = await readdir(source, { recursive: true })
  expect(names.some((name) => name.endsWith("index_metadata.pickle"))).toBe(true)
  expect(bank.updates.length).toBeGreaterThan(20)
  expect(bank.deletions.length).toBeGreaterThan(10)
})

test("a dry run says what would be done and writes nothing", async () => {
  const run = await runMigrate({
    arguments: ["--dry-run", "--source-timezone", timezone],
    directory: home.path,
  })
  expect(run).toMatchObject({ exitCode: 0, stderr: "" })
  expect(run.report).toMatchObject({
    status: "dry_run",
    counts: {
      records_read: counts.memoryItems,
      traces: { ...zero, read: counts.traces, written: counts.traces },
      memory_items: { ...zero, read: counts.memoryItems, written: counts.memoryItems },
    },
    verification: null,
  })
  expect(run.stdout).toContain("reasoning_memories")
  expect(run.stdout).toMatch(/notes +7 +0 +0 +7 +left alone/)
  expect(run.stdout).toContain("never kept trajectories")
  expect(run.stdout).toMatch(/Dry run: nothing was written\. \d+ rows would be\./)
  expect(run.stdout).toMatch(/add about [\d.]+ [kM]B .* take about .* Both are estimates/)
  expect(await readTargetRows(home.local.sql)).toEqual({ traces: [], memoryItems: [] })
  expect(await query(home.local.sql, "select id from public.migration_runs")).toEqual([])
  expect(await query(home.local.sql, "select id from public.workspaces")).toEqual([])
  expect((await readdir(home.path)).filter((name) => name.includes("rejects"))).toEqual([])
})

test("every row, vector, time and link arrives as it was, in its workspace", async () => {
  const run = await runMigrate({
    arguments: ["--source-timezone", timezone, "--batch-size", "150"],
    directory: home.path,
  })
  expect(run).toMatchObject({ exitCode: 0, stderr: "" })
  expect(run.report).toMatchObject({
    status: "verified",
    source: {
      kind: "chroma-directory",
      location: source,
      collections: [{ name: "reasoning_memories", records: counts.memoryItems, dimension: 384 }],
      collections_left: [{ name: "notes", records: 7, dimension: 5 }],
      dialects: { current: counts.memoryItems, legacy: 0, trace: 0, unknown: 0 },
      traces_file: null,
      timezone,
    },
    target: { kind: "embedded" },
    counts: {
      records_read: counts.memoryItems,
      records_rejected: 0,
      traces: { ...zero, read: counts.traces, written: counts.traces },
      memory_items: { ...zero, read: counts.memoryItems, written: counts.memoryItems },
      workspaces: 3,
    },
    rejects: [],
    conflicts: [],
    error: null,
    verification: {
      traces_compared: counts.traces,
      memory_items_compared: counts.memoryItems,
      vectors_compared: counts.memoryItems,
      differences: [],
    },
  })
  expect(run.report?.verification?.source_digest).toBe(run.report?.verification?.target_digest)
  const perWorkspace = run.report?.workspaces.toSorted((a, b) =>
    a.workspace_id < b.workspace_id ? -1 : 1,
  )
  expect(perWorkspace).toEqual(
    workspaceIds.toSorted().map((workspaceId) => ({
      workspace_id: workspaceId,
      traces: expected.traces.filter((row) => row.workspace_id === workspaceId).length,
      memory_items: expected.memoryItems.filter((row) => row.workspace_id === workspaceId).length,
    })),
  )

  expect(await readTargetRows(home.local.sql)).toEqual(expected)
  const runs = await query(
    home.local.sql,
    "select id, status, source_timezone, source_location from public.migration_runs",
  )
  expect(runs).toEqual([
    {
      id: run.report?.run_id,
      status: "verified",
      source_timezone: timezone,
      source_location: source,
    },
  ])
  expect(await fingerprintDirectory(source)).toEqual(before)
})

test("with --json each line of standard output is an object, and a second run writes no row", async () => {
  const versions = await rowVersions()
  const run = await runMigrate({
    arguments: ["--source-timezone", timezone, "--json"],
    directory: home.path,
  })
  expect(run).toMatchObject({ exitCode: 0, stderr: "" })
  const events = run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
  expect(new Set(events.map(({ event }) => event))).toEqual(
    new Set(["start", "backup", "run", "progress", "report"]),
  )
  const phases = events.flatMap(({ event, phase }) => (event === "progress" ? [phase] : []))
  expect(new Set(phases)).toEqual(new Set(["census", "copy", "verify"]))
  expect(events.at(-1)).toEqual({ event: "report", report: run.report })
  expect(run.report).toMatchObject({
    status: "verified",
    counts: {
      traces: { ...zero, read: counts.traces, unchanged: counts.traces },
      memory_items: { ...zero, read: counts.memoryItems, unchanged: counts.memoryItems },
    },
  })
  expect(await rowVersions()).toEqual(versions)
})

test("a store that may only be read is enough, for a user who may write nowhere near it", async () => {
  await using elsewhere = await makeTemporaryDirectory()
  await chmod(elsewhere.path, 0o755)
  const readOnly = join(elsewhere.path, "chroma_data")
  const userHome = join(elsewhere.path, "home")
  await cp(source, readOnly, { recursive: true, preserveTimestamps: true })
  await mkdir(userHome)
  for (const name of await readdir(readOnly, { recursive: true })) {
    await chmod(join(readOnly, name), name.includes(".") ? 0o444 : 0o555)
  }
  await chmod(readOnly, 0o555)
  const untouched = await fingerprintDirectory(readOnly)

  const run = await runMigrate({
    arguments: ["--chromadb-dir", "../chroma_data", "--source-timezone", timezone],
    directory: userHome,
    environment: { SUPABASE_URL: home.local.url, SUPABASE_KEY: home.local.secretKey },
    withoutPrivileges: true,
  })
  expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
  expect(run.report?.counts.memory_items.unchanged).toBe(counts.memoryItems)
  expect(await fingerprintDirectory(readOnly)).toEqual(untouched)
})
