import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { type EmbeddedHome, openEmbeddedHome } from "./testing/embedded-home.ts"
import { fingerprintDirectory } from "./testing/fingerprint-directory.ts"
import { makeBank } from "./testing/make-bank.ts"
import { runCli, runMigrate } from "./testing/run-cli.ts"
import { writeChromaBank } from "./testing/write-chroma-bank.ts"

const bank = makeBank({ seed: 81, memories: 30, workspaceIds: ["one", null], timezone: "UTC" })

let home: EmbeddedHome

beforeAll(async () => {
  home = await openEmbeddedHome()
  await writeChromaBank({ directory: join(home.path, "bank"), collections: [bank] })
  await writeChromaBank({ directory: join(home.path, "empty"), collections: [] })
})

afterEach(async () => {
  for (const name of await archives()) await rm(join(home.path, name))
  await home.reset()
})

afterAll(() => home.close())

const archives = async () =>
  (await readdir(home.path)).filter((name) => /^\.?chroma_backup/.test(name))
const migrate = (...words: string[]) =>
  runMigrate({ arguments: [...words, "--source-timezone", "UTC"], directory: home.path })
const run = (...words: string[]) =>
  runCli({ arguments: ["migrate", ...words], directory: home.path })

test("a migration backs its source up once, and what is restored migrates to the same rows", async () => {
  const before = await fingerprintDirectory(join(home.path, "bank"))
  const first = await migrate("--chromadb-dir", "bank")
  expect(first.exitCode).toBe(0)
  const [archive = ""] = await archives()
  expect(archive).toMatch(/^chroma_backup_\d{8}\.tar\.gz$/)
  expect(first.stdout).toContain(`Backup of the source: ${join(home.path, archive)} (`)

  const second = await migrate("--chromadb-dir", "bank")
  expect(second.exitCode).toBe(0)
  expect(second.stdout).toContain("unchanged since its backup")
  expect(await archives()).toEqual([archive])
  expect(await fingerprintDirectory(join(home.path, "bank"))).toEqual(before)

  const restore = await run("restore", archive, "restored")
  expect(restore).toMatchObject({ exitCode: 0, stderr: "" })
  expect(restore.stdout).toContain("Restored 30 records in 1 collection")
  const again = await migrate("--chromadb-dir", "restored")
  expect(again.report).toMatchObject({
    status: "verified",
    counts: { memory_items: { read: 30, written: 0, unchanged: 30 } },
    verification: { source_digest: first.report?.verification?.source_digest },
  })
  const refused = await run("restore", archive, "restored")
  expect(refused.exitCode).toBe(8)
  expect(refused.stderr).toContain("is not empty")
})

test("nothing is backed up when nothing is written, or when it is not wanted", async () => {
  for (const words of [
    ["--chromadb-dir", "bank", "--dry-run"],
    ["--chromadb-dir", "empty"],
    ["--chromadb-dir", "bank", "--no-backup"],
  ]) {
    expect((await migrate(...words)).exitCode).toBe(0)
    expect(await archives()).toEqual([])
  }
})

test("without room for its backup a migration is refused, and nothing is written", async () => {
  const refused = await migrate("--chromadb-dir", "bank", "--backup-dir", "bank/inside")
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain("into the source")

  const blocked = await migrate("--chromadb-dir", "bank", "--backup-dir", "/dev/null/nowhere")
  expect(blocked.exitCode).toBe(8)
  expect(blocked.stderr).toContain("--no-backup")
  const counts = await home.local.sql.transaction([
    { sql: "select count(*) from public.memory_items" },
  ])
  expect(counts[0]).toEqual([{ count: "0" }])
})

test("the command archives, into a file of any name, and never over another one", async () => {
  const first = await run("backup", "--chromadb-dir", "bank")
  expect(first).toMatchObject({ exitCode: 0, stderr: "" })
  expect(first.stdout).toContain("30 records in 1 collection")
  const named = ["backup", "--chromadb-dir", "bank", "--output", "chroma_backup_mine.tgz"]
  expect((await run(...named)).exitCode).toBe(0)
  expect((await run(...named)).stdout).toContain("chroma_backup_mine_2.tgz")
  expect(await archives()).toHaveLength(3)

  const missing = await run("backup", "--chromadb-dir", "nowhere")
  expect(missing.exitCode).toBe(3)
  expect(missing.stderr).toContain("no Chroma directory")
})
