import { randomUUID } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"
import { bankRecord } from "./bank-record.ts"

const dimension = 384
const recordsPerRequest = 500

/**
 * A ReasoningBank of `records` memory items in three workspaces, written once by the real Chroma server
 * into the system's temporary directory and kept for the next run.
 */
export async function writeBank({ records }: { records: number }): Promise<string> {
  const directory = join(tmpdir(), "reasoningbank-benchmarks", `bank-${records}`)
  if (existsSync(directory)) return directory
  const partial = `${directory}.${randomUUID()}`
  await mkdir(partial, { recursive: true })
  try {
    await using server = await startChromaServer({ directory: partial })
    const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
    const collection = await client.createCollection({
      name: "reasoning_memories",
      embeddingFunction: null,
    })
    for (let start = 0; start < records; start += recordsPerRequest) {
      const count = Math.min(recordsPerRequest, records - start)
      await collection.add(makeRecords({ start, count }))
      process.stderr.write(`\rwriting the source: ${start + count} of ${records}`)
    }
    process.stderr.write("\n")
    await server.stop()
    await rename(partial, directory)
    return directory
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

function makeRecords({ start, count }: { start: number; count: number }) {
  const records = Array.from({ length: count }, (_, place) => bankRecord(start + place))
  return {
    ids: records.map(({ id }) => id),
    documents: records.map(({ document }) => document),
    metadatas: records.map(({ metadata }) => metadata),
    embeddings: records.map(unitVector),
  }
}

function unitVector(): number[] {
  const vector = Float32Array.from({ length: dimension }, () => Math.random() - 0.5)
  const norm = Math.hypot(...vector)
  return Array.from(vector, (value) => Math.fround(value / norm))
}
