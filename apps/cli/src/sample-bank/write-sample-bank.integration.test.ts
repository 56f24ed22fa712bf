import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readSampleBank } from "./read-sample-bank.ts"
import { writeSampleBank } from "./write-sample-bank.ts"

let parent: string
let directory: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "reasoningbank-sample-"))
  directory = join(parent, "chroma_data")
})
afterEach(async () => {
  await rm(parent, { recursive: true, force: true })
})

test("the Chroma server answers with what the bank says", async () => {
  expect(await writeSampleBank({ directory })).toBe("written")
  const bank = await readSampleBank()
  const traces = await readFile(join(directory, "traces.json"), "utf8")
  expect(JSON.parse(traces)).toEqual(bank.legacyTraces)
  expect(traces).toMatch(/^[\0-\x7f]*$/)

  await using server = await startChromaServer({ directory })
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const collection = await client.getCollection({
    name: "reasoning_memories",
    embeddingFunction: { generate: () => Promise.reject(new Error("not used")) },
  })
  expect(collection.metadata).toEqual({ description: "ReasoningBank memory storage" })
  expect(collection.configuration.hnsw?.space).toBe("l2")
  expect(await collection.count()).toBe(bank.records.length)
  const stored = await collection.get({
    limit: bank.records.length,
    include: ["documents", "metadatas", "embeddings"],
  })
  const rows = new Map(stored.ids.map((id, index) => [id, index]))
  for (const { id, document, metadata, embedding } of bank.records) {
    const row = rows.get(id) ?? -1
    expect(stored.documents[row]).toBe(document)
    expect(stored.metadatas[row]).toEqual(metadata)
    expect(Float32Array.from(stored.embeddings[row] ?? [])).toEqual(embedding)
  }
})

test("a second call changes nothing, two at once agree, and nothing is left beside it", async () => {
  const both = await Promise.all([writeSampleBank({ directory }), writeSampleBank({ directory })])
  expect(both).toContain("written")
  const before = await stat(join(directory, "chroma.sqlite3"))
  expect(await writeSampleBank({ directory })).toBe("present")
  expect((await stat(join(directory, "chroma.sqlite3"))).mtimeMs).toBe(before.mtimeMs)
  expect(await readdir(parent)).toEqual(["chroma_data"])
})

test("other files are left alone", async () => {
  await mkdir(directory)
  await writeFile(join(directory, "notes.txt"), "mine")
  await expect(writeSampleBank({ directory })).rejects.toMatchObject({ code: "usage" })
  expect(await readdir(directory)).toEqual(["notes.txt"])
})
