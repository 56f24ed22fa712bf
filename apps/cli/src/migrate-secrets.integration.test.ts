import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { makeBank } from "./testing/make-bank.ts"
import { withPostgres } from "./testing/open-postgres.ts"
import { query } from "./testing/read-target-rows.ts"
import { runCli } from "./testing/run-cli.ts"
import { searchCommandLines } from "./testing/search-command-lines.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({ seed: 16, memories: 20, workspaceIds: ["one"], timezone: "UTC" })
const foreign = { id: "note", document: "A note.", metadata: { page: 1 }, vector: bankVector() }

function bankVector(): Float32Array {
  return Float32Array.from({ length: 384 }, (_, index) => index)
}

let sources: TemporaryDirectory
let source: string

beforeAll(async () => {
  sources = await makeTemporaryDirectory()
  source = join(sources.path, "chroma_data")
  const records = [...bank.records, foreign]
  await writeChromaBank({ directory: source, collections: [{ records }] })
})

afterAll(async () => {
  await sources.remove()
})

/** Runs the command, at the most talkative level, and searches everything it leaves for the secrets. */
async function runAndSearch({
  arguments: more = [],
  environment = {},
  dotEnv,
  secrets,
  areInArguments = false,
}: {
  arguments?: string[]
  environment?: Record<string, string>
  dotEnv?: string
  secrets: string[]
  areInArguments?: boolean
}) {
  const directory = join(sources.path, crypto.randomUUID())
  await mkdir(directory)
  if (dotEnv !== undefined) await writeFile(join(directory, ".env"), dotEnv)
  const search = existsSync("/proc/self/cmdline") ? searchCommandLines(secrets) : null
  const run = await runCli({
    arguments: ["migrate", "--chromadb-dir", source, "--report", "report.json", ...more],
    directory,
    environment: { LOG_LEVEL: "trace", ...environment },
  })
  const lines = await search?.stop()
  if (lines !== undefined) {
    expect(lines.seen.some((line) => line.includes(directory) || line.includes(source))).toBe(true)
    if (!areInArguments) expect(lines.found).toEqual([])
  }

  const files = (await readdir(directory)).filter((name) => !name.startsWith("."))
  expect(files).toContain("migration.log")
  const texts = await Promise.all(
    files.map(async (name) => [name, await readFile(join(directory, name), "utf8")]),
  )
  for (const [name, text] of [["stdout", run.stdout], ["stderr", run.stderr], ...texts]) {
    const leaked = secrets.filter((secret) => text?.includes(secret))
    expect({ name, leaked }).toEqual({ name, leaked: [] })
  }
  return { ...run, files }
}

describeWithNativePostgres("a database password", {}, ({ createDatabase }) => {
  const password = "pa$$ w0rd/with@odd#signs"
  const secrets = [password, encodeURIComponent(password)]
  let database: URL

  beforeAll(async () => {
    database = new URL(await createDatabase())
    const user = `secretive_${crypto.randomUUID().slice(0, 8)}`
    await withPostgres(database.href, (sql) =>
      query(sql, `create role ${user} superuser login password '${password}'`),
    )
    database.username = user
    database.password = encodeURIComponent(password)
  })

  test("is seen nowhere when all goes well", async () => {
    const run = await runAndSearch({
      environment: { DATABASE_URL: database.href },
      arguments: ["--yes"],
      secrets,
    })
    expect(run).toMatchObject({ exitCode: 5, stderr: expect.stringContaining("Applied") })
    expect(run.files).toEqual(
      expect.arrayContaining(["report.json", expect.stringMatching(/^migration-rejects-/)]),
    )
  })

  test("is seen nowhere when it does not, and in .env or an option neither", async () => {
    const refused = await runAndSearch({
      environment: { DATABASE_URL: database.href.replace("w0rd", "word") },
      secrets: secrets.map((secret) => secret.replace("w0rd", "word")),
    })
    expect(refused.exitCode).toBe(4)
    expect(refused.stderr).toContain("password")

    const nobody = new URL(database)
    nobody.port = "9"
    const unreachable = await runAndSearch({ dotEnv: `DATABASE_URL=${nobody.href}\n`, secrets })
    expect(unreachable.exitCode).toBe(4)
    expect(unreachable.stderr).toContain("127.0.0.1:9")

    const missing = new URL(database)
    missing.pathname = "/no_such_database"
    const option = await runAndSearch({
      arguments: ["--database-url", missing.href],
      secrets,
      areInArguments: true,
    })
    expect(option.exitCode).toBe(4)
    expect(option.stderr).toContain("no_such_database")

    const unreadable = await runAndSearch({
      environment: { DATABASE_URL: database.href.replace("postgres", "mysql") },
      secrets,
    })
    expect(unreadable.exitCode).toBe(2)
  })
})

describe("the keys of a project", () => {
  let home: EmbeddedHome

  beforeAll(async () => {
    home = await openEmbeddedHome()
    return () => home.close()
  })

  test("are seen nowhere, whether they are taken or not", async () => {
    const { url, secretKey, publishableKey } = home.local
    const secrets = [secretKey, publishableKey]
    const taken = await runAndSearch({
      dotEnv: `SUPABASE_URL=${url}\nSUPABASE_KEY="${secretKey}"\n`,
      secrets,
    })
    expect(taken.exitCode).toBe(5)

    const refused = await runAndSearch({
      environment: { SUPABASE_URL: url, SUPABASE_KEY: publishableKey },
      secrets,
    })
    expect(refused.exitCode).toBe(4)

    const unknown = `sb_secret_${"k".repeat(32)}`
    const option = await runAndSearch({
      arguments: ["--supabase-url", url, "--supabase-key", unknown],
      secrets: [unknown],
      areInArguments: true,
    })
    expect(option.exitCode).toBe(4)
  })

  test("of the embedded Supabase lie in its folder only, readable by their owner alone", async () => {
    const { secretKey, publishableKey } = home.local
    const search = existsSync("/proc/self/cmdline")
      ? searchCommandLines([secretKey, publishableKey])
      : null
    const run = await runCli({
      arguments: ["migrate", "--chromadb-dir", source],
      directory: home.path,
      environment: { LOG_LEVEL: "trace" },
    })
    const lines = await search?.stop()
    expect(lines?.found ?? []).toEqual([])
    expect(run.exitCode).toBe(5)
    const log = await readFile(join(home.path, "migration.log"), "utf8")
    for (const text of [run.stdout, run.stderr, log]) {
      expect(text).not.toContain(secretKey)
      expect(text).not.toContain(publishableKey)
    }
  })
})
