import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createInMemorySource } from "../in-memory-source.ts"
import type { JsonObject } from "../json/json-value.ts"
import type { MemoryItem } from "../memory-item.ts"
import type { SourceRecord } from "../memory-source.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { takeCensus } from "./census.ts"
import { interpretSource } from "./interpret-source.ts"
import { createInterpretationState } from "./interpretation.ts"
import type { Reject } from "./reject.ts"
import { createTimestampReader } from "./source-timestamp.ts"
import { openTracesFile } from "./traces-file.ts"

const itemId = "11111111-1111-4111-8111-111111111111"
const traceId = "22222222-2222-4222-8222-222222222222"

function vector(seed: number, length = 384): Float32Array {
  return Float32Array.from({ length }, (_, index) => Math.sin(seed + index))
}

const item = {
  title: "Retry with jitter",
  description: "Spread retries over time",
  content: "Full jitter keeps a recovering service alive.",
}

function currentRecord({
  id = itemId,
  memoryData = { id, ...item },
  metadata = {},
  embedding = vector(1),
}: {
  id?: string
  memoryData?: object | string
  metadata?: JsonObject
  embedding?: Float32Array | null
} = {}): SourceRecord {
  return {
    id,
    document: `${item.title}\n${item.description}\n${item.content}`,
    metadata: {
      trace_id: traceId,
      task: "Make the importer survive a flaky network",
      outcome: "success",
      timestamp: "2026-07-01T12:00:00.123456",
      workspace_id: "575e6c19532fdf9a",
      memory_data: typeof memoryData === "string" ? memoryData : JSON.stringify(memoryData),
      ...metadata,
    },
    embedding,
  }
}

function legacyRecord({ id = traceId, task = "Old task" } = {}): SourceRecord {
  return {
    id,
    document: task,
    metadata: {
      outcome: "failure",
      timestamp: "2026-05-01T08:00:00",
      num_memories: 1n,
      difficulty: "unknown",
      domain: "general",
      has_parent: false,
    },
    embedding: vector(2),
  }
}

const legacyTrace = {
  id: traceId,
  task: "Old task",
  trajectory: [{ iteration: 0, action: "generate", output: "…", score: 1.0 }],
  outcome: "failure",
  memory_items: [
    {
      ...item,
      error_context: { error_type: "Timeout" },
      parent_memory_id: null,
      derived_from: ["33333333-3333-4333-8333-333333333333"],
      evolution_stage: 1,
      pattern_tags: ["failure_pattern"],
      difficulty_level: "unknown",
      domain_category: "general",
    },
  ],
  timestamp: "2026-05-01T08:00:00",
  metadata: { final_score: 0.5 },
  parent_trace_id: "not-a-uuid",
  related_trace_ids: [],
}

let directory = ""
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "interpret-source-"))
})
afterAll(() => rm(directory, { recursive: true }))

async function interpret({
  records = [],
  more = [],
  file,
}: {
  records?: SourceRecord[]
  more?: SourceRecord[]
  file?: string | Buffer | object[]
}) {
  const source = createInMemorySource([
    { name: "reasoning_memories", records },
    ...(more.length > 0 ? [{ name: "more", records: more }] : []),
  ])
  const path = join(directory, "traces.json")
  if (file !== undefined) {
    await writeFile(path, Array.isArray(file) ? JSON.stringify(file) : file)
  }
  const tracesFile = file === undefined ? null : await openTracesFile(path)
  const settings = {
    source,
    tracesFile,
    collections: await source.collections(),
    readTimestamp: createTimestampReader("Europe/Berlin"),
    defaultWorkspaceId: "unassigned",
    pageSize: 2,
  }
  const state = createInterpretationState()
  const census = await takeCensus(settings)
  const traces: ReasoningTrace[] = []
  const memoryItems: MemoryItem[] = []
  const rejects: Reject[] = []
  let recordsRead = 0
  for await (const page of interpretSource({ ...settings, census, state })) {
    traces.push(...page.traces)
    memoryItems.push(...page.memoryItems)
    rejects.push(...page.rejects)
    recordsRead += page.recordsRead
  }
  await tracesFile?.close()
  const warnings = Object.fromEntries(state.warnings.list().map(({ code, count }) => [code, count]))
  return { traces, memoryItems, rejects, recordsRead, warnings, census }
}

describe("the current dialect", () => {
  it("gives an item and, once, its trace", async () => {
    const second = currentRecord({ id: "33333333-3333-4333-8333-333333333333" })
    const { traces, memoryItems, rejects } = await interpret({ records: [currentRecord(), second] })
    expect(rejects).toEqual([])
    expect(traces).toMatchObject([
      {
        id: traceId,
        sourceId: null,
        workspaceId: "575e6c19532fdf9a",
        task: "Make the importer survive a flaky network",
        outcome: "success",
        trajectory: null,
        createdAt: "2026-07-01T10:00:00.123456Z",
        sourceCreatedAt: "2026-07-01T12:00:00.123456",
        embedding: { status: "missing" },
      },
    ])
    expect(memoryItems).toMatchObject([
      { id: itemId, traceId, ordinal: 0, ...item, patternTags: null, evolutionStage: 0, notes: [] },
      { ordinal: 1 },
    ])
    expect(memoryItems[0]?.embedding.vector).toEqual(vector(1))
    expect(memoryItems[0]?.extras).toEqual({})
  })

  it("keeps what no schema knows", async () => {
    const { memoryItems } = await interpret({
      records: [
        currentRecord({
          memoryData: {
            id: itemId,
            ...item,
            metadata: { source: "x" },
            created_at: "2026-06-30T00:00:00Z",
          },
          metadata: { reviewer: "ann", priority: 9007199254740993n, weight: 1 },
        }),
      ],
    })
    expect(memoryItems[0]).toMatchObject({
      createdAt: "2026-06-30T00:00:00.000000Z",
      extras: {
        metadata: { source: "x" },
        record_metadata: {
          reviewer: "ann",
          priority: 9007199254740993n,
          weight: 1,
          timestamp: "2026-07-01T12:00:00.123456",
        },
      },
    })
  })

  it("turns other ids into UUIDs, the same ones in links", async () => {
    const { memoryItems } = await interpret({
      records: [
        currentRecord({ id: "mem-1", memoryData: { id: "mem-1", ...item } }),
        currentRecord({
          id: "mem-2",
          memoryData: {
            id: "mem-2",
            ...item,
            parent_memory_id: "mem-1",
            derived_from: ["mem-1", "gone"],
          },
        }),
      ],
    })
    const [first, second] = memoryItems
    expect(first).toMatchObject({ sourceId: "mem-1" })
    expect(first?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    expect(second?.links).toMatchObject([
      {
        relation: "parent",
        targetKind: "memory_item",
        targetId: first?.id,
        sourceReference: "mem-1",
      },
      { relation: "derived_from", ordinal: 0, targetId: first?.id },
      { relation: "derived_from", ordinal: 1, sourceReference: "gone" },
    ])
  })

  it("keeps ids apart that differ in case only, and one id in two workspaces", async () => {
    const upper = "AAAAAAAA-1111-4111-8111-111111111111"
    const { memoryItems, rejects } = await interpret({
      records: [
        currentRecord({ id: upper.toLowerCase(), memoryData: item }),
        currentRecord({ id: upper, memoryData: item }),
      ],
      more: [currentRecord({ id: upper, memoryData: item, metadata: { workspace_id: "other" } })],
    })
    expect(rejects).toEqual([])
    expect(new Set(memoryItems.map(({ workspaceId, id }) => `${workspaceId} ${id}`)).size).toBe(3)
    expect(memoryItems[2]).toMatchObject({ id: upper.toLowerCase(), sourceId: upper })
  })

  it("accepts what strict readers refuse, with a note", async () => {
    const { memoryItems, warnings } = await interpret({
      records: [
        currentRecord({
          memoryData: {
            id: itemId,
            title: "abc",
            content: 7,
            description: "x".repeat(501),
            pattern_tags: [..."abcdefghij", 11],
            difficulty_level: "unknown",
            evolution_stage: -1,
            created_at: "yesterday",
            error_context: "free text",
          },
        }),
      ],
    })
    expect(memoryItems[0]).toMatchObject({
      title: "abc",
      content: "7",
      difficultyLevel: "unknown",
      evolutionStage: 0,
      sourceCreatedAt: "yesterday",
      errorContext: "free text",
    })
    expect(memoryItems[0]?.patternTags).toHaveLength(11)
    expect(warnings).toMatchObject({
      not_text: 2,
      too_short: 2,
      too_long: 1,
      too_many: 1,
      unknown_value: 1,
      not_a_count: 1,
      unreadable_timestamp: 1,
    })
  })

  it("makes text storable and keeps the original", async () => {
    const { memoryItems } = await interpret({
      records: [
        currentRecord({ memoryData: { id: itemId, ...item, title: "a\u0000b\ud800", nan: null } }),
      ],
    })
    expect(memoryItems[0]?.title).toBe("a\u2400b\ufffd")
    expect(memoryItems[0]?.notes).toContainEqual({
      code: "unstorable_characters",
      field: "title",
      original: String.raw`"a\u0000b\ud800"`,
    })
  })

  it("keeps both values of two keys that are stored as one", async () => {
    const keys = '{"\\ud800": "first", "\\ud801": "second"}'
    const memoryData = JSON.stringify({ id: itemId, ...item }).replace(
      "{",
      `{"error_context":${keys},`,
    )
    const { memoryItems } = await interpret({ records: [currentRecord({ memoryData })] })
    expect(memoryItems[0]?.errorContext).toEqual({ "\ufffd": "second" })
    expect(memoryItems[0]?.notes).toContainEqual({
      code: "unstorable_characters",
      field: "error_context.\ufffd",
      original: "first",
    })
  })

  it("finds a parent and a workspace by a name that can not be stored as it is", async () => {
    const metadata = { workspace_id: "w\u0000", trace_id: "t\u0000" }
    const { traces, memoryItems } = await interpret({
      records: [
        currentRecord({ id: "a\u0000", metadata }),
        currentRecord({ id: "b", metadata, memoryData: { ...item, parent_memory_id: "a\u0000" } }),
      ],
      file: [{ ...legacyTrace, id: "t\u0000", memory_items: [] }],
    })
    expect(traces).toMatchObject([{ workspaceId: "w\u2400", sourceId: "t\u2400" }])
    expect(memoryItems[1]?.links).toMatchObject([{ targetId: memoryItems[0]?.id }])
    expect(memoryItems.map(({ traceId }) => traceId)).toEqual([traces[0]?.id, traces[0]?.id])
  })

  it("invents no tag and no link for an empty element", async () => {
    const memoryData = { id: itemId, ...item, pattern_tags: ["a", null], derived_from: [null] }
    const { memoryItems } = await interpret({ records: [currentRecord({ memoryData })] })
    expect(memoryItems[0]).toMatchObject({ patternTags: ["a"], links: [] })
    expect(memoryItems[0]?.notes).toEqual([
      { code: "not_text", field: "pattern_tags[1]", original: null },
      { code: "not_text", field: "derived_from[0]", original: null },
    ])
  })

  it("keeps the text of both times when the item's own can not be read", async () => {
    const memoryData = { id: itemId, ...item, created_at: { year: 2026 } }
    const { memoryItems } = await interpret({ records: [currentRecord({ memoryData })] })
    expect(memoryItems[0]).toMatchObject({
      createdAt: "2026-07-01T10:00:00.123456Z",
      sourceCreatedAt: '{"year":2026}',
      extras: { record_metadata: { timestamp: "2026-07-01T12:00:00.123456" } },
    })
  })

  it("recovers an item whose JSON was cut, with the content from the document", async () => {
    const cut = JSON.stringify({ id: itemId, ...item, pattern_tags: ["a"] }).slice(0, -60)
    const { memoryItems } = await interpret({ records: [currentRecord({ memoryData: cut })] })
    expect(memoryItems[0]).toMatchObject({
      ...item,
      extras: { record_metadata: { memory_data: cut } },
    })
    expect(memoryItems[0]?.notes).toContainEqual({ code: "truncated_json", field: "memory_data" })
  })

  it("rejects what can not be an item, keeps its trace, and goes on", async () => {
    const { traces, memoryItems, rejects, recordsRead } = await interpret({
      records: [
        currentRecord({ id: "a", memoryData: "not json" }),
        currentRecord({ id: "b", memoryData: {} }),
        { id: "c", document: "loose", metadata: { color: "red" }, embedding: null },
        currentRecord(),
      ],
    })
    expect(rejects.map(({ sourceId, code, kind }) => [sourceId, code, kind])).toEqual([
      ["a", "unreadable_memory_data", "memory_item"],
      ["b", "unreadable_memory_data", "memory_item"],
      ["c", "unknown_dialect", "record"],
    ])
    expect([traces.length, memoryItems.length, recordsRead]).toEqual([1, 1, 4])
  })

  it("merges equal duplicates of two collections and rejects contradicting ones", async () => {
    const other = currentRecord({ memoryData: { id: itemId, ...item, title: "Another title" } })
    const same = await interpret({ records: [currentRecord()], more: [currentRecord()] })
    expect([same.memoryItems.length, same.rejects.length]).toEqual([1, 0])
    expect(same.warnings).toMatchObject({ duplicate_merged: 1 })
    const different = await interpret({ records: [currentRecord()], more: [other] })
    expect(different.memoryItems).toMatchObject([{ title: item.title }])
    expect(different.rejects).toMatchObject([{ code: "duplicate_id", sourceId: itemId }])
  })

  it("keeps vectors that do not fit beside the column", async () => {
    const { memoryItems } = await interpret({
      records: [
        currentRecord({ id: "a", embedding: vector(1, 768) }),
        currentRecord({ id: "b", embedding: vector(1).fill(Number.NaN, 0, 1) }),
        currentRecord({ id: "c", embedding: null }),
      ],
    })
    expect(memoryItems.map(({ embedding }) => embedding)).toMatchObject([
      { status: "other_dimension", vector: null, sourceVector: vector(1, 768), model: null },
      { status: "not_finite", vector: null },
      { status: "missing", vector: null, sourceVector: null },
    ])
  })
})

describe("the legacy dialect", () => {
  it("joins records with traces.json", async () => {
    const { traces, memoryItems, rejects, warnings } = await interpret({
      records: [legacyRecord()],
      file: [legacyTrace],
    })
    expect(rejects).toEqual([])
    expect(traces).toMatchObject([
      {
        id: traceId,
        workspaceId: "unassigned",
        task: "Old task",
        trajectory: [{ iteration: 0n, action: "generate", output: "…", score: 1n }],
        metadata: { final_score: 0.5 },
        createdAt: "2026-05-01T06:00:00.000000Z",
        embedding: { status: "present", vector: vector(2) },
        links: [{ relation: "parent", targetKind: "trace", sourceReference: "not-a-uuid" }],
        extras: { record_metadata: { num_memories: 1n, difficulty: "unknown", has_parent: false } },
      },
    ])
    expect(memoryItems).toMatchObject([
      {
        traceId,
        sourceId: null,
        ordinal: 0,
        embedding: { status: "missing" },
        createdAt: "2026-05-01T06:00:00.000000Z",
        sourceCreatedAt: null,
        links: [{ relation: "derived_from", targetKind: "trace" }],
      },
    ])
    expect(warnings).toMatchObject({
      workspace_assigned: 1,
      dangling_link: 2,
      embedding_missing: 1,
    })
  })

  it("keeps what only one side has", async () => {
    const { traces, warnings, recordsRead } = await interpret({
      records: [legacyRecord({ id: "only-in-chroma", task: "A" })],
      file: [{ ...legacyTrace, id: "only-in-file" }],
    })
    expect(traces.map(({ sourceId, embedding }) => [sourceId, embedding.status])).toEqual([
      ["only-in-chroma", "present"],
      ["only-in-file", "missing"],
    ])
    expect(warnings).toMatchObject({ not_in_traces_file: 1, not_in_chroma: 1 })
    expect(recordsRead).toBe(2)
  })

  it("reads a file that was cut, has NaN, or holds what is no trace", async () => {
    const whole = JSON.stringify(legacyTrace).replace("0.5", "NaN")
    const { traces, rejects, warnings } = await interpret({
      file: `\ufeff[${whole}, 12, {"id": "x"}, {"id": "${itemId}", "task": "cut he`,
    })
    expect(traces).toMatchObject([{ id: traceId, metadata: { final_score: "NaN" } }])
    expect(rejects.map(({ code }) => code)).toEqual([
      "malformed_entry",
      "malformed_entry",
      "truncated_tail",
    ])
    expect(warnings).toMatchObject({ non_finite_number: 1, traces_file_truncated: 1 })
  })

  it("puts a trace where the current dialect has its items, without doubling them", async () => {
    const { traces, memoryItems } = await interpret({
      records: [
        currentRecord({ metadata: { task: "Old task", outcome: "failure" } }),
        legacyRecord(),
      ],
      file: [{ ...legacyTrace, memory_items: [item, { ...item, title: "Only in the file" }] }],
    })
    expect(traces).toMatchObject([
      { workspaceId: "575e6c19532fdf9a", embedding: { status: "present" } },
    ])
    expect(memoryItems.map(({ title, workspaceId }) => [title, workspaceId])).toEqual([
      ["Only in the file", "575e6c19532fdf9a"],
      [item.title, "575e6c19532fdf9a"],
    ])
  })

  it("merges a repeated trace and rejects a contradicting one", async () => {
    const longer = { ...legacyTrace, trajectory: [...legacyTrace.trajectory, { iteration: 1 }] }
    const { traces, memoryItems, rejects, warnings } = await interpret({
      records: [legacyRecord()],
      file: [legacyTrace, legacyTrace, { ...legacyTrace, task: "Another task" }, longer],
    })
    expect([traces.length, memoryItems.length]).toEqual([1, 1])
    expect(warnings).toMatchObject({ duplicate_merged: 1 })
    const reject = { kind: "trace", code: "duplicate_id", sourceId: traceId }
    expect(rejects).toMatchObject([reject, { ...reject, content: { trajectory: [{}, {}] } }])
  })

  it("keeps an item of the file beside a record that tells the same lesson", async () => {
    const rawItem = { ...item, error_context: { error_type: "only here" } }
    const { traces, memoryItems } = await interpret({
      records: [currentRecord()],
      file: [{ ...legacyTrace, memory_items: [rawItem] }],
    })
    expect(memoryItems).toHaveLength(1)
    expect(traces[0]?.notes).toContainEqual({
      code: "duplicate_merged",
      field: "memory_items[0]",
      original: rawItem,
    })
  })

  it("rejects a record whose id an item of the file has, with other content", async () => {
    const { memoryItems, rejects } = await interpret({
      records: [currentRecord({ metadata: { workspace_id: "" } })],
      file: [
        { ...legacyTrace, id: itemId, memory_items: [{ ...item, id: itemId, title: "Mine" }] },
      ],
    })
    expect(memoryItems).toMatchObject([{ title: "Mine" }])
    expect(rejects).toMatchObject([{ code: "duplicate_id", sourceId: itemId }])
  })

  it("rejects an element without a task, and notes one that is not UTF-8, beside their records", async () => {
    const other = "44444444-4444-4444-8444-444444444444"
    const latin = Buffer.from(
      JSON.stringify([
        { id: traceId, note: "x" },
        { ...legacyTrace, id: other, task: "caf\u00e9" },
      ]),
      "latin1",
    )
    const { traces, rejects } = await interpret({
      records: [legacyRecord(), legacyRecord({ id: other })],
      file: latin,
    })
    expect(traces.map(({ task }) => task)).toEqual(["Old task", "caf\u00e9"])
    expect(traces[1]?.notes).toContainEqual({ code: "not_utf8", field: "trace" })
    expect(rejects).toMatchObject([{ code: "malformed_entry", content: { note: "x" } }])
  })

  it.each([
    ["", "is empty"],
    ['{"id": 1}', String.raw`it begins with "{\"id\": 1}"`],
  ])("names what a file is that is no array: %j", async (file, message) => {
    await expect(interpret({ file })).rejects.toThrow(message)
  })

  it("refuses a directory in place of the file", async () => {
    await expect(openTracesFile(directory)).rejects.toThrow("is not a file")
  })

  it("keeps what stands in the place of an id or of the items, and behind the array", async () => {
    const odd = { ...legacyTrace, id: 42, memory_items: "no list" }
    const { traces, rejects } = await interpret({ file: `[${JSON.stringify(odd)}] [{"id": "x"}]` })
    expect(traces).toMatchObject([{ sourceId: "42" }])
    expect(traces[0]?.notes).toEqual(
      expect.arrayContaining([
        { code: "not_text", field: "id", original: 42n },
        { code: "not_a_list", field: "memory_items", original: "no list" },
      ]),
    )
    expect(rejects).toMatchObject([{ code: "malformed_entry", content: '[{"id": "x"}]' }])
    await expect(interpret({ file: '[] [{"id": "x"}]' })).rejects.toThrow("text behind it")
  })
})
