import { createServer } from "node:http"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { expectedCurrentRows } from "./testing/expected-rows.ts"
import { makeBank } from "./testing/make-bank.ts"
import { readTargetRows, sorted } from "./testing/read-target-rows.ts"
import { runMigrate } from "./testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({
  seed: 7,
  memories: 250,
  workspaceIds: ["575e6c19532fdf9a", "f53b52ad6d21cceb"],
  timezone: "UTC",
})
const expected = sorted(expectedCurrentRows({ memories: bank.memories, timezone: "UTC" }))

let server: EmbeddedHome
let home: TemporaryDirectory

beforeAll(async () => {
  server = await openEmbeddedHome()
  home = await makeTemporaryDirectory()
  await writeChromaBank({
    directory: join(home.path, "chroma_data"),
    collections: [{ ...bank, syncThreshold: 100 }],
  })
})

afterAll(async () => {
  await home.remove()
  await server.close()
})

const migrate = (environment: Record<string, string>, ...more: string[]) =>
  runMigrate({
    arguments: ["--source-timezone", "UTC", ...more],
    directory: home.path,
    environment,
  })

test("with an address and a secret key, in either variable, all arrives as over SQL", async () => {
  const run = await migrate({
    SUPABASE_URL: server.local.url,
    SUPABASE_SECRET_KEY: server.local.secretKey,
  })
  expect(run).toMatchObject({
    exitCode: 0,
    report: { status: "verified", target: { kind: "api", location: expect.any(String) } },
  })
  expect(run.report?.counts.memory_items.written).toBe(expected.memoryItems.length)
  expect(await readTargetRows(server.local.sql)).toEqual(expected)

  const again = await migrate({
    SUPABASE_URL: server.local.url,
    SUPABASE_KEY: server.local.secretKey,
  })
  expect(again).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  expect(again.report?.counts).toMatchObject({
    traces: { written: 0, unchanged: expected.traces.length },
    memory_items: { written: 0, unchanged: expected.memoryItems.length },
  })

  const overSql = await runMigrate({
    arguments: ["--chromadb-dir", join(home.path, "chroma_data"), "--source-timezone", "UTC"],
    directory: server.path,
  })
  expect(overSql.report).toMatchObject({
    status: "verified",
    target: { kind: "embedded" },
    counts: { traces: { written: 0 }, memory_items: { written: 0 } },
    verification: { target_digest: run.report?.verification?.target_digest },
  })
})

test("a publishable key is refused with the reason", async () => {
  const run = await migrate({
    SUPABASE_URL: server.local.url,
    SUPABASE_KEY: server.local.publishableKey,
  })
  expect(run).toMatchObject({ exitCode: 4, stdout: "", report: null })
  expect(run.stderr).toContain("a publishable key was given")
  expect(run.stderr).toContain("secret key")
  expect(run.stderr).not.toContain(server.local.publishableKey)
})

test("a key that the project does not know is refused", async () => {
  const key = "sb_secret_0000000000000000000000000000000000000000"
  const run = await migrate({ SUPABASE_URL: server.local.url, SUPABASE_KEY: key })
  expect(run).toMatchObject({ exitCode: 4, stdout: "" })
  expect(run.stderr).toMatch(/key/i)
  expect(run.stderr).not.toContain(key)
})

test("an address where nobody listens, and one where somebody else does", async () => {
  const nobody = await migrate({
    SUPABASE_URL: "http://127.0.0.1:9",
    SUPABASE_KEY: server.local.secretKey,
  })
  expect(nobody).toMatchObject({ exitCode: 4, stdout: "" })
  expect(nobody.stderr).toContain("127.0.0.1:9")

  const other = createServer((_request, response) => {
    response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not here</h1>")
  })
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  const address = other.address()
  const port = typeof address === "object" ? address?.port : undefined
  const wrong = await migrate({
    SUPABASE_URL: `http://127.0.0.1:${port}`,
    SUPABASE_KEY: server.local.secretKey,
  })
  await new Promise((resolve) => other.close(resolve))
  expect(wrong).toMatchObject({ exitCode: 4, stdout: "" })
  expect(wrong.stderr).toContain(`127.0.0.1:${port}`)
})

test("half of what is needed is wrong use: no key, no address, no address at all", async () => {
  const noKey = await migrate({ SUPABASE_URL: server.local.url })
  expect(noKey).toMatchObject({ exitCode: 2, stdout: "" })
  expect(noKey.stderr).toContain("SUPABASE_KEY")

  const noAddress = await migrate({ SUPABASE_KEY: server.local.secretKey })
  expect(noAddress).toMatchObject({ exitCode: 2, stdout: "" })
  expect(noAddress.stderr).toContain("SUPABASE_URL")

  const unreadable = await migrate({
    SUPABASE_URL: "my-project",
    SUPABASE_KEY: server.local.secretKey,
  })
  expect(unreadable).toMatchObject({ exitCode: 2, stdout: "" })
  expect(unreadable.stderr).toContain("https://")
})
