import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  madeVector,
  writeAgenticFlowBank,
  writeBudpratBank,
  writeGoogleBank,
  writeGzmomo001Bank,
  writeHanw39Bank,
  writeLa3dBank,
  writeSlmBank,
} from "@reasoningbank/dialects/testing"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { query, readTargetRows } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { vectorHex } from "./testing/target-rows.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
})
afterEach(() => home.reset())
afterAll(() => home.close())

const uuidV5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5/
const anyV5 = expect.stringMatching(uuidV5)
const hexOf = (first: number, length: number) =>
  vectorHex(Float32Array.from(madeVector(first, length)))

/** Moves twice: the first run writes and verifies, the second finds nothing to do and ends with the same digest. */
async function migrateTwice(...words: string[]) {
  const run = () =>
    runMigrate({ arguments: [...words, "--source-timezone", "UTC"], directory: home.path })
  const first = await run()
  const second = await run()
  const counts = first.report?.counts
  expect(second.report?.counts).toEqual({
    ...counts,
    traces: { ...counts?.traces, written: 0, unchanged: counts?.traces.written },
    memory_items: { ...counts?.memory_items, written: 0, unchanged: counts?.memory_items.written },
  })
  expect(second.report?.verification).toEqual(first.report?.verification)
  expect(second.report?.source.identity).toBe(first.report?.source.identity)
  return { ...first, rows: await readTargetRows(home.local.sql) }
}

async function sourceVectors(table: string) {
  const vectors = await query(
    home.local.sql,
    `select encode(source_embedding, 'hex') as hex from public.${table}
      where source_embedding is not null order by octet_length(source_embedding), 1`,
  )
  return vectors.map(({ hex }) => hex)
}

test("Google's reasoning-bank: items out of Markdown, the whole line's trace, a broken line rejected", async () => {
  const path = join(home.path, "google")
  await writeGoogleBank(path)
  const before = await fingerprintDirectory(path)
  const { exitCode, report, stdout, rows } = await migrateTwice("--source", "google")
  expect(exitCode).toBe(5)
  expect(await fingerprintDirectory(path)).toEqual(before)
  expect(stdout).toContain("google")
  expect(report?.source).toMatchObject({ kind: "json-files", dialects: { google: 3, current: 0 } })
  expect(report?.rejects).toEqual([
    {
      source_id: "reddit.jsonl line 2",
      code: "malformed_entry",
      reason: expect.stringContaining("cut off"),
    },
  ])
  const [told, advice] = rows.traces.toSorted((a, b) => (a.task > b.task ? -1 : 1))
  expect(told).toMatchObject({
    id: anyV5,
    task: "Find the newest post",
    outcome: "success",
    embedding_status: "other_dimension",
    embedding_model: null,
    vector: null,
    trajectory: [
      { iteration: 1, thought: "Look at the list", action: "click('a1')" },
      { iteration: 2, thought: "Sort it", action: "click('a2')" },
    ],
    extras: {
      task_id: "27",
      template_id: 33,
      memory_items_preamble: "Here is what I learned:",
    },
  })
  expect(advice).toMatchObject({ task: "Count the comments", outcome: null, trajectory: null })
  expect(
    rows.memoryItems.map(({ title, description, content }) => [title, description, content]),
  ).toEqual(
    expect.arrayContaining([
      [
        "Sort before reading",
        "Lists are rarely sorted.",
        "Sort the list first.\nThen read its head.",
      ],
      [
        "Trust the URL",
        "The address tells the page.",
        "Read the address bar to know where you are.",
      ],
      ["", null, "No headings here, only one sentence of advice."],
    ]),
  )
  expect(await sourceVectors("reasoning_traces")).toEqual([hexOf(0.5, 3072)])
})

test("hanw39: an agent is a workspace, a merged memory leads to the archived one", async () => {
  await writeHanw39Bank(join(home.path, "hanw39"))
  const { exitCode, report, rows } = await migrateTwice("--source", "hanw39")
  expect(exitCode).toBe(5)
  expect(report?.warnings).toContainEqual({
    code: "vector_unreadable",
    count: 1,
    examples: ["mem_2"],
  })
  expect(report?.rejects).toEqual([
    { source_id: "mem_3", code: "malformed_entry", reason: expect.any(String) },
  ])
  expect(
    rows.traces.map(({ task, outcome, workspace_id }) => [workspace_id, task, outcome]),
  ).toEqual(
    expect.arrayContaining([
      ["agent-7", "Charge the customer once", "failure"],
      ["agent-7", "Charge the customer once", "success"],
    ]),
  )
  const merged = rows.memoryItems.find(({ source_id }) => source_id === "mem_2")
  const archived = rows.memoryItems.find(({ source_id }) => source_id === "mem_0")
  expect(archived?.extras).toMatchObject({
    archived: true,
    merged_into: "mem_2",
    retrieval_count: 3,
  })
  expect(merged?.links).toEqual([
    expect.objectContaining({ relation: "derived_from", target_id: archived?.id }),
  ])
  expect(rows.memoryItems.find(({ source_id }) => source_id === "mem_1")).toMatchObject({
    id: anyV5,
    embedding_status: "other_model",
    embedding_model: null,
    vector: null,
    pattern_tags: ["payments"],
    created_at: "2025-10-01T08:00:00.123456Z",
    extras: { metadata: { embedding_model: "text-embedding-v3" } },
  })
  expect(await sourceVectors("memory_items")).toEqual([hexOf(0.25, 384)])
})

test("budprat: vectors by their text, an item that is none, and a file that is cut off", async () => {
  await writeBudpratBank(join(home.path, "budprat"))
  const { report, rows } = await migrateTwice("--source", "budprat")
  expect(report?.rejects.map(({ source_id, code }) => [source_id, code])).toEqual([
    ["6e1f6f0a-52ad-4f6c-8e6a-3b5a3f7c1b11#1", "no_content"],
    [expect.stringContaining("memory_bank.json at byte"), "malformed_entry"],
  ])
  expect(rows.traces).toEqual([
    expect.objectContaining({
      id: "6e1f6f0a-52ad-4f6c-8e6a-3b5a3f7c1b11",
      task: "Fix the parser",
      outcome: "success",
      trajectory: "<think>Look</think>\n<action>grep</action>",
      created_at: "2025-10-01T08:00:00.250000Z",
      extras: { final_state: "green", model_output: "done", steps_taken: 4 },
    }),
  ])
  expect(rows.memoryItems).toEqual([
    expect.objectContaining({
      id: anyV5,
      title: "Read the spec",
      created_at: "2025-10-01T08:00:00.500000Z",
      extras: { source_task_id: null, success_signal: true },
    }),
  ])
  expect(await sourceVectors("memory_items")).toEqual([hexOf(0.25, 1536)])
  expect(await sourceVectors("reasoning_traces")).toEqual([hexOf(0.5, 768)])
})

test("reasoning-bank-slm: ids from the content, repeated items once", async () => {
  await writeSlmBank(join(home.path, "slm"))
  const file = "slm/memory_bank/reasoning_bank.json"
  const { exitCode, report, rows } = await migrateTwice("--source", file)
  expect(exitCode).toBe(0)
  expect(report?.warnings).toContainEqual(
    expect.objectContaining({ code: "duplicate_merged", count: 1 }),
  )
  expect(rows.traces).toEqual([
    expect.objectContaining({ source_id: "gsm8k-12", outcome: "success" }),
  ])
  expect(rows.memoryItems.map(({ title, id }) => [title, id])).toEqual([
    ["Carry the one", anyV5],
    ["Check the units", anyV5],
  ])
  expect(await sourceVectors("memory_items")).toEqual([hexOf(0.5, 384)])
})

describe("Gzmomo001: several items in one record", () => {
  const items = [
    { title: "Dates first", description: "Forms reset.", domain_category: "web", ordinal: 0 },
    { title: "Check the year", description: "Calendars wrap.", domain_category: "web", ordinal: 1 },
  ]
  const trace = { task: "Book a flight", outcome: "failure", embedding_status: "other_dimension" }

  test("as lines of JSON", async () => {
    await writeGzmomo001Bank(join(home.path, "gzmomo001"))
    const { exitCode, rows } = await migrateTwice("--source", "gzmomo001")
    expect(exitCode).toBe(0)
    expect(rows.traces).toEqual([expect.objectContaining(trace)])
    expect(rows.memoryItems).toEqual(items.map((item) => expect.objectContaining(item)))
    expect(await sourceVectors("reasoning_traces")).toEqual([hexOf(0.5, 3072)])
  })

  test("in Chroma, named by --source or --chromadb-dir", async () => {
    const text =
      "## Title Dates first\n## Description Forms reset.\n## Content Fill the dates before the cities.\n\n" +
      "## Title Check the year\n## Description Calendars wrap.\n## Content Look at the year of the calendar."
    const record = {
      id: "0f3a5b9c1d2e4f60718293a4b5c6d7e8",
      document: text,
      metadata: {
        query: "Book a flight",
        status: "fail",
        domain: "web",
        created_at: "2025-11-01T09:30:00+00:00",
        memory_items_json: text,
      },
      vector: Float32Array.from(madeVector(0.5, 16)),
    }
    await writeChromaBank({
      directory: join(home.path, "chroma"),
      collections: [{ name: "reasoning_bank", records: [record] }],
    })
    const { exitCode, report, rows } = await migrateTwice("--source", "chroma")
    expect(exitCode).toBe(0)
    expect(report?.source).toMatchObject({ kind: "chroma-directory", dialects: { gzmomo001: 1 } })
    expect(rows.traces).toEqual([expect.objectContaining(trace)])
    expect(rows.memoryItems).toEqual(items.map((item) => expect.objectContaining(item)))
    const again = await runMigrate({
      arguments: ["--chromadb-dir", "chroma", "--source-timezone", "UTC"],
      directory: home.path,
    })
    expect(again.report?.counts.traces.unchanged).toBe(1)
  })
})

test("LA3D: the judged trajectory, the memories it used, no vectors", async () => {
  await writeLa3dBank(join(home.path, "la3d/memory.db"))
  const { exitCode, report, rows } = await migrateTwice("--source", "la3d")
  expect(exitCode).toBe(0)
  expect(report?.source).toMatchObject({ kind: "sqlite-file", dialects: { la3d: 3 } })
  expect(rows.traces).toEqual([
    expect.objectContaining({
      source_id: "run-1-t1",
      task: "What is an activity?",
      outcome: "failure",
      trajectory: { steps: [{ code: "describe()" }] },
      created_at: "2025-12-01T10:01:00.000000Z",
      metadata: {
        judgment: {
          trajectory_id: "run-1-t1",
          is_success: 0,
          reason: "no evidence",
          confidence: "high",
          missing: ["a label"],
        },
        memories_used: [
          { trajectory_id: "run-1-t1", memory_id: "ffeeddccbbaa9988", rank: 1, score: 0.5 },
        ],
      },
    }),
  ])
  const used = rows.memoryItems.find(({ source_id }) => source_id === "00112233445566aa")
  expect(used).toMatchObject({
    trace_id: rows.traces[0]?.id,
    pattern_tags: ["sparql"],
    extras: {
      source_type: "failure",
      scope: { transferable: true },
      access_count: 7,
      provenance: { trajectory_id: "run-1-t1", run_id: "run-1" },
    },
  })
  expect(rows.memoryItems.find(({ source_id }) => source_id === "ffeeddccbbaa9988")).toMatchObject({
    trace_id: null,
    extras: { source_type: "human" },
  })
})

test("agentic-flow: a 384-long vector of nobody knows what is kept, never searched", async () => {
  const path = join(home.path, "project/.swarm/memory.db")
  await writeAgenticFlowBank(path)
  const before = await fingerprintDirectory(join(home.path, "project"))
  const { exitCode, report, rows } = await migrateTwice("--source", "project")
  expect(await fingerprintDirectory(join(home.path, "project"))).toEqual(before)
  expect(exitCode).toBe(5)
  expect(report?.rejects).toEqual([
    {
      source_id: "01K7YYYYYYYYYYYYYYYYYYYYYY",
      code: "malformed_entry",
      reason: expect.stringContaining("pattern_data"),
    },
  ])
  expect(rows.traces).toEqual([
    expect.objectContaining({ source_id: "task-1", outcome: "failure", task: "Fix the login" }),
  ])
  expect(rows.memoryItems).toEqual([
    expect.objectContaining({
      source_id: "01K7ZZZZZZZZZZZZZZZZZZZZZZ",
      trace_id: rows.traces[0]?.id,
      title: "Token before form",
      domain_category: "web.auth",
      pattern_tags: ["login"],
      embedding_status: "other_model",
      vector: null,
      extras: expect.objectContaining({
        usage_count: 3,
        confidence: 0.6,
        embedding: {
          id: expect.any(String),
          model: "distill-failure",
          dims: 384,
          created_at: expect.any(String),
        },
        pattern_links: [expect.objectContaining({ relation: "contradicts" })],
      }),
    }),
  ])
  expect(await sourceVectors("memory_items")).toEqual([hexOf(0.5, 384)])
})

describe("a path that is not one bank", () => {
  const migrate = (...words: string[]) => runMigrate({ arguments: words, directory: home.path })

  test("of something else: says what was found and what is understood", async () => {
    await mkdir(join(home.path, "else"))
    await writeFile(join(home.path, "else/notes.json"), '[{"page": 1}]')
    const { exitCode, stderr } = await migrate("--source", "else")
    expect(exitCode).toBe(3)
    expect(stderr).toContain("notes.json: a JSON array of objects with page")
    expect(stderr).toContain("Understood are Chroma directories, Google's reasoning-bank")
    const missing = await migrate("--source", "nowhere")
    expect(missing.exitCode).toBe(3)
    expect(missing.stderr).toContain("There is nothing at")
  })

  test("of two programs: names both, and --dialect chooses", async () => {
    await writeSlmBank(join(home.path, "both"))
    await writeLa3dBank(join(home.path, "both/memory.db"))
    const { exitCode, stderr } = await migrate("--source", "both")
    expect(exitCode).toBe(2)
    expect(stderr).toContain("memory.db (la3d)")
    expect(stderr).toContain("memory_bank/reasoning_bank.json (reasoning-bank-slm)")
    const chosen = await migrate("--source", "both", "--dialect", "la3d")
    expect(chosen.exitCode).toBe(0)
    expect(chosen.report?.source.dialects).toMatchObject({ la3d: 3 })
  })

  test("given beside another source, or a dialect without one", async () => {
    const two = await migrate("--source", "both", "--chromadb-dir", "chroma")
    expect([two.exitCode, two.stderr]).toEqual([
      2,
      expect.stringContaining("--source and --chromadb-dir"),
    ])
    const none = await migrate("--dialect", "la3d")
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining("without --source")])
  })
})
