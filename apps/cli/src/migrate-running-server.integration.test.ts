import { cp } from "node:fs/promises"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { makeBank } from "./testing/make-bank.ts"
import { readTargetRows, sorted } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const timezone = "Europe/Berlin"
const bank = makeBank({
  seed: 19,
  memories: 200,
  workspaceIds: ["one", null],
  timezone,
  updated: 0.1,
  deleted: 0.1,
})
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone }))

let home: EmbeddedHome
let source: string

beforeAll(async () => {
  home = await openEmbeddedHome()
  source = join(home.path, "bank")
  await writeChromaBank({ directory: source, collections: [{ ...bank, syncThreshold: 80 }] })
})

afterAll(async () => {
  await home.close()
})

const migrate = (environment: Record<string, string>, ...more: string[]) =>
  runMigrate({
    arguments: ["--source-timezone", timezone, ...more],
    directory: home.path,
    environment,
  })

test("a running server gives the same rows as its directory, and gets no new collection", async () => {
  const copy = join(home.path, "served")
  await cp(source, copy, { recursive: true })
  await using server = await startChromaServer({ directory: copy })

  const run = await migrate({ CHROMA_URL: server.url })
  expect(run).toMatchObject({
    exitCode: 0,
    stderr: "",
    report: { status: "verified", source: { kind: "chroma-server" } },
  })
  expect(await readTargetRows(home.local.sql)).toEqual(expected)
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const names = await client.listCollections()
  expect(names.map(({ name }) => name)).toEqual(["reasoning_memories"])

  const ofDirectory = await migrate({ REASONING_BANK_DATA: "bank" })
  expect(ofDirectory).toMatchObject({
    exitCode: 0,
    report: {
      status: "verified",
      source: { kind: "chroma-directory", identity: run.report?.source.identity },
      counts: { traces: { written: 0 }, memory_items: { written: 0 } },
      verification: { target_digest: run.report?.verification?.target_digest },
    },
  })
})

test("a server that is not there is exit 3 with its address", async () => {
  const run = await migrate({}, "--chroma-url", "http://127.0.0.1:9")
  expect(run).toMatchObject({ exitCode: 3, stdout: "" })
  expect(run.stderr).toContain("127.0.0.1:9")
})
