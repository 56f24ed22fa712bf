import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { MemorySource, SourceCollection, SourceRecord } from "@reasoningbank/core"
import { ChromaClient } from "chromadb"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { findFreePort } from "./find-free-port.ts"
import { type ChromaServerOptions, openChromaServer } from "./open-chroma-server.ts"
import { type ChromaServer, startChromaServer } from "./start-chroma-server.ts"
import { type ChromaWriter, createChromaWriter } from "./testing/chroma-writer.ts"
import { startFaultyProxy } from "./testing/faulty-proxy.ts"

const dimension = 8
const quick = { firstDelayInMs: 5 }

let directory: string
let server: ChromaServer
let writer: ChromaWriter
const collectionIds = new Map<string, string>()

function vectorOf(seed: number): number[] {
  return Array.from({ length: dimension }, (_, index) => Math.fround(Math.sin(seed * 31 + index)))
}

function recordsFrom(first: number, count: number) {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  return {
    ids: numbers.map((number) => `record ${number}`),
    embeddings: numbers.map(vectorOf),
    documents: numbers.map((number) => `document ${number}`),
    metadatas: numbers.map((number) => ({ number, title: `title ${number}` })),
  }
}

async function make(
  name: string,
  hnsw: { space?: string; sync_threshold?: number; batch_size?: number } = {},
) {
  const id = await writer.createCollection({ name, hnsw })
  collectionIds.set(name, id)
  return id
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chroma-server-source-"))
  server = await startChromaServer({ directory })
  writer = createChromaWriter(server)

  for (const space of ["l2", "ip", "cosine"]) {
    await writer.add(
      await make(`exact-${space}`, { space }),
      `{"ids": ["all types", "__proto__", "bare", "unicode \u{1F600} \\u0000"],
        "embeddings": [[0.1, -1e-30, 16777217, 3.5], [1, 2, 3, 4], [0, 0, 0, 0], [-0.5, 0.25, 1e15, 1]],
        "documents": ["a\\u0000b \u{1F600} \\n", "", null, "é"],
        "uris": [null, "file:///tmp/x", null, null],
        "metadatas": [
          {"largest": 9223372036854775807, "smallest": -9223372036854775808, "beyond": 9007199254740993,
           "one": 1, "one point zero": 1.0, "huge": 1e16, "tiny": 5e-324, "yes": true, "no": false,
           "text": "9007199254740993", "positive": 1.5, "negative": 1.5},
          {"__proto__": "not a prototype", "1": "a number's name"}, null, {"nul": "x\\u0000y"}]}`,
    )
  }

  const many = await make("many", { sync_threshold: 200, batch_size: 100 })
  await writer.add(many, recordsFrom(0, 700))
  await writer.update(many, {
    ids: ["record 3"],
    embeddings: [vectorOf(-3)],
    documents: ["edited"],
  })
  await writer.remove(
    many,
    Array.from({ length: 100 }, (_, index) => `record ${index * 5}`),
  )
  await writer.add(many, recordsFrom(700, 600))
  await writer.upsert(many, recordsFrom(10, 3))
  await make("empty")

  await writer.createDatabase("second")
  const second = createChromaWriter({ ...server, database: "second" })
  await second.add(await second.createCollection({ name: "many" }), recordsFrom(0, 3))
  await writer.createDatabase("crowded")
  const crowded = createChromaWriter({ ...server, database: "crowded" })
  for (let number = 0; number < 103; number++) {
    await crowded.createCollection({ name: `collection-${number}` })
  }

  await server.stop()
  const database = new DatabaseSync(join(directory, "chroma.sqlite3"))
  const makeInfinite = database.prepare(
    "update embedding_metadata set float_value = ? where key = ?",
  )
  makeInfinite.run(Number.POSITIVE_INFINITY, "positive")
  makeInfinite.run(Number.NEGATIVE_INFINITY, "negative")
  database.close()
  server = await startChromaServer({ directory })
  writer = createChromaWriter(server)
})

afterAll(async () => {
  await server?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function open(options: Partial<ChromaServerOptions> = {}): Promise<MemorySource> {
  return openChromaServer({ url: server.url, database: "default_database", ...quick, ...options })
}

async function find(source: MemorySource, name: string): Promise<SourceCollection> {
  const collection = (await source.collections()).find((candidate) => candidate.name === name)
  if (collection === undefined) throw new Error(`no collection ${name}`)
  return collection
}

async function readAll(
  source: MemorySource,
  name: string,
  options: { pageSize?: number; embeddings?: boolean } = {},
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = []
  const collection = await find(source, name)
  for await (const page of source.records(collection, { embeddings: true, ...options })) {
    records.push(...page)
  }
  return records
}

async function clientRecords(name: string) {
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const embeddingFunction = { generate: async () => [] }
  const collection = await client.getCollection({ name, embeddingFunction })
  return (await collection.get({ include: ["documents", "metadatas", "embeddings"] })).rows()
}

async function digestDirectory(): Promise<string> {
  const hash = createHash("sha256")
  for (const entry of (await readdir(directory, { recursive: true })).sort()) {
    const path = join(directory, entry)
    const { mtimeMs, size } = await stat(path)
    hash.update(`${entry} ${mtimeMs} ${size}`)
    if ((await stat(path)).isFile()) hash.update(await readFile(path))
  }
  return hash.digest("hex")
}

describe("what is read", () => {
  it("names the server and its collections", async () => {
    const source = await open()
    expect(source.describe()).toEqual({
      kind: "chroma-server",
      location: server.url,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    const exact = (space: string) => ({
      tenant: "default_tenant",
      database: "default_database",
      name: `exact-${space}`,
      id: collectionIds.get(`exact-${space}`),
      dimension: 4,
      space,
      recordCount: 4,
    })
    expect(await source.collections()).toEqual([
      expect.objectContaining({ name: "empty", dimension: null, recordCount: 0 }),
      exact("cosine"),
      exact("ip"),
      exact("l2"),
      expect.objectContaining({ name: "many", dimension, space: "l2", recordCount: 1201 }),
    ])
  })

  it.each(["l2", "ip", "cosine"])("keeps every value of a record exactly (%s)", async (space) => {
    const source = await open()
    const records = await readAll(source, `exact-${space}`)
    expect(records.map(({ id, document, metadata }) => ({ id, document, metadata }))).toEqual([
      {
        id: "all types",
        document: "a\u0000b \u{1F600} \n",
        metadata: {
          largest: 9223372036854775807n,
          smallest: -9223372036854775808n,
          beyond: 9007199254740993n,
          one: 1n,
          "one point zero": 1,
          huge: 1e16,
          tiny: 5e-324,
          yes: true,
          no: false,
          text: "9007199254740993",
          positive: Number.POSITIVE_INFINITY,
          negative: Number.NEGATIVE_INFINITY,
        },
      },
      {
        id: "__proto__",
        document: "",
        metadata: Object.fromEntries([
          ["1", "a number's name"],
          ["__proto__", "not a prototype"],
          ["chroma:uri", "file:///tmp/x"],
        ]),
      },
      { id: "bare", document: null, metadata: null },
      { id: "unicode \u{1F600} \u0000", document: "é", metadata: { nul: "x\u0000y" } },
    ])
    const rows = await clientRecords(`exact-${space}`)
    for (const [index, { embedding }] of records.entries()) {
      expect(embedding).toEqual(Float32Array.from(rows[index]?.embedding ?? []))
    }
    if (space !== "cosine") {
      expect(records[0]?.embedding).toEqual(Float32Array.of(0.1, -1e-30, 16777217, 3.5))
    }
    expect(source.warnings()).toEqual([])
  })

  it.each([7, 250, 5000])(
    "yields every record once, in the server's order (pages of %i)",
    async (pageSize) => {
      const records = await readAll(await open(), "many", { pageSize })
      const rows = await clientRecords("many")
      expect(records.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
      for (const [index, { document, metadata, embedding }] of records.entries()) {
        const row = rows[index]
        expect(document).toBe(row?.document)
        expect(metadata).toEqual({
          number: BigInt(Number(row?.metadata?.number)),
          title: row?.metadata?.title,
        })
        expect(embedding).toEqual(Float32Array.from(row?.embedding ?? []))
      }
      expect(new Set(records.map(({ id }) => id)).size).toBe(1201)
      expect(records.find(({ id }) => id === "record 3")?.document).toBe("edited")
    },
  )

  it("leaves the vectors out when they are not asked for, and reads an empty collection", async () => {
    const source = await open()
    const records = await readAll(source, "exact-l2", { embeddings: false })
    expect(records.map(({ embedding }) => embedding)).toEqual([null, null, null, null])
    expect(await readAll(source, "empty")).toEqual([])
    expect(source.warnings()).toEqual([])
  })

  it("finds every database of the tenant and every collection on every page", async () => {
    const source = await openChromaServer({ url: server.url })
    const collections = await source.collections()
    const inDatabase = Map.groupBy(collections, ({ database }) => database)
    expect(inDatabase.get("default_database")).toHaveLength(5)
    expect(inDatabase.get("second")).toHaveLength(1)
    expect(new Set(inDatabase.get("crowded")?.map(({ name }) => name)).size).toBe(103)
    const second = inDatabase.get("second")?.[0]
    if (second === undefined) throw new Error("no collection in the second database")
    const ids: string[] = []
    for await (const page of source.records(second, { embeddings: true })) {
      ids.push(...page.map(({ id }) => id))
    }
    expect(ids).toEqual(["record 0", "record 1", "record 2"])
  })
})

describe("what is never done", () => {
  it("writes nothing and makes nothing, even for names that do not exist", async () => {
    const before = await digestDirectory()
    const source = await open()
    for (const { name } of await source.collections()) await readAll(source, name)
    await source.assertUnchanged()
    for (const missing of [
      { tenant: "nobody" },
      { database: "nothing" },
      { collectionNames: ["nil"] },
    ]) {
      const error = expect.objectContaining({ code: "source:not_found" })
      await expect(open(missing)).rejects.toEqual(error)
    }
    const everything = { tenant: "nobody", database: undefined }
    await expect(
      openChromaServer({ url: server.url, tenant: everything.tenant }),
    ).rejects.toMatchObject({
      code: "source:not_found",
    })
    expect(await digestDirectory()).toBe(before)
  })

  it("reads only the collections that are named", async () => {
    const source = await open({ collectionNames: ["empty", "many"] })
    expect((await source.collections()).map(({ name }) => name)).toEqual(["empty", "many"])
    await expect(open({ collectionNames: ["maný"] })).rejects.toMatchObject({
      message: expect.stringContaining(
        'no collection "maný"; it has empty, exact-cosine, exact-ip',
      ),
    })
  })
})

describe("a server that fails now and then", () => {
  it("is asked again, and nothing is lost or doubled", async () => {
    const faults = [
      "cut_connection",
      { status: 503, headers: { "retry-after": "0" } },
      "cut_answer",
      { status: 500, body: '{"error":"InternalError","message":"oops"}' },
      { status: 429 },
    ] as const
    await using proxy = await startFaultyProxy({
      targetUrl: server.url,
      faultOf: ({ number }) =>
        number % 2 === 1 ? (faults[(number >> 1) % faults.length] ?? null) : null,
    })
    const source = await open({ url: proxy.url, retries: 20 })
    const records = await readAll(source, "many", { pageSize: 50 })
    expect(records).toEqual(await readAll(await open(), "many"))
    await source.assertUnchanged()
    expect(source.warnings()).toEqual([])
    expect(proxy.requests.length).toBeGreaterThan(50)
  })

  it("is waited for as long as it asks", async () => {
    await using proxy = await startFaultyProxy({
      targetUrl: server.url,
      faultOf: ({ number }) =>
        number === 1 ? { status: 429, headers: { "retry-after": "1" } } : null,
    })
    const start = performance.now()
    await open({ url: proxy.url })
    expect(performance.now() - start).toBeGreaterThan(990)
  })

  it("is given up with a code after the attempts", async () => {
    await using proxy = await startFaultyProxy({
      targetUrl: server.url,
      faultOf: () => ({ status: 503, body: '{"message":"warming up"}' }),
    })
    await expect(open({ url: proxy.url, retries: 2 })).rejects.toMatchObject({
      code: "source:unreachable",
      message: expect.stringContaining("in 3 attempts; at last it answered 503 (warming up)"),
    })
    expect(proxy.requests).toHaveLength(3)
  })

  it("may allow small pages only, as Chroma Cloud does", async () => {
    await using proxy = await startFaultyProxy({
      targetUrl: server.url,
      faultOf: ({ body }) => (/"limit":\d{4,}/.test(body) ? { status: 422 } : null),
    })
    const source = await open({ url: proxy.url })
    expect(await readAll(source, "many")).toHaveLength(1201)
  })

  it("ends a read with a code when it dies in the middle", async () => {
    const own = await mkdtemp(join(tmpdir(), "chroma-server-killed-"))
    const victim = await startChromaServer({ directory: own })
    try {
      const ownWriter = createChromaWriter(victim)
      await ownWriter.add(await ownWriter.createCollection({ name: "many" }), recordsFrom(0, 500))
      const source = await open({ url: victim.url, retries: 3 })
      const read = async () => {
        for await (const page of source.records(await find(source, "many"), {
          embeddings: true,
          pageSize: 10,
        })) {
          if (page[0]?.id === "record 20") await victim.kill("SIGKILL")
        }
      }
      await expect(read()).rejects.toMatchObject({ code: "source:unreachable" })
    } finally {
      await victim.kill()
      await rm(own, { recursive: true, force: true })
    }
  })
})

describe("a source that is written to meanwhile", () => {
  it("is noticed: deleted records are counted, and the source counts as changed", async () => {
    const id = await make("shrinking")
    await writer.add(id, recordsFrom(0, 100))
    const source = await open({ collectionNames: ["shrinking"], concurrency: 1 })
    const read: string[] = []
    for await (const page of source.records(await find(source, "shrinking"), {
      embeddings: true,
      pageSize: 20,
    })) {
      if (read.length === 0) {
        await source.assertUnchanged()
        await writer.remove(id, ["record 85", "record 95"])
      }
      read.push(...page.map((record) => record.id))
    }
    expect(read).toHaveLength(98)
    expect(source.warnings()).toEqual([
      {
        code: "deleted_while_reading",
        message: expect.any(String),
        collection: "shrinking",
        count: 2,
        examples: ["record 85", "record 95"],
      },
    ])
    await writer.add(id, { ...recordsFrom(85, 1) })
    await writer.add(id, { ...recordsFrom(95, 1) })
    await expect(source.assertUnchanged()).rejects.toMatchObject({
      code: "source:changed",
      message: expect.stringContaining('2 records of "shrinking" went'),
    })
  })

  it("is noticed when records or collections came, went or were exchanged", async () => {
    const id = await make("moving")
    await writer.add(id, recordsFrom(0, 30))
    const source = await open()
    await readAll(source, "moving")
    await source.assertUnchanged()
    await writer.remove(id, ["record 1"])
    await writer.add(id, recordsFrom(1000, 1))
    await expect(source.assertUnchanged()).rejects.toMatchObject({
      code: "source:changed",
      message: expect.stringContaining('"moving" holds other records'),
    })
    await writer.add(id, recordsFrom(1001, 1))
    await make("newcomer")
    await expect(source.assertUnchanged()).rejects.toMatchObject({
      message: expect.stringMatching(/"moving" had 30 records and has 31.*"newcomer" is new/),
    })
  })
})

describe("stopping", () => {
  it("ends with the caller's reason, and leaves nothing in flight", async () => {
    await using proxy = await startFaultyProxy({ targetUrl: server.url, faultOf: () => null })
    const source = await open({ url: proxy.url })
    const stop = new AbortController()
    const collection = await find(source, "many")
    const read = async () => {
      for await (const _ of source.records(collection, {
        embeddings: true,
        pageSize: 10,
        signal: stop.signal,
      })) {
        stop.abort(new Error("enough"))
      }
    }
    await expect(read()).rejects.toThrow("enough")

    for await (const _ of source.records(collection, { embeddings: true, pageSize: 10 })) break
    const requests = proxy.requests.length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(proxy.requests.length).toBeLessThanOrEqual(requests + 1)

    await source.close()
    await expect(readAll(source, "many")).rejects.toMatchObject({ code: "internal" })
  })
})

describe("what is not a usable Chroma server", () => {
  it.each([
    [401, "source:refused"],
    [403, "source:refused"],
    [307, "source:not_chroma"],
    [422, "source:unsupported"],
  ])("answers %i: %s, and the token stays secret", async (status, code) => {
    await using proxy = await startFaultyProxy({
      targetUrl: server.url,
      faultOf: ({ path }) =>
        path.includes("collections")
          ? { status, headers: { location: "http://elsewhere/" }, body: '{"detail":"No way"}' }
          : null,
    })
    const error = await open({ url: proxy.url, token: "my-secret" }).catch((cause) => cause)
    expect(error).toMatchObject({ code, message: expect.stringContaining(`${status} (No way)`) })
    expect(`${error.message} ${error.hint} ${error.stack}`).not.toContain("my-secret")
    expect(proxy.requests.at(-1)?.headers).toMatchObject({
      authorization: "Bearer my-secret",
      "x-chroma-token": "my-secret",
    })
  })

  it.each([
    ["an old server", "/api/v1/heartbeat", '{"nanosecond heartbeat": 1}', "source:unsupported"],
    ["another program", "/", "<html>hello</html>", "source:not_chroma"],
    ["a page for everything", "", "<html>hello</html>", "source:not_chroma"],
  ])("is told apart: %s", async (_name, path, body, code) => {
    const other = createServer(({ url }, response) => {
      const isKnown = path === "" || url === path
      response.writeHead(isKnown ? 200 : 404).end(isKnown ? body : "")
    })
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
    try {
      const address = other.address()
      const port = typeof address === "object" ? address?.port : undefined
      await expect(open({ url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({ code })
    } finally {
      other.close()
    }
  })

  it("is not there", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`
    await expect(open({ url, retries: 1 })).rejects.toMatchObject({
      code: "source:unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    })
  })
})
