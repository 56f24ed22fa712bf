import { cp, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import { afterAll, beforeAll, expect, test } from "vitest"
import { migrationsDirectory } from "../migrations-directory.ts"
import { expectedCurrentRows } from "../testing/expected-rows.ts"
import { makeBank } from "../testing/make-bank.ts"
import { readTargetRows, sorted } from "../testing/read-target-rows.ts"
import { runMigrate, startCli } from "../testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "../testing/temporary-directory.ts"
import { writeChromaBank } from "../testing/write-chroma-bank.ts"

const timezone = "UTC"
const own = ["--source-timezone", timezone, "--batch-size", "20", "--no-backup"]
const bank = makeBank({ seed: 45, memories: 200, workspaceIds: ["one", "two"], timezone })
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone }))

let home: TemporaryDirectory
const inHome = (...path: string[]) => join(home.path, ...path)

beforeAll(async () => {
  home = await makeTemporaryDirectory()
  await writeChromaBank({
    directory: inHome("chroma_data"),
    collections: [{ ...bank, syncThreshold: 80 }],
  })
})

afterAll(() => home.remove())

const openLocal = () =>
  connectLocalSupabase({ directory: inHome(".reasoningbank"), migrationsDirectory })

async function startCopying(more: string[]) {
  const running = startCli({
    directory: home.path,
    arguments: ["migrate", "--json", ...own, ...more],
  })
  await running.printed(/"phase":"copy"/)
  return running
}

/** Runs once more, undisturbed, and looks at every row; then nothing of the target is left. */
async function expectSameEnd(...more: string[]) {
  const run = await runMigrate({ directory: home.path, arguments: [...own, ...more] })
  expect(run).toMatchObject({
    exitCode: 0,
    report: { status: "verified", conflicts: [], rejects: [] },
  })
  const local = await openLocal()
  expect(await readTargetRows(local.sql)).toEqual(expected)
  await local.close()
  await rm(inHome(".reasoningbank"), { recursive: true, maxRetries: 20, retryDelay: 200 })
}

test("the process of the embedded database dies", async () => {
  const running = await startCopying(["--chromadb-dir", inHome("chroma_data")])
  const { pid } = JSON.parse(await readFile(inHome(".reasoningbank/server.json"), "utf8"))
  process.kill(pid, "SIGKILL")
  const { exitCode, stderr } = await running.finished
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(/again/),
  })
  await expectSameEnd("--chromadb-dir", inHome("chroma_data"))
})

test("the Chroma server dies, and comes back", async () => {
  const served = inHome("served")
  await cp(inHome("chroma_data"), served, { recursive: true })
  const server = await startChromaServer({ directory: served })
  const running = await startCopying(["--chroma-url", server.url])
  await server.kill()
  const { exitCode, stderr } = await running.finished
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining(server.url),
  })
  await using again = await startChromaServer({ directory: served, port: server.port })
  await expectSameEnd("--chroma-url", again.url)
})

test("the collection is deleted while it is read", async () => {
  const served = inHome("emptied")
  await cp(inHome("chroma_data"), served, { recursive: true })
  await using server = await startChromaServer({ directory: served })
  const running = await startCopying(["--chroma-url", server.url])
  const collections = `${server.url}/api/v2/tenants/default_tenant/databases/default_database/collections`
  const gone = await fetch(`${collections}/reasoning_memories`, { method: "DELETE" })
  expect(gone.ok).toBe(true)
  const { exitCode, stderr } = await running.finished
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/\S/) })
  await expectSameEnd("--chromadb-dir", inHome("chroma_data"))
})

test("memory runs out", async () => {
  const starved = await runMigrate({
    directory: home.path,
    environment: { NODE_OPTIONS: "--max-old-space-size=24" },
    arguments: [...own, "--chromadb-dir", inHome("chroma_data")],
  })
  expect(starved.exitCode).not.toBe(0)
  await expectSameEnd("--chromadb-dir", inHome("chroma_data"))
})

test("the machine sleeps in the middle", async () => {
  const running = await startCopying(["--chromadb-dir", inHome("chroma_data")])
  running.process.kill("SIGSTOP")
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  running.process.kill("SIGCONT")
  expect((await running.finished).exitCode).toBe(0)
  await expectSameEnd("--chromadb-dir", inHome("chroma_data"))
})
