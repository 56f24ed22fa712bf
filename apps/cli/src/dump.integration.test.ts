import { cp, mkdir, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { makeBank } from "./testing/make-bank.ts"
import { runCli } from "./testing/run-cli.ts"
import { createSeededRandom } from "./testing/seeded-random.ts"
import { vectorHex } from "./testing/target-rows.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({
  seed: 17,
  memories: 300,
  workspaceIds: ["one", null],
  legacyTraces: 10,
  timezone: "UTC",
  updated: 0.1,
  deleted: 0.1,
})
const random = createSeededRandom(18)
/** Every type of metadata, and whole floats beside integers. */
const typed = Array.from({ length: 12 }, (_, number) => ({
  id: `typed "${number}" \u00e9\u{1F6A6}`,
  document: number % 3 === 0 ? "" : `line one\nline "two" ${number}\u2028`,
  metadata: {
    integer: number - 6,
    large: Number.MAX_SAFE_INTEGER - number,
    float: number + 0.5,
    tiny: 5e-324,
    yes: number % 2 === 0,
    text: "a\tb",
    __proto__x: "key",
  },
  vector: random.unitVector(8),
}))

let home: TemporaryDirectory
let source: string

beforeAll(async () => {
  home = await makeTemporaryDirectory()
  source = join(home.path, "chroma_data")
  await writeChromaBank({
    directory: source,
    collections: [
      { ...bank, syncThreshold: 120 },
      { name: "typed", space: "cosine", syncThreshold: 10_000, records: typed },
    ],
  })
})

afterAll(async () => {
  await home.remove()
})

type DumpLine = {
  tenant: string
  database: string
  collection: string
  id: string
  document: string | null
  metadata: Record<string, unknown> | null
  embedding_base64: string | null
}

async function dump(...more: string[]) {
  const run = await runCli({
    arguments: ["migrate", "dump", "--chromadb-dir", "chroma_data", ...more],
    directory: home.path,
  })
  return run
}

async function readDump(name: string): Promise<DumpLine[]> {
  const text = await readFile(join(home.path, name), "utf8")
  expect(text.endsWith("\n")).toBe(true)
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line))
}

/** What a server that is started on a copy answers. */
async function askServer(collectionName: string) {
  const copy = join(home.path, "copy")
  await cp(source, copy, { recursive: true, force: true })
  await using server = await startChromaServer({ directory: copy })
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const collection = await client.getCollection({
    name: collectionName,
    embeddingFunction: { generate: () => Promise.reject(new Error("not used")) },
  })
  return await collection.get({ limit: 1_000, include: ["documents", "metadatas", "embeddings"] })
}

test("every record of every collection, as the server itself answers", async () => {
  const before = await fingerprintDirectory(source)
  const run = await dump("--output", "all.jsonl")
  expect(run).toMatchObject({ exitCode: 0, stdout: "" })
  const lines = await readDump("all.jsonl")
  expect(run.stderr).toContain(`Wrote ${lines.length} records`)
  expect(await fingerprintDirectory(source)).toEqual(before)

  const answer = await askServer("reasoning_memories")
  const dumped = lines.filter(({ collection }) => collection === "reasoning_memories")
  expect(dumped.map(({ id }) => id)).toEqual(answer.ids)
  for (const [index, line] of dumped.entries()) {
    expect(line).toEqual({
      tenant: "default_tenant",
      database: "default_database",
      collection: "reasoning_memories",
      id: answer.ids[index],
      document: answer.documents[index],
      metadata: answer.metadatas[index],
      embedding_base64: base64(Float32Array.from(answer.embeddings[index] ?? [])),
    })
  }
  expect(dumped).toHaveLength(bank.memories.length + bank.legacyTraces.length)
})

test("types and odd characters are kept; unflushed cosine vectors are the originals", async () => {
  await dump("--output", "typed.jsonl", "--collection", "typed")
  const text = await readFile(join(home.path, "typed.jsonl"), "utf8")
  expect(text).toContain('"large":9007199254740991')
  expect(text).toContain('"float":0.5')
  const lines = await readDump("typed.jsonl")
  expect(lines).toEqual(
    typed.map(({ id, document, metadata, vector }) => ({
      tenant: "default_tenant",
      database: "default_database",
      collection: "typed",
      id,
      document,
      metadata,
      embedding_base64: base64(vector),
    })),
  )
})

function base64(vector: Float32Array): string {
  return Buffer.from(vectorHex(vector), "hex").toString("base64")
}

test("a dump that can not be made leaves no file, and says why", async () => {
  const noFolder = await dump("--output", "no/such/folder/all.jsonl")
  expect(noFolder).toMatchObject({ exitCode: 2, stdout: "" })
  expect(noFolder.stderr).toContain(join(home.path, "no/such/folder/all.jsonl"))
  expect(noFolder.stderr).not.toContain("Unexpected")

  await mkdir(join(home.path, "a-folder"))
  const isFolder = await dump("--output", "a-folder")
  expect(isFolder).toMatchObject({ exitCode: 2, stdout: "" })

  const noCollection = await dump("--output", "none.jsonl", "--collection", "nothing")
  expect(noCollection).toMatchObject({ exitCode: 3, stdout: "" })
  expect(noCollection.stderr).toContain("reasoning_memories")

  const noOutput = await dump()
  expect(noOutput.exitCode).toBe(2)
  const names = await readdir(home.path)
  expect(names.filter((name) => /none|partial|folder\./.test(name))).toEqual([])
})
