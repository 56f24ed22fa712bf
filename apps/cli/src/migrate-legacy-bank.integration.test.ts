import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { type CurrentMemory, currentRecord } from "./testing/current-bank.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows, expectedLegacyRows } from "./testing/expected-rows.ts"
import { tracesJson } from "./testing/legacy-bank.ts"
import { makeBank } from "./testing/make-bank.ts"
import { readTargetRows, sorted, withoutDerivedIds } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "America/New_York"
const legacy = makeBank({ seed: 3, memories: 0, workspaceIds: [null], legacyTraces: 30, timezone })
const items = legacy.legacyTraces.flatMap(({ element }) => element.memory_items)
const mixed = makeBank({
  seed: 4,
  memories: 60,
  workspaceIds: ["575e6c19532fdf9a", null],
  legacyTraces: 20,
  timezone,
})
/** A memory of the current dialect whose trace the legacy program had told of before. */
const [sharedTrace] = mixed.legacyTraces
const [firstMemory] = mixed.memories
if (sharedTrace === undefined || firstMemory === undefined) throw new Error("the bank is empty")
const shared: CurrentMemory = {
  ...firstMemory,
  workspaceId: "shared-workspace",
  traceId: sharedTrace.element.id,
  task: sharedTrace.element.task,
  outcome: sharedTrace.element.outcome,
  item: { ...firstMemory.item, id: "11111111-2222-4333-8444-555555555555" },
}

let home: EmbeddedHome
let legacyDirectory: string
let mixedDirectory: string

beforeAll(async () => {
  home = await openEmbeddedHome()
  legacyDirectory = join(home.path, "legacy")
  mixedDirectory = join(home.path, "mixed")
  await writeChromaBank({ directory: legacyDirectory, collections: [legacy] })
  await writeFile(join(legacyDirectory, "traces.json"), tracesJson(legacy.legacyTraces))
  const records = [...mixed.records, currentRecord({ memory: shared, timezone })]
  await writeChromaBank({
    directory: mixedDirectory,
    collections: [{ ...mixed, records, syncThreshold: 50 }],
  })
  await writeFile(join(mixedDirectory, "traces.json"), tracesJson(mixed.legacyTraces))
})

afterEach(async () => {
  await home.reset()
})

afterAll(async () => {
  await home.close()
})

const migrate = (directory: string, ...more: string[]) =>
  runMigrate({
    arguments: ["--chromadb-dir", directory, "--source-timezone", timezone, ...more],
    directory: home.path,
  })

/** The legacy directory with another traces.json, or none for null. */
async function legacyWith(traces: string | null): Promise<string> {
  const copy = await mkdtemp(join(home.path, "legacy-"))
  await cp(legacyDirectory, copy, {
    recursive: true,
    filter: (path) => !path.endsWith("traces.json"),
  })
  if (traces !== null) await writeFile(join(copy, "traces.json"), traces)
  return copy
}

test("legacy traces arrive with their task vectors, trajectories, items and links", async () => {
  const run = await migrate(legacyDirectory)
  expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
  expect(run.report).toMatchObject({
    source: {
      dialects: { current: 0, legacy: 30, trace: 0, unknown: 0 },
      traces_file: { path: join(legacyDirectory, "traces.json"), entries: 30 },
    },
    counts: {
      records_read: 60,
      traces: { read: 30, written: 30 },
      memory_items: { read: items.length, written: items.length },
    },
    workspaces: [{ workspace_id: "unassigned", traces: 30, memory_items: items.length }],
    verification: { traces_compared: 30, vectors_compared: 30 },
  })
  const warnings = new Map(run.report?.warnings.map(({ code, count }) => [code, count]))
  expect(warnings.get("workspace_assigned")).toBe(30)
  expect(warnings.get("embedding_missing")).toBe(items.length)
  expect(warnings.has("dangling_link")).toBe(false)
  expect(run.stdout).toContain("traces.json: 30 traces")

  const rows = await readTargetRows(home.local.sql)
  const expected = sorted(expectedLegacyRows({ traces: legacy.legacyTraces }))
  expect(withoutDerivedIds(rows)).toEqual(expected)

  const again = await migrate(legacyDirectory)
  expect(again.report).toMatchObject({
    status: "verified",
    counts: { traces: { written: 0 }, memory_items: { written: 0 } },
    verification: { target_digest: run.report?.verification?.target_digest },
  })
  expect(await readTargetRows(home.local.sql)).toEqual(rows)
})

test("without traces.json the traces come alone, and that is said before and after", async () => {
  const run = await migrate(await legacyWith(null), "--workspace", "my-project")
  expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
  expect(run.report).toMatchObject({
    source: { traces_file: null },
    counts: { records_read: 30, traces: { written: 30 }, memory_items: { read: 0 } },
    workspaces: [{ workspace_id: "my-project", traces: 30, memory_items: 0 }],
  })
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "not_in_traces_file", count: 30 }),
  )
  expect(run.stdout).toContain("without traces.json")
  const { traces, memoryItems } = await readTargetRows(home.local.sql)
  const expected = sorted(
    expectedLegacyRows({ traces: legacy.legacyTraces, workspaceId: "my-project" }),
  )
  expect(memoryItems).toEqual([])
  expect(
    traces.map(({ id, task, vector, outcome, created_at, workspace_id }) => ({
      id,
      task,
      vector,
      outcome,
      created_at,
      workspace_id,
    })),
  ).toEqual(
    expected.traces.map(({ id, task, vector, outcome, created_at, workspace_id }) => ({
      id,
      task,
      vector,
      outcome,
      created_at,
      workspace_id,
    })),
  )

  const completed = await migrate(legacyDirectory, "--workspace", "my-project")
  expect(completed.report).toMatchObject({
    status: "verified",
    counts: { traces: { written: 30 }, memory_items: { written: items.length } },
  })
  expect(withoutDerivedIds(await readTargetRows(home.local.sql))).toEqual(expected)
})

test("both dialects in one collection; a trace known to both is told once, where its memory is", async () => {
  const run = await migrate(mixedDirectory, "--workspace", "my-project")
  expect(run).toMatchObject({ exitCode: 0, stderr: "", report: { status: "verified" } })
  expect(run.report?.source.dialects).toEqual({ current: 61, legacy: 20, trace: 0, unknown: 0 })

  const place = { timezone, defaultWorkspaceId: "my-project" }
  const current = expectedCurrentRows({ memories: mixed.memories, ...place })
  const [sharedRow] = expectedCurrentRows({ memories: [shared], timezone }).memoryItems
  const apart = expectedLegacyRows({
    traces: mixed.legacyTraces.slice(1),
    workspaceId: "my-project",
  })
  const together = expectedLegacyRows({ traces: [sharedTrace], workspaceId: "shared-workspace" })
  const expected = sorted({
    traces: [...current.traces, ...apart.traces, ...together.traces],
    memoryItems: [
      ...current.memoryItems,
      ...apart.memoryItems,
      ...together.memoryItems,
      ...(sharedRow === undefined ? [] : [{ ...sharedRow, ordinal: together.memoryItems.length }]),
    ],
  })
  expect(withoutDerivedIds(await readTargetRows(home.local.sql))).toEqual(expected)
  expect(run.report?.counts).toMatchObject({
    records_read: 81 + 20,
    traces: { read: expected.traces.length, written: expected.traces.length },
    memory_items: { read: expected.memoryItems.length, written: expected.memoryItems.length },
  })
})

test("traces on one side only are moved and reported", async () => {
  const [unknownToChroma] = makeBank({
    seed: 5,
    memories: 0,
    workspaceIds: [null],
    legacyTraces: 1,
    timezone,
  }).legacyTraces
  if (unknownToChroma === undefined) throw new Error("the bank is empty")
  const directory = await legacyWith(tracesJson([...legacy.legacyTraces.slice(2), unknownToChroma]))
  const run = await migrate(directory)
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report?.counts.traces).toMatchObject({ read: 31, written: 31 })
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "not_in_traces_file", count: 2 }),
  )
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({
      code: "not_in_chroma",
      count: 1,
      examples: [unknownToChroma.element.id],
    }),
  )
})

test("a cut traces.json is read up to its last whole trace, and the rest is kept as a reject", async () => {
  const whole = tracesJson(legacy.legacyTraces)
  const lastTrace = whole.lastIndexOf('"id":')
  const directory = await legacyWith(whole.slice(0, lastTrace + 400))
  const run = await migrate(directory)
  expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_rejects" } })
  expect(run.report?.rejects).toMatchObject([{ code: "truncated_tail" }])
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "traces_file_truncated", count: 1 }),
  )
  expect(run.report?.counts.traces).toEqual({
    read: 31,
    written: 30,
    unchanged: 0,
    conflicts: 0,
    rejected: 1,
  })
  const rejects = await readFile(
    join(home.path, `migration-rejects-${run.report?.run_id}.jsonl`),
    "utf8",
  )
  const { content } = JSON.parse(rejects)
  expect(whole.slice(0, lastTrace + 400)).toContain(content)
  expect(content).toContain(legacy.legacyTraces.at(-1)?.element.id)
})

test("Python's NaN and a byte order mark are read", async () => {
  const traces = tracesJson(legacy.legacyTraces).replaceAll(
    '"final_score": 0.85',
    '"final_score": NaN',
  )
  const run = await migrate(await legacyWith(`\uFEFF${traces}`))
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "non_finite_number", count: 30 }),
  )
  const { traces: rows } = await readTargetRows(home.local.sql)
  expect(rows).toHaveLength(30)
  for (const { metadata, notes } of rows) {
    expect(metadata).toMatchObject({ final_score: "NaN" })
    expect(notes).toContainEqual({
      code: "non_finite_number",
      field: "metadata.final_score",
      original: "NaN",
    })
  }
})

test("another traces.json can be named; one that is missing or no list ends the run before it begins", async () => {
  const bare = await legacyWith(null)
  await writeFile(join(home.path, "exported.json"), tracesJson(legacy.legacyTraces))
  const run = await migrate(bare, "--traces-file", "exported.json")
  expect(run.report).toMatchObject({
    status: "verified",
    source: { traces_file: { path: join(home.path, "exported.json"), entries: 30 } },
  })
  await home.reset()

  const missing = await migrate(bare, "--traces-file", "nowhere.json")
  expect(missing).toMatchObject({ exitCode: 3, stdout: "" })
  expect(missing.stderr).toContain(join(home.path, "nowhere.json"))

  const noList = await migrate(await legacyWith('{"traces": []}'))
  expect(noList).toMatchObject({ exitCode: 3, stdout: "" })
  expect(noList.stderr).toContain("not a JSON array")
  expect(await readTargetRows(home.local.sql)).toEqual({ traces: [], memoryItems: [] })
})
