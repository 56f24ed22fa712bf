import { spawnSync } from "node:child_process"
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { DatabaseSync } from "node:sqlite"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openSqliteFile } from "./open-sqlite-file.ts"
import { listFiles } from "./testing/list-files.ts"

let folder: string
let file: string
let temporaryDirectory: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chroma-sqlite-"))
  file = join(folder, "source", "chroma.sqlite3")
  temporaryDirectory = join(folder, "temporary")
  mkdirSync(join(folder, "source"))
  mkdirSync(temporaryDirectory)
  const database = new DatabaseSync(file)
  database.exec("create table t (n integer, filling text)")
  database.exec(
    "insert into t with recursive c(n) as (select 1 union all select n + 1 from c where n < 500) select n, hex(zeroblob(500)) from c",
  )
  database.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function readSum(): Promise<{ sum: unknown; copied: boolean }> {
  const opened = await openSqliteFile({ file, temporaryDirectory })
  try {
    return { sum: opened.database.all("select sum(n) from t")[0]?.[0], copied: opened.copied }
  } finally {
    await opened.close()
  }
}

/** A writer that dies in the middle of a transaction that no longer fits its cache. */
function killWriter(): void {
  const program = `
    const { DatabaseSync } = require("node:sqlite")
    const database = new DatabaseSync(${JSON.stringify(file)})
    database.exec("pragma cache_size = 5; begin; update t set n = n + 1000, filling = hex(zeroblob(500))")
    process.kill(process.pid, "SIGKILL")`
  spawnSync(process.execPath, ["-e", program])
}

describe("openSqliteFile", () => {
  it("reads a quiet database in place", async () => {
    const before = listFiles(folder)
    expect(await readSum()).toEqual({ sum: 125_250, copied: false })
    expect(listFiles(folder)).toEqual(before)
  })

  it("rolls a killed writer's half transaction back in a private copy", async () => {
    killWriter()
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0)
    const before = listFiles(folder)
    const opened = await openSqliteFile({ file, temporaryDirectory })
    expect(opened.copied).toBe(true)
    expect(opened.database.all("select sum(n) from t")).toEqual([[125_250]])
    const [copy = ""] = readdirSync(temporaryDirectory)
    expect(statSync(join(temporaryDirectory, copy)).mode & 0o777).toBe(0o700)
    expect(() => opened.database.all("delete from t")).toThrow(/readonly|read-only|query_only/i)
    await opened.close()
    expect(readdirSync(temporaryDirectory)).toEqual([])
    expect([...listFiles(folder)].filter(([path]) => path !== temporaryDirectory)).toEqual(
      [...before].filter(([path]) => path !== temporaryDirectory),
    )
  })

  it("reads a database in write-ahead mode from a private copy", async () => {
    const writer = new DatabaseSync(file)
    writer.exec("pragma journal_mode = wal; update t set n = n + 1")
    const kept = join(folder, "kept")
    cpSync(join(folder, "source"), kept, { recursive: true })
    writer.close()
    file = join(kept, "chroma.sqlite3")
    rmSync(`${file}-shm`)
    const before = listFiles(kept)
    expect(await readSum()).toEqual({ sum: 125_750, copied: true })
    expect(listFiles(kept)).toEqual(before)
    expect(readdirSync(temporaryDirectory)).toEqual([])
  })

  it("reads a database that nobody may write, journal and all", async () => {
    killWriter()
    for (const path of [file, `${file}-journal`]) chmodSync(path, 0o444)
    chmodSync(join(folder, "source"), 0o555)
    expect(await readSum()).toEqual({ sum: 125_250, copied: true })
    chmodSync(join(folder, "source"), 0o755)
  })

  it("finds the journal of a database behind a link", async () => {
    killWriter()
    const link = join(folder, "link.sqlite3")
    symlinkSync(file, link)
    file = link
    expect(await readSum()).toEqual({ sum: 125_250, copied: true })
  })

  it("removes the copy when that can not be opened either", async () => {
    const bytes = Buffer.alloc(8192, 7)
    bytes.write("SQLite format 3\0", "latin1")
    bytes[18] = 2
    writeFileSync(file, bytes)
    const before = listFiles(join(folder, "source"))
    await expect(readSum()).rejects.toMatchObject({ code: "source:not_sqlite" })
    expect(readdirSync(temporaryDirectory)).toEqual([])
    expect(listFiles(join(folder, "source"))).toEqual(before)
  })

  it("says so when there is no place for a copy", async () => {
    killWriter()
    temporaryDirectory = join(folder, "gone")
    await expect(readSum()).rejects.toMatchObject({ code: "usage" })
  })

  it("refuses to copy into the directory that it reads", async () => {
    killWriter()
    temporaryDirectory = join(folder, "source")
    const before = listFiles(folder)
    await expect(readSum()).rejects.toMatchObject({ code: "usage" })
    expect(listFiles(folder)).toEqual(before)
  })
})
