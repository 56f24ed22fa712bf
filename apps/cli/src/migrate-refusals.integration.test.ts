import { execFile } from "node:child_process"
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { makeBank } from "./testing/make-bank.ts"
import { query, readTargetRows } from "./testing/read-target-rows.ts"
import { runCli, runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({ seed: 13, memories: 12, workspaceIds: ["one"], timezone: "UTC" })

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  await writeChromaBank({ directory: join(home.path, "bank"), collections: [bank] })
})

afterAll(async () => {
  await home.close()
})

const migrate = (...more: string[]) => runMigrate({ arguments: more, directory: home.path })

async function expectEmptyTarget() {
  const counts = await query(
    home.local.sql,
    `select (select count(*) from public.memory_items) as memory_items,
       (select count(*) from public.workspaces) as workspaces,
       (select count(*) from public.migration_runs) as runs`,
  )
  expect(counts).toEqual([{ memory_items: "0", workspaces: "0", runs: "0" }])
}

test.each(["py-0.4.14", "py-0.5.23"])(
  "%s, a directory of another program, is read, named and refused",
  async (name) => {
    const directory = await mkdtemp(join(home.path, "other-"))
    const archive = join(
      import.meta.dirname,
      `../../../packages/chroma/src/__fixtures__/${name}.tgz`,
    )
    await promisify(execFile)("tar", ["-xzf", archive, "-C", directory])
    const [inner = ""] = (await readdir(directory, { recursive: true })).filter((path) =>
      path.endsWith("chroma.sqlite3"),
    )
    const source = join(directory, inner, "..")
    const before = await fingerprintDirectory(source)
    const run = await migrate("--chromadb-dir", source)
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain("no ReasoningBank data")
    expect(run.stderr).toMatch(/It has \d+ collections: ".+" \(\d+ records\)/)
    expect(run.stderr).toContain("memory_data")
    expect(run.report).toMatchObject({
      status: "failed",
      error: { code: "source:not_reasoning_bank" },
    })
    expect(await fingerprintDirectory(source)).toEqual(before)
    await expectEmptyTarget()
  },
)

test("a source that is missing or no Chroma store is never an empty one", async () => {
  const noneNamed = await migrate()
  expect(noneNamed).toMatchObject({ exitCode: 3, stdout: "" })
  expect(noneNamed.stderr).toContain("--chromadb-dir")

  const missing = await migrate("--chromadb-dir", "nowhere")
  expect(missing).toMatchObject({ exitCode: 3, stdout: "" })
  expect(missing.stderr).toContain(join(home.path, "nowhere"))

  for (const [name, content] of [
    ["text", "this is a text file, and not short of characters either ".repeat(9)],
    ["nothing", ""],
  ]) {
    const directory = join(home.path, `broken-${name}`)
    await mkdir(directory)
    await writeFile(join(directory, "chroma.sqlite3"), content ?? "")
    const run = await migrate("--chromadb-dir", directory)
    expect(run).toMatchObject({ exitCode: 3, stdout: "" })
    expect(run.stderr).toContain("not an SQLite database")
    expect(await readdir(directory)).toEqual(["chroma.sqlite3"])
  }

  const folder = join(home.path, "just-a-folder")
  await mkdir(folder)
  const noStore = await migrate("--chromadb-dir", folder)
  expect(noStore).toMatchObject({ exitCode: 3, stdout: "" })
  expect(noStore.stderr).toContain("chroma.sqlite3")
  await expectEmptyTarget()
})

test("a store that really is empty is done, and said to be empty", async () => {
  const directory = join(home.path, "empty")
  await writeChromaBank({ directory, collections: [] })
  const noCollection = await migrate("--chromadb-dir", directory)
  expect(noCollection).toMatchObject({ exitCode: 0, report: { status: "empty" } })
  expect(noCollection.stdout).toContain("empty")

  await writeChromaBank({ directory, collections: [{ records: [] }] })
  const noRecord = await migrate("--chromadb-dir", directory)
  expect(noRecord).toMatchObject({ exitCode: 0, report: { status: "empty" } })
  await expectEmptyTarget()
})

test("a collection that is not there is named, with those that are", async () => {
  const run = await migrate("--chromadb-dir", "bank", "--collection", "reasoning_memory")
  expect(run.exitCode).toBe(3)
  expect(run.stderr).toContain('"reasoning_memory"')
  expect(run.stderr).toContain('"reasoning_memories"')
})

test.each([
  [["--frobnicate"], "--frobnicate"],
  [["--batch-size", "0"], "1 to"],
  [["--batch-size", "many"], "1 to"],
  [["--source-timezone", "Mars/Olympus"], "IANA"],
  [["--workspace", ""], "--workspace"],
  [["--workspace", "w".repeat(2_049)], "2048 bytes"],
  [["surplus"], "surplus"],
  [["--chroma-url", "http://127.0.0.1:1", "--chromadb-dir", "bank"], "one source"],
  [["--chromadb-dir"], "--chromadb-dir"],
])("wrong use %j is exit 2 and named", async (wrong, named) => {
  const run = await runCli({ arguments: ["migrate", ...wrong], directory: home.path })
  expect(run).toMatchObject({ exitCode: 2, stdout: "" })
  expect(run.stderr).toContain(named)
})

test("a log level nobody knows is wrong use too", async () => {
  const run = await runCli({
    arguments: ["migrate", "--chromadb-dir", "bank"],
    directory: home.path,
    environment: { LOG_LEVEL: "loud" },
  })
  expect(run).toMatchObject({ exitCode: 2, stdout: "" })
  expect(run.stderr).toContain("LOG_LEVEL")
})

test("a report that can not be written is said before anything is moved", async () => {
  const run = await runCli({
    arguments: ["migrate", "--chromadb-dir", "bank", "--report", "no/such/folder/report.json"],
    directory: home.path,
  })
  expect(run.exitCode).toBe(2)
  expect(run.stderr).toContain(join(home.path, "no/such/folder/report.json"))
  await expectEmptyTarget()
})

test("no file is ever written into the source, or over the traces file", async () => {
  const source = join(home.path, "bank")
  const before = await fingerprintDirectory(source)
  await symlink(source, join(home.path, "link"))
  await writeFile(join(home.path, "traces.json"), "[]")
  for (const words of [
    ["--chromadb-dir", "bank", "--report", "bank/chroma.sqlite3"],
    ["--chromadb-dir", "bank", "--report", "link/report.json"],
    ["--chromadb-dir", "bank", "--traces-file", "traces.json", "--report", "traces.json"],
    ["dump", "--chromadb-dir", "link", "--output", "bank/chroma.sqlite3"],
  ]) {
    const run = await runCli({ arguments: ["migrate", ...words], directory: home.path })
    expect(run).toMatchObject({ exitCode: 2, stdout: "" })
    expect(run.stderr).toContain("only read")
  }
  const inside = await runCli({ arguments: ["migrate", "--chromadb-dir", "."], directory: source })
  expect(inside).toMatchObject({ exitCode: 2, stdout: "" })
  expect(await fingerprintDirectory(source)).toEqual(before)
  expect(await readFile(join(home.path, "traces.json"), "utf8")).toBe("[]")
  await expectEmptyTarget()
})

test.each(["", "Foo/Bar"])("the machine's zone is UTC where TZ is %j", async (zone) => {
  const run = await runCli({
    arguments: ["migrate", "--chromadb-dir", "bank", "--dry-run"],
    directory: home.path,
    environment: { TZ: zone },
  })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toContain("are read in UTC")
})

test("a second run that would read times in another zone is refused, and changes nothing", async () => {
  const run = await migrate("--chromadb-dir", "bank", "--source-timezone", "Europe/Berlin")
  expect(run).toMatchObject({ exitCode: 0, report: { status: "verified" } })
  const rows = await readTargetRows(home.local.sql)

  const other = await migrate(
    ...["--chromadb-dir", "bank", "--source-timezone", "UTC", "--overwrite", "--json"],
  )
  expect(other).toMatchObject({
    exitCode: 8,
    report: { status: "failed", error: { code: "run:refused" } },
  })
  expect(other.stderr).toContain("--source-timezone Europe/Berlin")
  const lastLine = other.stdout.trimEnd().split("\n").at(-1) ?? ""
  expect(JSON.parse(lastLine)).toEqual({ event: "report", report: other.report })
  expect(await readTargetRows(home.local.sql)).toEqual(rows)
  const runs = await query(home.local.sql, "select id from public.migration_runs")
  expect(runs).toEqual([{ id: run.report?.run_id }])
})
