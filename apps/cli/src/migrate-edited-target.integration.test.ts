import { cp } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { currentRecord } from "./testing/current-bank.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query, readTargetRows, sorted } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { bankCollectionName, writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const bank = makeBank({ seed: 8, memories: 120, workspaceIds: ["one", "two"], timezone })
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone }))
const zero = { written: 0, unchanged: 0, conflicts: 0, rejected: 0 }

/** The source as it is after the user went on working with it: memories 0 to 4 have another text and vector. */
const random = createSeededRandom(9)
const changed = bank.memories.slice(0, 5).map((memory) => ({
  ...memory,
  item: { ...memory.item, content: `${memory.item.content} Learned since.` },
  vector: random.unitVector(384),
}))
const laterMemories = [...changed, ...bank.memories.slice(5)]
const expectedLater = sorted(expectedCurrentRows({ memories: laterMemories, timezone }))
const changedIds = changed.map(({ item }) => item.id)

let home: EmbeddedHome
let now: string
let later: string

beforeAll(async () => {
  home = await openEmbeddedHome()
  now = join(home.path, "now")
  later = join(home.path, "later")
  await writeChromaBank({ directory: now, collections: [bank] })
  await cp(now, later, { recursive: true })
  const updates = changed.map((memory) => currentRecord({ memory, timezone }))
  await writeChromaBank({
    directory: later,
    collections: [{ name: bankCollectionName, records: [], updates }],
  })
})

beforeEach(async () => {
  await home.reset()
  expect(await migrate(now)).toMatchObject({ exitCode: 0, report: { status: "verified" } })
})

afterAll(async () => {
  await home.close()
})

const migrate = (directory: string, ...more: string[]) =>
  runMigrate({
    arguments: ["--chromadb-dir", directory, "--source-timezone", timezone, ...more],
    directory: home.path,
  })

async function editTitle(id: string | undefined, title = "Edited by hand") {
  await query(
    home.local.sql,
    "update public.memory_items set title = $1 where id = $2::text::uuid",
    [title, id ?? null],
  )
}

test("a row that was edited here only keeps its edit, and is counted", async () => {
  const edited = changedIds[0]
  await editTitle(edited)
  const run = await migrate(now)
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified", conflicts: [] } })
  expect(run.report?.counts.memory_items).toEqual({ ...zero, read: 120, unchanged: 120 })
  expect(run.report?.warnings).toContainEqual({
    code: "edited_in_target",
    count: 1,
    examples: [edited],
  })
  expect(run.report?.verification?.memory_items_compared).toBe(119)
  expect(run.stdout).toContain("edited_in_target")
  const { memoryItems } = await readTargetRows(home.local.sql)
  expect(memoryItems).toEqual(
    expected.memoryItems.map((row) =>
      row.id === edited ? { ...row, title: "Edited by hand" } : row,
    ),
  )
})

test("rows that changed in the source only are brought up to date", async () => {
  const run = await migrate(later)
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report?.counts.memory_items).toEqual({
    ...zero,
    read: 120,
    written: 5,
    unchanged: 115,
  })
  expect(await readTargetRows(home.local.sql)).toEqual(expectedLater)
})

test("changed on both sides: the edit stays and is listed; --overwrite takes the source's", async () => {
  const edited = changedIds[1]
  await editTitle(edited)
  await query(home.local.sql, "delete from public.lineage_links where child_id = $1::text::uuid", [
    changedIds[2] ?? null,
  ])
  const hadLinks = expected.memoryItems.find(({ id }) => id === changedIds[2])?.links.length ?? 0
  const before = await readTargetRows(home.local.sql)

  const run = await migrate(later)
  expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_conflicts" } })
  const conflicting = hadLinks > 0 ? [changedIds[1], changedIds[2]] : [changedIds[1]]
  expect(run.report?.conflicts.map(({ id }) => id).toSorted()).toEqual(conflicting.toSorted())
  const conflict = run.report?.conflicts.find(({ id }) => id === edited)
  expect(conflict).toMatchObject({ kind: "memory_item", source_id: null })
  expect(conflict?.fields.toSorted()).toEqual(
    ["content", "embedding", "extras", "title"].filter((field) => conflict?.fields.includes(field)),
  )
  expect(conflict?.fields).toEqual(expect.arrayContaining(["content", "embedding", "title"]))
  expect(run.report?.counts.memory_items).toEqual({
    ...zero,
    read: 120,
    written: 5 - conflicting.length,
    unchanged: 115,
    conflicts: conflicting.length,
  })
  expect(run.report?.verification).toMatchObject({
    memory_items_compared: 120 - conflicting.length,
    differences: [],
  })
  expect(run.stdout).toContain(edited)
  expect(run.stdout).toContain("--overwrite")
  const after = await readTargetRows(home.local.sql)
  const rowOf = (rows: typeof after, id: string | undefined) =>
    rows.memoryItems.find((row) => row.id === id)
  expect(rowOf(after, edited)).toEqual(rowOf(before, edited))
  expect(rowOf(after, changedIds[0])).toEqual(rowOf(expectedLater, changedIds[0]))

  const forced = await migrate(later, "--overwrite")
  expect(forced).toMatchObject({ exitCode: 0, report: { status: "verified", conflicts: [] } })
  expect(forced.report?.counts.memory_items.written).toBe(conflicting.length)
  expect(await readTargetRows(home.local.sql)).toEqual(expectedLater)
})

test("--overwrite also takes back an edit of a row the source did not change", async () => {
  await editTitle(changedIds[3])
  const run = await migrate(now, "--overwrite")
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report?.counts.memory_items).toMatchObject({ written: 1, unchanged: 119 })
  expect(await readTargetRows(home.local.sql)).toEqual(expected)
})

test("rows of other workspaces and of other makers stay as they are", async () => {
  await query(
    home.local.sql,
    "insert into public.workspaces (id, name) values ('elsewhere', 'Elsewhere')",
  )
  const own = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
  const sameId = changedIds[4] ?? ""
  for (const [workspaceId, id] of [
    ["elsewhere", sameId],
    ["one", own],
  ]) {
    await query(
      home.local.sql,
      `insert into public.memory_items (workspace_id, id, title, content, embedding_status)
       values ($1, $2::text::uuid, 'Written here', 'By another program', 'missing')`,
      [workspaceId ?? null, id ?? null],
    )
  }
  const foreignSql = `select row_to_json(m)::text as row, xmin::text from public.memory_items as m
    where title = 'Written here' order by id`
  const before = await query(home.local.sql, foreignSql)
  const run = await migrate(later, "--overwrite")
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(run.report?.counts.memory_items).toMatchObject({ read: 120, written: 5 })
  expect(await query(home.local.sql, foreignSql)).toEqual(before)
  expect(before).toHaveLength(2)
})

test("a row of another maker under a key of the source is a conflict, not lost", async () => {
  await query(
    home.local.sql,
    "update public.memory_items set migrated_digest = null, migration_run_id = null, content = 'Mine' where id = $1::text::uuid",
    [changedIds[0] ?? null],
  )
  const run = await migrate(now)
  expect(run).toMatchObject({ exitCode: 5, report: { status: "verified_with_conflicts" } })
  expect(run.report?.conflicts).toMatchObject([{ id: changedIds[0], fields: ["content"] }])
  const [row] = await query(
    home.local.sql,
    "select content from public.memory_items where id = $1::text::uuid",
    [changedIds[0] ?? null],
  )
  expect(row).toEqual({ content: "Mine" })
})
