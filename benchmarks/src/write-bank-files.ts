import { randomUUID } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { embeddingDimension } from "@reasoningbank/core"
import { ChromaClient } from "chromadb"
import { bankRecord, type ChromaRecord } from "./bank-record.ts"
import { createMixer } from "./search/mix-vectors.ts"
import { readSampleItems } from "./search/read-sample-items.ts"
import { createSeededRandom } from "./search/seeded-random.ts"
import { createHnswWriter } from "./write-hnsw-files.ts"

/**
 * A ReasoningBank of `records` memory items in three workspaces, its vectors like real ones, kept in the system's
 * temporary directory for the next run. The real Chroma server makes the tables; the rows and the index are written
 * as files, which takes seconds where the server takes minutes. The index has no links: a server could not search it.
 */
export async function writeBankFiles({ records }: { records: number }): Promise<string> {
  const directory = join(tmpdir(), "reasoningbank-benchmarks", `bank-files-${records}`)
  if (existsSync(directory)) return directory
  const partial = `${directory}.${randomUUID()}`
  await mkdir(partial, { recursive: true })
  try {
    await makeEmptyBank(partial)
    await fill({ directory: partial, records })
    await rename(partial, directory)
    return directory
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function makeEmptyBank(directory: string) {
  await using server = await startChromaServer({ directory })
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const collection = await client.createCollection({
    name: "reasoning_memories",
    embeddingFunction: null,
  })
  const { id, document, metadata } = bankRecord(0)
  const embeddings = [Array.from({ length: embeddingDimension }, () => 1)]
  await collection.add({ ids: [id], documents: [document], metadatas: [metadata], embeddings })
  await server.stop()
}

async function fill({ directory, records }: { directory: string; records: number }) {
  const items = await readSampleItems()
  const random = createSeededRandom(records)
  const mixer = createMixer({ items, random })
  const topics = new Set(items.keys())
  const database = new DatabaseSync(join(directory, "chroma.sqlite3"))
  const folder = join(directory, segmentId({ database, scope: "VECTOR" }))
  await mkdir(folder, { recursive: true })
  const index = createHnswWriter({ folder, count: records, dimension: embeddingDimension })
  const write = createRowWriter(database)
  database.exec("pragma synchronous = off; begin")
  database.exec(
    "delete from embeddings_queue; delete from embedding_metadata; delete from embeddings",
  )
  for (let place = 0; place < records; place++) {
    const record = bankRecord(place)
    write({ record, place })
    const { vector } = mixer.mix({ place: random.index(items.length), topics })
    index.add({ id: record.id, vector })
    if (place % 10_000 === 0) process.stderr.write(`\rwriting the source: ${place} of ${records}`)
  }
  const place = database.prepare(
    "insert or replace into max_seq_id (segment_id, seq_id) values (?, ?)",
  )
  for (const scope of ["METADATA", "VECTOR"]) {
    place.run(segmentId({ database, scope }), records)
  }
  database.exec("commit")
  database.close()
  await writeFile(join(folder, "index_metadata.pickle"), index.finish())
  process.stderr.write("\n")
}

function segmentId({ database, scope }: { database: DatabaseSync; scope: string }): string {
  return String(database.prepare("select id from segments where scope = ?").get(scope)?.id)
}

function createRowWriter(database: DatabaseSync) {
  const segment = segmentId({ database, scope: "METADATA" })
  const row = database.prepare(
    "insert into embeddings (id, segment_id, embedding_id, seq_id) values (?, ?, ?, ?)",
  )
  const value = database.prepare(
    "insert into embedding_metadata (id, key, string_value) values (?, ?, ?)",
  )
  return ({ record, place }: { record: ChromaRecord; place: number }) => {
    row.run(place + 1, segment, record.id, place + 1)
    value.run(place + 1, "chroma:document", record.document)
    for (const [key, text] of Object.entries(record.metadata)) value.run(place + 1, key, text)
  }
}
