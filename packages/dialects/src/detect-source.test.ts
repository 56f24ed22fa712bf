import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { detectSource } from "./detect-source.ts"
import { openDialectSource } from "./open-dialect-source.ts"
import {
  writeAgenticFlowBank,
  writeGoogleBank,
  writeHanw39Bank,
  writeLa3dBank,
} from "./testing/write-banks.ts"

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "reasoningbank-dialects-"))
  await writeGoogleBank(join(directory, "google"))
  await writeHanw39Bank(join(directory, "hanw39"))
  await writeAgenticFlowBank(join(directory, "flow/.swarm/memory.db"))
})
afterAll(() => rm(directory, { recursive: true }))

test.each([
  ["google", "google", ["json-lines"]],
  ["hanw39", "hanw39", ["json-object", "json-object"]],
  ["flow", "agentic-flow", ["sqlite"]],
  ["flow/.swarm/memory.db", "agentic-flow", ["sqlite"]],
])("%s is read as %s", async (path, dialect, containers) => {
  const found = await detectSource({ path: join(directory, path) })
  expect(found.dialect).toBe(dialect)
  expect(found.files.map(({ container }) => container)).toEqual(containers)
})

test("a broken first line hides nothing, an empty file and rejects are named", async () => {
  const file = join(directory, "broken.jsonl")
  await writeFile(file, '{"task_id": \n{"task_id": "1", "query": "q", "memory_items": []}\n')
  expect((await detectSource({ path: file })).dialect).toBe("google")
  await writeFile(file, "")
  await expect(detectSource({ path: file })).rejects.toThrow("broken.jsonl: empty")
  await writeFile(file, '{"kind":"trace","source_id":"1","code":"c","reason":"r","content":{}}\n')
  await expect(detectSource({ path: file })).rejects.toThrow("pnpm migrate replay")
})

test("a page of an SQLite file that is damaged ends the reading with words", async () => {
  const file = join(directory, "damaged/memory.db")
  await writeLa3dBank(file)
  const bytes = await readFile(file)
  const at = bytes.indexOf("Describe the class before any query.")
  const page = Math.floor(at / 4096) * 4096
  bytes.fill(0xff, page, page + 4096)
  await writeFile(file, bytes)
  const found = await detectSource({ path: file })
  if (found.dialect !== "la3d") throw new Error(found.dialect)
  const read = async () => {
    const source = await openDialectSource({ ...found, dialect: "la3d" })
    try {
      for (const collection of await source.collections()) {
        for await (const _ of source.records(collection, { embeddings: true }));
      }
    } finally {
      await source.close()
    }
  }
  await expect(read()).rejects.toMatchObject({ code: "source:sqlite" })
})

test("a source keeps its identity while it grows, and says that it did", async () => {
  const path = join(directory, "google")
  const open = async () => {
    const found = await detectSource({ path, dialect: "google" })
    if (found.dialect !== "google") throw new Error(found.dialect)
    return openDialectSource({ ...found, dialect: found.dialect })
  }
  const before = await open()
  const [collection] = await before.collections()
  await before.assertUnchanged()
  const file = join(path, "memories_reasoningbank/reddit.jsonl")
  await writeFile(file, '{"task_id": "1", "query": "q", "memory_items": []}\n')
  await expect(before.assertUnchanged()).rejects.toMatchObject({ code: "source:changed" })
  const [grown] = await (await open()).collections()
  expect(grown?.id).toBe(collection?.id)
  expect(grown?.recordCount).toBe(1)
})
