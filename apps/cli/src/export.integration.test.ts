import { cp, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createChromaBackend, formatDumpLine, openChromaDirectory } from "@reasoningbank/chroma"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { isJsonObject, type JsonValue, parseJson, pythonJson } from "@reasoningbank/core"
import { createHashedWordsEmbedder } from "@reasoningbank/core/testing"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { tracesJson } from "./testing/legacy-bank.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query } from "./testing/read-target-rows.ts"
import { runCli, runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "America/New_York"
const bank = makeBank({
  ...{ seed: 91, memories: 120, legacyTraces: 25, timezone },
  workspaceIds: ["575e6c19532fdf9a", null, "a, (odd) \"workspace\" 'id'"],
})

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  await writeChromaBank({
    directory: join(home.path, "bank"),
    collections: [{ ...bank, syncThreshold: 60 }],
  })
  await writeFile(join(home.path, "bank/traces.json"), tracesJson(bank.legacyTraces))
  const first = await migrate("--chromadb-dir", "bank", "--source-timezone", timezone)
  expect(first.exitCode).toBe(0)
  await query(
    home.local.sql,
    `update public.memory_items set
       title = 'Edited here', content_embedding = null, embedding_status = 'missing', embedding_model = null,
       extras = '{"n": 1, "f": 1.0, "big": 12345678901234567890, "__proto__": {"x": [1e300]}}'
     where id = (select id from public.memory_items where content_embedding is not null order by id limit 1)`,
  )
  await query(
    home.local.sql,
    `update public.memory_items set source_embedding = '\\x0000c07f000080bf', embedding_status = 'other_dimension',
       content_embedding = null
     where id = (select id from public.memory_items where content_embedding is not null order by id limit 1)`,
  )
})

afterAll(() => home.close())

const migrate = (...words: string[]) =>
  runMigrate({ arguments: [...words, "--no-backup"], directory: home.path })
const run = (words: string[], environment: Record<string, string> = {}) =>
  runCli({ arguments: ["migrate", ...words], directory: home.path, environment })

/** Every row and link, exactly, but what says who wrote it when. */
async function readAll() {
  const left = "array['migration_run_id', 'inserted_at', 'updated_at', 'migrated_digest']"
  return {
    traces: await query(
      home.local.sql,
      `select (to_jsonb(t) - ${left})::text as row from public.reasoning_traces as t order by workspace_id, id`,
    ),
    memoryItems: await query(
      home.local.sql,
      `select (to_jsonb(t) - ${left})::text as row from public.memory_items as t order by workspace_id, id`,
    ),
    links: await query(
      home.local.sql,
      "select to_jsonb(l)::text as row from public.lineage_links as l order by 1",
    ),
  }
}

async function expectSameRowsFrom(source: string[]) {
  const before = await readAll()
  expect(before.memoryItems.length).toBeGreaterThan(120)
  await home.reset()
  const again = await migrate(...source, "--source-timezone", timezone)
  expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(await readAll()).toEqual(before)
}

test("what goes to files comes back as the same rows, edits and odd values included", async () => {
  const exported = await run(["export", "--output", "files"])
  expect(exported).toMatchObject({ exitCode: 0, stderr: "" })
  expect(exported.stdout).toContain("of 3 workspaces")
  expect((await readdir(join(home.path, "files"))).sort()).toEqual([
    "manifest.json",
    "reasoning_memories.f32",
    "reasoning_memories.jsonl",
    "reasoning_memories_traces.f32",
    "reasoning_memories_traces.jsonl",
  ])
  await expectSameRowsFrom(["--export", "files"])
  const refused = await run(["export", "--output", "files"])
  expect(refused.exitCode).toBe(8)

  const second = await run(["export", "--output", "again"])
  expect(second.exitCode).toBe(0)
  for (const name of await readdir(join(home.path, "files"))) {
    if (name === "manifest.json") continue
    const [one, other] = ["files", "again"].map((folder) => join(home.path, folder, name))
    expect(await readFile(one ?? "")).toEqual(await readFile(other ?? ""))
  }
})

test("over the API, with few rows an answer, it is the same export", async () => {
  const environment = {
    SUPABASE_URL: home.local.url,
    SUPABASE_SECRET_KEY: home.local.secretKey,
  }
  const exported = await run(["export", "--output", "by-api"], environment)
  expect(exported).toMatchObject({ exitCode: 0, stderr: "" })
  const name = "reasoning_memories.jsonl"
  expect(await readFile(join(home.path, "by-api", name), "utf8")).toBe(
    await readFile(join(home.path, "files", name), "utf8"),
  )
})

test("files that were changed are refused", async () => {
  await cp(join(home.path, "files"), join(home.path, "changed"), { recursive: true })
  const file = join(home.path, "changed/reasoning_memories.f32")
  const bytes = await readFile(file)
  bytes[1_000] = (bytes[1_000] ?? 0) ^ 1
  await writeFile(file, bytes)
  const changed = await migrate("--export", "changed")
  expect(changed.exitCode).toBe(3)
  expect(changed.stderr).toContain("checksum")
})

test("one workspace alone, and one that is not there", async () => {
  const one = await run(["export", "--output", "one", "--workspace", "575e6c19532fdf9a"])
  expect(one.exitCode).toBe(0)
  expect(one.stdout).toContain("of 1 workspace ")
  const none = await run(["export", "--output", "none", "--workspace", "nobody's"])
  expect(none.exitCode).toBe(2)
  const both = await run(["export"])
  expect(both.exitCode).toBe(2)
})

test("records of the original program come back bit by bit: ids, documents, metadata with types, vectors", async () => {
  await home.reset()
  await query(home.local.sql, "truncate public.workspaces cascade")
  const plain = makeBank({
    ...{ seed: 92, memories: 150, timezone, updated: 0.1, deleted: 0.1 },
    workspaceIds: ["575e6c19532fdf9a", null, "f53b52ad6d21cceb"],
  })
  const bare = plain.records[0]
  if (bare === undefined) throw new Error("the bank is empty")
  const odd = {
    ...bare,
    id: "an id of another form",
    document: "another document than its texts",
    metadata: {
      ...bare.metadata,
      trace_id: "trace 7",
      count: 9_007_199_254_740_991,
      ratio: 0.5,
      flag: false,
    },
  }
  await writeChromaBank({
    directory: join(home.path, "plain"),
    collections: [{ ...plain, records: [...plain.records, odd], syncThreshold: 60 }],
  })
  const moved = await migrate("--chromadb-dir", "plain", "--source-timezone", timezone)
  expect(moved).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  const server = await startChromaServer({ directory: join(home.path, "back") })
  try {
    const exported = await run(["export", "--to-chroma-url", server.url])
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" })
    expect(exported.stdout).toContain(`--source-timezone ${timezone}`)
  } finally {
    await server.stop()
  }
  const [original, back] = [await readRecords("plain"), await readRecords("back")]
  expect(original.length).toBe(plain.memories.length + 1)
  expect(back.length).toBe(original.length)
  expect(back.filter((line, at) => line !== original[at])).toEqual([])
})

/** The text as it is but for the order of keys in a context, which Postgres does not keep. */
function withSortedContext(text: JsonValue | undefined): JsonValue {
  const item = typeof text === "string" ? parseJson(text) : null
  if (!isJsonObject(item)) return text ?? null
  const context = item.error_context
  if (isJsonObject(context)) item.error_context = Object.fromEntries(Object.entries(context).sort())
  return pythonJson(item)
}

/** Every record of a directory as one exact text, in the order of their ids. */
async function readRecords(directory: string): Promise<string[]> {
  const source = await openChromaDirectory({ directory: join(home.path, directory) })
  try {
    const lines: string[] = []
    for (const collection of await source.collections()) {
      for await (const page of source.records(collection, { embeddings: true })) {
        for (const record of page) {
          const metadata = Object.fromEntries(Object.entries(record.metadata ?? {}).sort())
          metadata.memory_data = withSortedContext(metadata.memory_data)
          const place = { tenant: "", database: "", collection: collection.name }
          lines.push(formatDumpLine({ ...place, record: { ...record, metadata } }))
        }
      }
    }
    return lines.sort()
  } finally {
    await source.close()
  }
}

test("what goes to a Chroma server comes back as the same rows, and our backend reads it", async () => {
  const directory = join(home.path, "chroma")
  const server = await startChromaServer({ directory })
  try {
    const words = ["export", "--to-chroma-url", server.url]
    const exported = await run(words)
    expect(exported).toMatchObject({ exitCode: 0, stderr: "" })
    expect(exported.stdout).toContain("bit by bit")
    const refused = await run(words)
    expect(refused.exitCode).toBe(8)
    expect(refused.stderr).toContain("--collection")
    const embedder = createHashedWordsEmbedder()
    const backend = await createChromaBackend({ url: server.url, embedder })
    const [row] = await query(
      home.local.sql,
      "select id, title, trace_id from public.memory_items where workspace_id = '575e6c19532fdf9a' limit 1",
    )
    const workspaceId = "575e6c19532fdf9a"
    const trace = await backend.getTrace({ workspaceId, id: row?.trace_id ?? "" })
    expect(trace?.memoryItems.find(({ id }) => id === row?.id)?.title).toBe(row?.title)
    await backend.close()
    await expectSameRowsFrom(["--chroma-url", server.url])
  } finally {
    await server.stop()
  }
  await expectSameRowsFrom(["--chromadb-dir", "chroma"])
})
