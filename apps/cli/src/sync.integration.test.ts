import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query } from "./testing/read-target-rows.ts"
import { runCli, startCli } from "./testing/run-cli.ts"
import { bankCollectionName, writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({ seed: 71, memories: 40, workspaceIds: ["one"], timezone: "UTC" })
const [first, ...others] = bank.records
if (first === undefined) throw new Error("the bank is empty")

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  const collections = [{ records: others }]
  await writeChromaBank({ directory: join(home.path, "bank"), collections })
})

afterEach(() => home.reset())
afterAll(() => home.close())

const count = async (table: string) => {
  const [row] = await query(home.local.sql, `select count(*) as count from public.${table}`)
  return Number(row?.count)
}
/** A figure that is still the same after several looks of a watch. */
async function settled(read: () => Promise<number>): Promise<number> {
  for (let before = await read(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const now = await read()
    if (now === before) return now
    before = now
  }
}
const run = (words: string[], environment: Record<string, string> = {}) =>
  runCli({ arguments: ["migrate", ...words], directory: home.path, environment })

test("a watch moves what is added while it looks, reads nothing when nothing changed, and ends when told", async () => {
  const directory = join(home.path, "bank")
  const server = await startChromaServer({ directory })
  try {
    const watch = startCli({
      arguments: ["migrate", "sync", "--chromadb-dir", "bank", "--watch", "0.3"],
      directory: home.path,
    })
    await watch.printed(/Watching/)
    expect(await count("memory_items")).toBe(others.length)
    const runs = await count("migration_runs")

    const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
    const collection = await client.getCollection({ name: bankCollectionName })
    await collection.add({
      ids: [first.id],
      embeddings: [Array.from(first.vector)],
      metadatas: [first.metadata ?? {}],
      documents: [first.document ?? ""],
    })
    await watch.printed(/Z {2}\d+ rows? written, verified\.\n/)
    expect(await count("memory_items")).toBe(bank.records.length)
    const afterwards = await settled(() => count("migration_runs"))
    expect(afterwards).toBeGreaterThan(runs)

    watch.process.kill("SIGINT")
    const ended = await watch.finished
    expect(ended.exitCode).toBe(0)
    expect(ended.stdout).toContain("Stopped.")
  } finally {
    await server.stop()
  }
})

test("a sync without a watch is one pass, and makes no backup", async () => {
  const once = await run(["sync", "--chromadb-dir", "bank"])
  expect(once.exitCode).toBe(0)
  expect(once.stdout).not.toContain("Backup")
  expect(once.stdout).toContain("Verified equal")
  const wrong = await run(["sync", "--chromadb-dir", "bank", "--watch", "0"])
  expect(wrong.exitCode).toBe(2)
})

test("a cut-over asks first, then waits, moves, verifies and names the new environment without a secret", async () => {
  const refused = await run(["cutover", "--chromadb-dir", "bank"])
  expect(refused.exitCode).toBe(8)
  expect(refused.stderr).toContain("--yes")
  expect(await count("migration_runs")).toBe(0)

  const words = ["cutover", "--chromadb-dir", "bank", "--yes", "--quiet", "0.2"]
  const embedded = await run(words)
  expect(embedded).toMatchObject({ exitCode: 0, stderr: "" })
  expect(embedded.stdout).toContain("Backup of the source")
  expect(embedded.stdout).toContain("  STORAGE_BACKEND=local\n")

  const { url, secretKey } = home.local
  const environment = { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey }
  const hosted = await run(words, environment)
  expect(hosted).toMatchObject({ exitCode: 0, stderr: "" })
  expect(hosted.stdout).toContain(`  STORAGE_BACKEND=supabase\n  SUPABASE_URL=${url}\n`)
  expect(hosted.stdout + hosted.stderr).not.toContain(secretKey)
})

test("a source that is still written to is waited for", async () => {
  const directory = join(home.path, "bank")
  const server = await startChromaServer({ directory })
  try {
    const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
    const collection = await client.getCollection({ name: bankCollectionName })
    const cutover = startCli({
      arguments: ["migrate", "cutover", "--chromadb-dir", "bank", "--yes", "--quiet", "5"],
      directory: home.path,
    })
    let isOver = false
    void cutover.finished.then(() => {
      isOver = true
    })
    for (let number = 0; !isOver && !cutover.output.stderr.includes("still writing"); number++) {
      await collection.update({ ids: [others[0]?.id ?? ""], metadatas: [{ number }] })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const ended = await cutover.finished
    expect(ended.exitCode).toBe(0)
    expect(ended.stderr).toContain("Somebody is still writing")
    expect(ended.stdout).toContain("Cut over.")
  } finally {
    await server.stop()
  }
})
