import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { currentRecord } from "./testing/current-bank.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query, readTargetRows, sorted } from "./testing/read-target-rows.ts"
import { type MigrateResult, runMigrate } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { vectorHex } from "./testing/target-rows.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const random = createSeededRandom(11)
const bank = makeBank({ seed: 10, memories: 40, workspaceIds: ["one"], timezone })
const [first, second, third, fourth, ...rest] = bank.memories
if (!first || !second || !third || !fourth) throw new Error("the bank is empty")
const recordOf = (memory: typeof first) => currentRecord({ memory, timezone })
/** One record each that can not become a row: no JSON, nothing of an item, another program's. */
const notJson = {
  ...recordOf(first),
  metadata: { ...recordOf(first).metadata, memory_data: "{oops" },
}
const noItem = {
  ...recordOf(second),
  metadata: {
    ...recordOf(second).metadata,
    memory_data: '{"id": "x", "note": 12345678901234567890}',
  },
}
/** Accepted with a note: ids that are no UUIDs, words nobody knows, NUL, a lone surrogate in JSON's escape. */
const unusual = {
  ...third,
  traceId: random.uuid(),
  outcome: "gave up",
  item: {
    ...third.item,
    id: "mem_001",
    parent_memory_id: "mem_000",
    derived_from: [],
    title: "Hm",
    content: `nul \u0000 in the middle of a text that is long enough`,
    difficulty_level: "unknown",
  },
}
const foreign = {
  id: "note-1",
  document: "Not an agent's memory.",
  metadata: { page: 3, ratio: 1 },
  vector: random.unitVector(384),
}
const unusualRecord = {
  ...recordOf(unusual),
  document: null,
  metadata: {
    ...recordOf(unusual).metadata,
    memory_data: JSON.stringify(unusual.item).replace('"Hm"', '"Hm \\ud800"'),
  },
}
const good = [fourth, ...rest]
const expectedGood = sorted(expectedCurrentRows({ memories: good, timezone }))

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  const otherDimension = makeBank({ seed: 12, memories: 6, workspaceIds: ["wide"], timezone })
  await Promise.all([
    writeChromaBank({
      directory: join(home.path, "broken"),
      collections: [{ records: [notJson, noItem, foreign, unusualRecord, ...good.map(recordOf)] }],
    }),
    writeChromaBank({
      directory: join(home.path, "wide"),
      collections: [
        {
          syncThreshold: 4,
          records: otherDimension.records.map((record) => ({
            ...record,
            vector: random.unitVector(768),
          })),
        },
      ],
    }),
    writeChromaBank({
      directory: join(home.path, "twice"),
      collections: [
        { name: "first-bank", records: good.slice(0, 6).map(recordOf) },
        {
          name: "second-bank",
          records: good
            .slice(3, 9)
            .map((memory, position) =>
              recordOf(position === 0 ? { ...memory, vector: random.unitVector(384) } : memory),
            ),
        },
      ],
    }),
  ])
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

async function readRejects({ report }: MigrateResult): Promise<Record<string, unknown>[]> {
  const path = join(home.path, `migration-rejects-${report?.run_id}.jsonl`)
  const text = await readFile(path, "utf8")
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
}

function expectReconciled({ report }: MigrateResult) {
  for (const counts of [report?.counts.traces, report?.counts.memory_items]) {
    const { read = -1, written = 0, unchanged = 0, conflicts = 0, rejected = 0 } = counts ?? {}
    expect(read).toBe(written + unchanged + conflicts + rejected)
  }
}

test("what can not become a row is kept whole with its reason, and the rest arrives", async () => {
  const run = await migrate("broken")
  expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_rejects" } })
  expect(run.report?.rejects).toEqual([
    {
      source_id: first.item.id,
      code: "unreadable_memory_data",
      reason: expect.stringContaining("not valid JSON"),
    },
    {
      source_id: second.item.id,
      code: "unreadable_memory_data",
      reason: expect.stringContaining("no title"),
    },
    { source_id: "note-1", code: "unknown_dialect", reason: expect.any(String) },
  ])
  expect(run.report?.counts).toMatchObject({
    records_read: 41,
    records_rejected: 3,
    memory_items: { read: 40, written: 38, rejected: 2 },
  })
  expectReconciled(run)
  const rejects = await readRejects(run)
  expect(rejects.map(({ content }) => content)).toEqual(
    [notJson, noItem, foreign].map(({ id, document, metadata, vector }) => ({
      id,
      document,
      metadata,
      embedding_base64: Buffer.from(vectorHex(vector), "hex").toString("base64"),
    })),
  )
  expect(run.stdout).toContain(`migration-rejects-${run.report?.run_id}.jsonl`)
  const { memoryItems } = await readTargetRows(home.local.sql)
  const ids = new Set(good.map(({ item }) => item.id))
  expect(memoryItems.filter(({ id }) => ids.has(id)).map(withoutOrdinal)).toEqual(
    expectedGood.memoryItems.map(withoutOrdinal),
  )

  const again = await migrate("broken")
  expect(again).toMatchObject({
    exitCode: 5,
    report: { counts: { memory_items: { written: 0, unchanged: 38, rejected: 2 } } },
  })
  expect(again.report?.verification?.target_digest).toBe(run.report?.verification?.target_digest)
})

/** Items of a trace that lost one to the rejects stand one place earlier. */
function withoutOrdinal<Row extends { ordinal: number }>({ ordinal: _, ...row }: Row) {
  return row
}

test("unusual values are accepted, made storable and noted with their original", async () => {
  const run = await migrate("broken")
  const codes = run.report?.warnings.map(({ code }) => code)
  expect(codes).toEqual(
    expect.arrayContaining(["too_short", "unknown_value", "unstorable_characters"]),
  )
  const { traces, memoryItems } = await readTargetRows(home.local.sql)
  const row = memoryItems.find(({ source_id }) => source_id === "mem_001")
  expect(row).toMatchObject({
    title: "Hm \uFFFD",
    content: unusual.item.content.replace("\u0000", "\u2400"),
    difficulty_level: "unknown",
    vector: vectorHex(unusual.vector),
    links: [{ relation: "parent", source_reference: "mem_000" }],
  })
  expect(row?.id[14]).toBe("5")
  expect(row?.notes).toEqual(
    expect.arrayContaining([
      { code: "unstorable_characters", field: "title", original: '"Hm \\ud800"' },
      {
        code: "unstorable_characters",
        field: "content",
        original: JSON.stringify(unusual.item.content),
      },
      { code: "unknown_value", field: "difficulty_level" },
    ]),
  )
  expect(traces.find(({ id }) => id === unusual.traceId)?.outcome).toBe("gave up")
})

test("vectors of another length are kept beside the row, byte for byte, and counted", async () => {
  const run = await migrate("wide")
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report).toMatchObject({
    source: { collections: [{ dimension: 768 }] },
    verification: { vectors_compared: 6 },
  })
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "embedding_other_dimension", count: 6 }),
  )
  const rows = await query(
    home.local.sql,
    `select embedding_status, content_embedding::text, encode(source_embedding, 'hex') as hex
     from public.memory_items`,
  )
  const replay = createSeededRandom(11)
  replay.uuid()
  replay.unitVector(384)
  const vectors = Array.from({ length: 6 }, () => vectorHex(replay.unitVector(768)))
  expect(rows.map(({ hex }) => hex).toSorted()).toEqual(vectors.toSorted())
  expect(rows).toEqual(
    rows.map(({ hex }) => ({ embedding_status: "other_dimension", content_embedding: null, hex })),
  )
})

test("the same record in two collections is one row; the same id with another content is a reject", async () => {
  const run = await migrate("twice")
  expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_rejects" } })
  expect(run.report).toMatchObject({
    counts: {
      records_read: 12,
      records_rejected: 1,
      memory_items: { read: 10, written: 9, rejected: 1 },
    },
    rejects: [{ source_id: good[3]?.item.id, code: "duplicate_id" }],
  })
  expect(run.report?.warnings).toContainEqual(
    expect.objectContaining({ code: "duplicate_merged", count: 2 }),
  )
  expectReconciled(run)

  await home.reset()
  const one = await migrate("twice", "--collection", "second-bank")
  expect(one).toMatchObject({
    exitCode: 0,
    report: { counts: { records_read: 6, memory_items: { written: 6 } } },
  })
})
