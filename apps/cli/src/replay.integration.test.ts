import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from "@reasoningbank/core"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { currentRecord } from "./testing/current-bank.ts"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query, readTargetRows } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "UTC"
const zone = ["--source-timezone", timezone]
const bank = makeBank({ seed: 41, memories: 12, workspaceIds: ["one"], timezone, legacyTraces: 3 })
const [broken, refused] = bank.memories
const [first, second, third] = bank.legacyTraces.map(({ element }) => element)
if (!broken || !refused || !first || !second || !third) throw new Error("the bank is empty")
const item = {
  title: "Repaired by hand",
  description: "It was no object.",
  content: "Now it is an item that is long enough.",
}
const whole = JSON.stringify([{ ...first, memory_items: [item] }, second, third])
/** An item that is none, an element with a stray word, and an end that is missing. */
const damaged = whole
  .replace(JSON.stringify(item), '"not an item"')
  .replace(`{"id":"${second.id}"`, `{"id" oops "${second.id}"`)
  .slice(0, -20)

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  const records = bank.memories.map((memory) => currentRecord({ memory, timezone }))
  const damagedRecords = records.map((record, index) =>
    index === 0 ? { ...record, metadata: { ...record.metadata, memory_data: "{oops" } } : record,
  )
  const write = (name: string, own: typeof records) =>
    writeChromaBank({ directory: join(home.path, name), collections: [{ records: own }] })
  await write("whole", records)
  await write("damaged", damagedRecords)
  await writeFile(join(home.path, "whole/traces.json"), whole)
  await writeFile(join(home.path, "damaged/traces.json"), damaged)
})
afterEach(() => home.reset())
afterAll(() => home.close())

const migrate = (...words: string[]) =>
  runMigrate({ arguments: [...words, ...zone], directory: home.path })

async function rejectsOf(run: Awaited<ReturnType<typeof migrate>>): Promise<JsonObject[]> {
  const path = join(home.path, `migration-rejects-${run.report?.run_id}.jsonl`)
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n")
  return lines.map((line) => {
    const value = parseJson(line)
    if (!isJsonObject(value)) throw new Error(line)
    return value
  })
}

async function writeRejects(name: string, rejects: JsonObject[]) {
  await writeFile(
    join(home.path, name),
    rejects.map((reject) => `${stringifyJson(reject)}\n`).join(""),
  )
}

/** What a person would do with each line. */
function repaired(reject: JsonObject): JsonObject {
  const { code, content } = reject
  if (
    code === "unreadable_memory_data" &&
    isJsonObject(content) &&
    isJsonObject(content.metadata)
  ) {
    const metadata = { ...content.metadata, memory_data: JSON.stringify(broken?.item) }
    return { ...reject, content: { ...content, metadata } }
  }
  if (code === "no_content") return { ...reject, content: { ...item } }
  const isSecond = isJsonObject(reject.place) && reject.place.index === 1n
  if (isSecond) return { ...reject, content: JSON.stringify(second) }
  return { ...reject, content: parseJson(JSON.stringify(third)) }
}

test("repaired lines become the rows that a whole source would have given", async () => {
  await migrate("--chromadb-dir", "whole", "--no-backup")
  const expected = await readTargetRows(home.local.sql)
  await home.reset()

  const run = await migrate("--chromadb-dir", "damaged", "--no-backup")
  expect(run.exitCode).toBe(5)
  const rejects = await rejectsOf(run)
  expect(rejects.map(({ code }) => code).sort()).toEqual([
    "malformed_entry",
    "no_content",
    "truncated_tail",
    "unreadable_memory_data",
  ])
  await writeRejects("repaired.jsonl", rejects.map(repaired))
  const replay = await migrate("replay", "repaired.jsonl")
  expect(replay.report?.rejects).toEqual([])
  expect(replay).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(replay.report?.source).toMatchObject({ kind: "rejects-file" })
  expect(await readTargetRows(home.local.sql)).toEqual(expected)

  const again = await migrate("replay", "repaired.jsonl")
  expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(again.report?.counts.memory_items.written).toBe(0)
  expect(await readTargetRows(home.local.sql)).toEqual(expected)
})

test("what is still wrong is rejected again, and may be repaired then", async () => {
  const rejects = await rejectsOf(await migrate("--chromadb-dir", "damaged", "--no-backup"))
  await writeRejects(
    "half.jsonl",
    rejects.map((reject, index) => (index === 0 ? repaired(reject) : reject)),
  )
  const half = await migrate("replay", "half.jsonl")
  expect(half.exitCode).toBe(5)
  const left = await rejectsOf(half)
  expect(left).toHaveLength(3)
  const places = (found: JsonObject[]) =>
    found
      .map(({ source_id, place, content }) =>
        stringifyJson([source_id ?? "", place ?? "", content ?? ""]),
      )
      .sort()
  expect(places(left).every((place) => places(rejects).includes(place))).toBe(true)
  await writeRejects("rest.jsonl", left.map(repaired))
  const rest = await migrate("replay", "rest.jsonl")
  expect(rest).toMatchObject({ exitCode: 0, report: { status: "verified" } })
})

test("a row that the target refused moves after its repair; a row that is there is kept", async () => {
  await query(
    home.local.sql,
    "alter table public.memory_items add constraint no_such_title check (title <> $$refuse me$$) not valid".replace(
      "$$refuse me$$",
      `'${refused.item.title.replaceAll("'", "''")}'`,
    ),
  )
  try {
    const run = await migrate("--chromadb-dir", "whole", "--no-backup")
    const rejects = await rejectsOf(run)
    expect(rejects).toEqual([expect.objectContaining({ code: "refused_by_target" })])
    const [reject] = rejects
    if (reject === undefined || !isJsonObject(reject.content)) throw new Error("no reject")
    const content = { ...reject.content, title: "An acceptable title" }
    await writeRejects("row.jsonl", [{ ...reject, content }])
    const replay = await migrate("replay", "row.jsonl")
    expect(replay).toMatchObject({ exitCode: 0, report: { status: "verified" } })
    const find = async () =>
      (await readTargetRows(home.local.sql)).memoryItems.find(({ id }) => id === refused.item.id)
    expect(await find()).toMatchObject({
      title: "An acceptable title",
      content: refused.item.content,
      embedding_status: "present",
    })

    await writeRejects("other.jsonl", [{ ...reject, content: { ...content, title: "Another" } }])
    const other = await migrate("replay", "other.jsonl")
    expect(other.exitCode).toBe(5)
    expect(other.report?.rejects).toEqual([
      expect.objectContaining({
        code: "duplicate_id",
        reason: expect.stringContaining("--overwrite"),
      }),
    ])
    expect(await find()).toMatchObject({ title: "An acceptable title" })
    const overwritten = await migrate("replay", "other.jsonl", "--overwrite")
    expect(overwritten.exitCode).toBe(0)
    expect(await find()).toMatchObject({ title: "Another" })
  } finally {
    await query(home.local.sql, "alter table public.memory_items drop constraint no_such_title")
  }
})

test("a line that is no reject is named by its number, and nothing is moved", async () => {
  const line = '{"kind":"trace","source_id":"a","code":"no_content","reason":"r","content":{}}'
  for (const [text, number, what] of [
    [`${line}\n\n{oops\n`, 3, "no JSON"],
    [`${line}\n{"title": "an item"}\n`, 2, "kind"],
  ] as const) {
    await writeFile(join(home.path, "wrong.jsonl"), text)
    const run = await migrate("replay", "wrong.jsonl")
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(`Line ${number} of`)
    expect(run.stderr).toContain(what)
  }
  expect((await migrate("replay", "nowhere.jsonl")).exitCode).toBe(3)
  expect((await readTargetRows(home.local.sql)).traces).toEqual([])
})
