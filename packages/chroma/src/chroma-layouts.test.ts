import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { SourceRecord } from "@reasoningbank/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openChromaDirectory } from "./open-chroma-directory.ts"
import {
  buildChromaDatabase,
  builtIds,
  type LoggedRow,
  type StoredRecord,
} from "./testing/build-chroma-database.ts"
import { collectRecords } from "./testing/collect-records.ts"

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "chroma-layout-"))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

async function readAll(options: { strict?: boolean } = {}) {
  const source = await openChromaDirectory({ directory, ...options })
  try {
    const collections = await source.collections()
    const records: SourceRecord[] = []
    for (const collection of collections) {
      records.push(...(await collectRecords(source.records(collection, { embeddings: true }))))
    }
    return { version: source.describe().version, collections, records, warnings: source.warnings() }
  } finally {
    await source.close()
  }
}

function change(sql: string): void {
  const database = new DatabaseSync(join(directory, "chroma.sqlite3"))
  database.exec(sql)
  database.close()
}

const log: LoggedRow[] = [
  { operation: 0, id: "a", vector: [1, 2], metadata: '{"n": 1, "chroma:document": "one"}' },
  { operation: 0, id: "b", vector: [3, 4], metadata: '{"f": 1.0}' },
]
const stored: StoredRecord[] = [
  {
    id: "a",
    lastChange: 1,
    metadata: { n: ["int_value", 1], "chroma:document": ["string_value", "one"] },
  },
  { id: "b", lastChange: 2, metadata: { f: ["float_value", 1] } },
]
const both = [
  { id: "a", document: "one", metadata: { n: 1n }, embedding: Float32Array.of(1, 2) },
  { id: "b", document: null, metadata: { f: 1 }, embedding: Float32Array.of(3, 4) },
]

describe("the layouts of old and new releases", () => {
  it("reads 0.4.0: no databases, a topic, positions as bytes, no booleans", async () => {
    buildChromaDatabase({ directory, layout: "0.4.0", stored, log, metadataPosition: 2 })
    const { version, collections, records, warnings } = await readAll({ strict: true })
    expect(version).toContain("0.4.0 to 0.4.3")
    expect(collections).toEqual([
      {
        tenant: "default_tenant",
        database: "default_database",
        name: "built",
        id: builtIds.collection,
        dimension: 2,
        space: "l2",
        recordCount: 2,
      },
    ])
    expect(records).toEqual(both)
    expect(warnings).toEqual([])
  })

  it("reads 1.5: arrays, booleans, 64-bit integers, keys that are names of other things", async () => {
    const metadata: StoredRecord["metadata"] = {
      "chroma:document": ["string_value", ""],
      "chroma:uri": ["string_value", "file:///x"],
      big: ["int_value", 9223372036854775807n],
      yes: ["bool_value", 1],
      names: ["string_value", "z", "a", "m"],
      counts: ["int_value", 3, 1, 2],
      flags: ["bool_value", 1, 0],
      shares: ["float_value", 1, 0.5],
    }
    const [first, second] = stored
    if (first === undefined || second === undefined) throw new Error("no records")
    buildChromaDatabase({
      directory,
      layout: "1.5",
      stored: [{ ...first, metadata }, second],
      log,
      metadataPosition: 2,
    })
    change(
      "insert into embedding_metadata (id, key, string_value) values (2, '__proto__', 'p'), (2, 'constructor', 'c')",
    )
    const { version, records } = await readAll({ strict: true })
    expect(version).toContain("1.5.0 or later")
    expect(records[0]).toMatchObject({ id: "a", document: "" })
    expect(Object.entries(records[0]?.metadata ?? {}).sort()).toEqual([
      ["big", 9223372036854775807n],
      ["chroma:uri", "file:///x"],
      ["counts", [3n, 1n, 2n]],
      ["flags", [true, false]],
      ["names", ["z", "a", "m"]],
      ["shares", [1, 0.5]],
      ["yes", true],
    ])
    expect(Object.getPrototypeOf(records[1]?.metadata)).toBeNull()
    expect(Object.entries(records[1]?.metadata ?? {})).toEqual([
      ["__proto__", "p"],
      ["constructor", "c"],
      ["f", 1],
    ])
  })

  it("completes from the log what a killed writer did not finish", async () => {
    const rest: LoggedRow[] = [
      {
        operation: 1,
        id: "a",
        vector: null,
        metadata: '{"n": null, "m": 2, "chroma:document": "two"}',
      },
      { operation: 3, id: "b", vector: null, metadata: null },
      { operation: 2, id: "c", vector: [5, 6], metadata: '{"list": ["x"]}' },
      { operation: 0, id: "b", vector: [7, 8], metadata: "{}" },
      { operation: 0, id: "c", vector: [9, 9], metadata: '{"ignored": true}' },
    ]
    buildChromaDatabase({
      directory,
      layout: "1.5",
      stored,
      log: [...log, ...rest],
      metadataPosition: 2,
    })
    const { collections, records } = await readAll({ strict: true })
    expect(collections[0]?.recordCount).toBe(3)
    expect(records).toEqual([
      { id: "a", document: "two", metadata: { m: 2n }, embedding: Float32Array.of(1, 2) },
      { id: "c", document: null, metadata: { list: ["x"] }, embedding: Float32Array.of(5, 6) },
      { id: "b", document: null, metadata: null, embedding: Float32Array.of(7, 8) },
    ])
  })

  it("warns of migrations it does not know, and reads on", async () => {
    buildChromaDatabase({ directory, layout: "1.5", stored, log, metadataPosition: 2 })
    change(
      "create table migrations (dir text, version integer); insert into migrations values ('sysdb', 99)",
    )
    const { records, warnings } = await readAll()
    expect(records).toEqual(both)
    expect(warnings).toMatchObject([{ code: "newer_layout", count: 1 }])
  })
})

describe("a directory that contradicts itself", () => {
  beforeEach(() => {
    buildChromaDatabase({ directory, layout: "1.5", stored, log, metadataPosition: 2 })
  })

  it("leaves out a vector of another length, or raises an error in strict reading", async () => {
    change("update embeddings_queue set vector = x'00000000' where id = 'b'")
    const { records, warnings } = await readAll()
    expect(records.map(({ embedding }) => embedding)).toEqual([Float32Array.of(1, 2), null])
    expect(warnings).toMatchObject([
      { code: "log_vector_unreadable", collection: "built", examples: ["b"] },
    ])
    await expect(readAll({ strict: true })).rejects.toMatchObject({
      code: "source:log_vector",
      message: expect.stringMatching(/"built".*4 bytes instead of 8/),
    })
  })

  it("gives no vector that may be another record's", async () => {
    change("update embeddings_queue set id = 'b' where seq_id = 1")
    const { records, warnings } = await readAll()
    expect(records.map(({ embedding }) => embedding)).toEqual([null, Float32Array.of(3, 4)])
    expect(warnings).toMatchObject([{ code: "vector_doubtful", count: 1, examples: ["a"] }])
  })

  it("raises an error that names the collection without its segment", async () => {
    change("delete from segments where scope = 'METADATA'")
    await expect(readAll()).rejects.toMatchObject({
      code: "source:sqlite",
      message: expect.stringContaining('"built" (default_tenant/default_database)'),
    })
  })

  it("refuses a column that its migrations say it has", async () => {
    change(
      "create table migrations (dir text, version integer); insert into migrations values ('metadb', 6)",
    )
    change("alter table embedding_metadata_array rename to embedding_metadata_arraz")
    await expect(readAll()).rejects.toMatchObject({
      code: "source:sqlite",
      message: expect.stringContaining("embedding_metadata_array"),
    })
  })

  it("does not follow a segment's name out of the directory", async () => {
    change("update segments set id = '../elsewhere' where scope = 'VECTOR'")
    const { records, warnings } = await readAll()
    expect(records).toHaveLength(2)
    expect(warnings).toMatchObject([{ code: "index_unreadable" }])
  })
})

describe("what is no Chroma directory", () => {
  const opening = () => openChromaDirectory({ directory })

  it("says what it looked for", async () => {
    await expect(opening()).rejects.toMatchObject({ code: "source:not_found" })
    const gone = openChromaDirectory({ directory: join(directory, "gone") })
    await expect(gone).rejects.toMatchObject({ code: "source:not_found" })
  })

  it("says that a directory is older than 0.4", async () => {
    writeFileSync(join(directory, "chroma-embeddings.parquet"), "PAR1")
    mkdirSync(join(directory, "index"))
    await expect(opening()).rejects.toMatchObject({ code: "source:unsupported" })
  })

  it.each([
    ["an empty file", ""],
    ["another file", "x".repeat(5000)],
    ["a cut header", "SQLite format 3\0\u0010"],
  ])("says that %s is no database", async (_, content) => {
    writeFileSync(join(directory, "chroma.sqlite3"), content)
    await expect(opening()).rejects.toMatchObject({ code: "source:not_sqlite" })
  })

  it("says that another program's database is not Chroma's", async () => {
    change("create table notes (text)")
    await expect(opening()).rejects.toMatchObject({ code: "source:not_chroma" })
  })
})
