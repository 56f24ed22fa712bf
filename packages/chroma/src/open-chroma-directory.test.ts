import { rmSync, statSync, utimesSync } from "node:fs"
import { join } from "node:path"
import type { SourceRecord } from "@reasoningbank/core"
import { listFiles } from "@reasoningbank/sqlite/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openChromaDirectory } from "./open-chroma-directory.ts"
import { roundLikeChroma } from "./round-like-chroma.ts"
import { collectRecords } from "./testing/collect-records.ts"
import { canonical } from "./testing/read-snapshot.ts"
import { readExpected, unpackFixture } from "./testing/unpack-fixture.ts"

const fixtures = [
  { name: "py-0.4.14", version: /^0\.4\.4 to 0\.4\.14/, collections: 12, records: 1074 },
  { name: "py-0.5.23", version: /^0\.5\.6 to 0\.6/, collections: 13, records: 1093 },
] as const

describe.each(fixtures)(
  "a directory written by $name",
  ({ name, version, collections, records }) => {
    let fixture: ReturnType<typeof unpackFixture>
    beforeAll(() => {
      fixture = unpackFixture(name)
    })
    afterAll(() => fixture.remove())

    it("is read as that release answers, bit for bit, and left untouched", async () => {
      const before = listFiles(fixture.directory)
      const source = await openChromaDirectory({ directory: fixture.directory })
      expect(source.describe()).toMatchObject({
        kind: "chroma-directory",
        location: fixture.directory,
        version: expect.stringMatching(version),
      })
      const expected = readExpected(name)
      const found = await source.collections()
      expect(found).toHaveLength(collections)
      let compared = 0
      let fromLogOfCosine = 0
      for (const collection of found) {
        const answer = expected.find(({ id }) => id === collection.id)
        expect(answer).toMatchObject({
          name: collection.name,
          tenant: collection.tenant,
          database: collection.database,
        })
        expect(collection.recordCount).toBe(answer?.recs.length)
        expect(collection.space).toBe(/cosine|ip/.exec(collection.name)?.[0] ?? "l2")
        const byId = new Map(answer?.recs.map((record) => [record.id, record]))
        for await (const page of source.records(collection, { embeddings: true, pageSize: 100 })) {
          expect(page.length).toBeLessThanOrEqual(100)
          for (const record of page) {
            const own = byId.get(record.id)
            byId.delete(record.id)
            expect(record.document).toBe(own?.document)
            expect(canonical(record.metadata)).toBe(canonical(own?.metadata ?? null))
            const isExact = toHex(record) === own?.hex
            // What the log still has is the user's own vector; this release answers with its rounding.
            expect(isExact || collection.space === "cosine").toBe(true)
            if (!isExact) expect(toHex(rounded(record))).toBe(own?.hex)
            fromLogOfCosine += isExact ? 0 : 1
            compared++
          }
        }
        expect(byId.size).toBe(0)
      }
      expect(compared).toBe(records)
      expect(fromLogOfCosine).toBeLessThan(80)
      expect(source.warnings()).toEqual([])
      await source.assertUnchanged()
      await source.close()
      expect(listFiles(fixture.directory)).toEqual(before)
    })

    it("is read without vectors when none are wanted", async () => {
      const source = await openChromaDirectory({ directory: fixture.directory })
      const [first] = await source.collections()
      if (first === undefined) throw new Error("no collection")
      const read = await collectRecords(source.records(first, { embeddings: false }))
      expect(read).toHaveLength(first.recordCount)
      expect(read.every(({ embedding }) => embedding === null)).toBe(true)
      await source.close()
    })
  },
)

function toHex({ embedding }: SourceRecord): string | null {
  return embedding === null ? null : Buffer.from(embedding.buffer).toString("hex")
}

function rounded(record: SourceRecord): SourceRecord {
  if (record.embedding === null) return record
  const embedding = roundLikeChroma({ vector: record.embedding, summation: "sequential" })
  return { ...record, embedding }
}

describe("what is wrong with a directory", () => {
  let fixture: ReturnType<typeof unpackFixture>
  beforeAll(() => {
    fixture = unpackFixture("py-0.5.23")
  })
  afterAll(() => fixture.remove())

  it("names the collections there are when one is asked for that is not", async () => {
    const opening = openChromaDirectory({ directory: fixture.directory, collectionNames: ["none"] })
    await expect(opening).rejects.toMatchObject({
      code: "source:not_found",
      message: expect.stringContaining('"none"'),
      hint: expect.stringContaining('"flushed_l2"'),
    })
  })

  it("yields only the collections asked for, of every database", async () => {
    const { directory } = fixture
    const source = await openChromaDirectory({ directory, collectionNames: ["wal_l2"] })
    const found = await source.collections()
    expect(found.map(({ tenant, database }) => `${tenant}/${database}`).sort()).toEqual([
      "default_tenant/default_database",
      "tenant2/db2",
    ])
    await source.close()
  })

  it("raises source:changed when somebody wrote to it", async () => {
    const source = await openChromaDirectory({ directory: fixture.directory })
    await source.assertUnchanged()
    const file = join(fixture.directory, "chroma.sqlite3")
    const { atime, mtime } = statSync(file)
    utimesSync(file, atime, new Date(mtime.getTime() + 1))
    await expect(source.assertUnchanged()).rejects.toMatchObject({ code: "source:changed" })
    await source.close()
  })

  it("gives the text of a collection whose index is gone, and counts the vectors", async () => {
    const { directory, remove } = unpackFixture("py-0.5.23")
    for (const path of listFiles(directory).keys()) {
      if (path.endsWith("index_metadata.pickle")) rmSync(path)
    }
    const source = await openChromaDirectory({ directory, collectionNames: ["flushed_l2"] })
    const [collection] = await source.collections()
    if (collection === undefined) throw new Error("no collection")
    const records = await collectRecords(source.records(collection, { embeddings: true }))
    expect(records).toHaveLength(150)
    expect(records.every(({ document }) => document?.startsWith("doc f-"))).toBe(true)
    const missing = records.filter(({ embedding }) => embedding === null).length
    expect(missing).toBeGreaterThan(100)
    expect(source.warnings()).toMatchObject([
      { code: "index_unreadable", collection: "flushed_l2", count: 1 },
      { code: "vector_missing", collection: "flushed_l2", count: missing },
    ])
    await source.close()

    const strict = await openChromaDirectory({ directory, strict: true })
    await expect(
      collectRecords(strict.records(collection, { embeddings: true })),
    ).rejects.toMatchObject({
      code: "source:hnsw",
      message: expect.stringContaining("flushed_l2"),
    })
    await strict.close()
    remove()
  })

  it("stops reading when it is told to", async () => {
    const source = await openChromaDirectory({ directory: fixture.directory })
    const [collection] = await source.collections()
    if (collection === undefined) throw new Error("no collection")
    const signal = AbortSignal.abort()
    const reading = collectRecords(source.records(collection, { embeddings: true, signal }))
    await expect(reading).rejects.toThrow(/abort/i)
    await source.close()
  })
})
