import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { setTimeout as wait } from "node:timers/promises"
import { listFiles } from "@reasoningbank/sqlite/testing"
import { afterEach, beforeEach, expect, it } from "vitest"
import { openChromaDirectory } from "./open-chroma-directory.ts"
import { roundLikeChroma } from "./round-like-chroma.ts"
import { type ChromaServer, startChromaServer } from "./start-chroma-server.ts"
import { type ChromaRest, createChromaRest, type RestRecord } from "./testing/chroma-rest.ts"
import { createRandom } from "./testing/directory-mutations.ts"
import { canonical } from "./testing/read-snapshot.ts"

type Answers = Map<string, { name: string; records: Map<string, RestRecord> }>

const spaces = ["l2", "cosine", "ip"]
/** CHROMA_KILLS=50 for a long run. */
const kills = Number(process.env.CHROMA_KILLS ?? 4)
let folder: string
let directory: string
let server: ChromaServer | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chroma-against-server-"))
  directory = join(folder, "bank")
})
afterEach(async () => {
  await server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

async function start(path: string): Promise<ChromaRest> {
  server = await startChromaServer({ directory: path })
  return createChromaRest(server.url)
}

async function askAll(rest: ChromaRest): Promise<Answers> {
  const answers: Answers = new Map()
  for (const { id, name } of await rest.listCollections()) {
    answers.set(id, { name, records: await rest.read(id) })
  }
  return answers
}

const toHex = (vector: Float32Array | null) =>
  vector === null ? null : Buffer.from(vector.buffer).toString("hex")

/** Reads the directory, expects what the server answered and that no file was touched. */
async function expectSame(answers: Answers): Promise<{ compared: number; rounded: number }> {
  const before = listFiles(directory)
  const source = await openChromaDirectory({ directory, strict: true })
  let compared = 0
  let rounded = 0
  try {
    const collections = await source.collections()
    expect(new Set(collections.map(({ id }) => id))).toEqual(new Set(answers.keys()))
    for (const collection of collections) {
      const answer = answers.get(collection.id)
      const left = new Map(answer?.records)
      expect(collection).toMatchObject({ name: answer?.name, recordCount: left.size })
      for await (const page of source.records(collection, { embeddings: true })) {
        for (const { id, document, metadata, embedding } of page) {
          const expected = left.get(id)
          left.delete(id)
          expect(document).toBe(expected?.document)
          expect(canonical(metadata)).toBe(canonical(expected?.metadata ?? null))
          compared++
          if (toHex(embedding) === toHex(expected?.embedding ?? null)) continue
          // The server rounds in memory what the log still has as it was given.
          expect(collection.space).toBe("cosine")
          const vector = embedding ?? new Float32Array()
          expect(toHex(roundLikeChroma({ vector, summation: "lanes" }))).toBe(
            toHex(expected?.embedding ?? null),
          )
          rounded++
        }
      }
      expect([...left.keys()]).toEqual([])
    }
    expect(source.warnings()).toEqual([])
    await source.assertUnchanged()
  } finally {
    await source.close()
  }
  expect(listFiles(directory)).toEqual(before)
  return { compared, rounded }
}

function createWriter(rest: ChromaRest, seed: number) {
  const random = createRandom(seed)
  const vectors = (count: number, dimension: number) =>
    Array.from({ length: count }, () =>
      Array.from({ length: dimension }, () => Math.fround(random.below(2_000_000) / 1e6 - 1)),
    )
  const range = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `r-${from + at}`)
  return {
    random,
    vectors,
    range,
    add: (collection: string, from: number, to: number, dimension: number) =>
      rest.write(collection, "add", {
        ids: range(from, to),
        embeddings: vectors(to - from, dimension),
        documents: range(from, to).map((id) => `text of ${id} ü😀`),
        metadatas: range(from, to).map((id, at) => ({
          id,
          n: at,
          half: { raw: "0.5" },
          even: at % 2 === 0,
        })),
      }),
  }
}

it("answers as the server does, live and after it was killed", async () => {
  const rest = await start(directory)
  for (const [at, space] of spaces.entries()) {
    const { add, vectors, range } = createWriter(rest, 7 + at)
    const settings = { "hnsw:space": space, "hnsw:sync_threshold": 20, "hnsw:batch_size": 5 }
    const unflushed = await rest.createCollection(`unflushed-${space}`, { "hnsw:space": space })
    await add(unflushed, 0, 12, 8)
    const mixed = await rest.createCollection(`mixed-${space}`, settings)
    for (let from = 0; from < 50; from += 10) await add(mixed, from, from + 10, 5)
    await rest.write(mixed, "update", { ids: range(3, 9), embeddings: vectors(6, 5) })
    await rest.write(mixed, "update", {
      ids: ["r-1"],
      metadatas: [{ n: null, half: { raw: "7" }, new: "key" }],
    })
    await rest.write(mixed, "upsert", {
      ids: ["r-10", "u-1"],
      embeddings: vectors(2, 5),
      documents: ["up", ""],
    })
    await rest.write(mixed, "delete", { ids: range(20, 30) })
    await rest.write(mixed, "add", {
      ids: ["r-0", "r-21"],
      embeddings: vectors(2, 5),
      documents: ["no", "again"],
    })
    await add(mixed, 50, 57, 5)
    await rest.write(mixed, "update", { ids: ["gone"], embeddings: vectors(1, 5) })
    await rest.write(mixed, "upsert", {
      ids: ["numbers", "__proto__"],
      embeddings: [
        [1e-40, space === "cosine" ? 3e18 : 3e38, -0, 5e-324, 1 / 3].map(Math.fround),
        [0, 0, 0, 0, 0],
      ],
      metadatas: [
        {
          big: { raw: "9223372036854775807" },
          small: { raw: "-9223372036854775808" },
          one: { raw: "1.0" },
          integer: { raw: "1" },
          third: { raw: "0.3333333333333333" },
        },
        { __proto__x: "p", "a\u0000b": "c\u0000d" },
      ],
    })
    const emptied = await rest.createCollection(`emptied-${space}`, settings)
    await add(emptied, 0, 25, 3)
    await rest.write(emptied, "delete", { ids: range(0, 25) })
    await rest.createCollection(`never-${space}`, settings)
  }
  const answers = await askAll(rest)
  const live = await expectSame(answers)
  expect(live.compared).toBeGreaterThan(180)
  expect(live.rounded).toBeGreaterThan(10)
  await server?.kill()
  expect(await expectSame(answers)).toEqual(live)
})

it(
  "reads what a server left that was killed while it wrote",
  async () => {
    const rest = await start(directory)
    const settings = { "hnsw:sync_threshold": 15, "hnsw:batch_size": 5 }
    for (const space of spaces)
      await rest.createCollection(`space-${space}`, { ...settings, "hnsw:space": space })
    await server?.kill()
    const random = createRandom(4)

    for (let round = 0; round < kills; round++) {
      const writer = await start(directory)
      const collections = await writer.listCollections()
      const { add, range, vectors } = createWriter(writer, round + 100)
      let writes = 0
      const writeUntilKilled = async (collection: string) => {
        const count = (write: Promise<void>) => write.then(() => writes++)
        for (let at = 0; ; at++) {
          const from = round * 40 + at * 7
          await count(add(collection, from, from + 7, 6))
          const some = range(from, from + 3)
          await count(writer.write(collection, "update", { ids: some, embeddings: vectors(3, 6) }))
          const upserted = {
            ids: [`r-${from + 1}`, `u-${from}`],
            embeddings: vectors(2, 6),
            metadatas: [{ n: null, round }, { round }],
          }
          await count(writer.write(collection, "upsert", upserted))
          await count(writer.write(collection, "delete", { ids: range(from + 4, from + 6) }))
        }
      }
      const writing = collections.map(({ id }) => writeUntilKilled(id).catch(() => {}))
      const enough = 10 + random.below(30)
      while (writes < enough) await wait(1)
      await server?.kill()
      await Promise.all(writing)

      const copy = join(folder, `copy-${round}`)
      cpSync(directory, copy, { recursive: true, preserveTimestamps: true })
      const answers = await askAll(await start(copy))
      await server?.kill()
      rmSync(copy, { recursive: true })
      const { compared } = await expectSame(answers)
      expect(compared).toBeGreaterThan(0)
    }
  },
  60_000 + kills * 10_000,
)
