import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient, type Collection, type EmbeddingFunction } from "chromadb"
import type { ChromaRecord } from "./chroma-record.ts"

export type BankCollection = {
  name?: string
  /** @default "l2", as the original program leaves it */
  space?: "l2" | "cosine"
  /** Records after which the server flushes its index; the rest stays in the log. @default 1000 */
  syncThreshold?: number
  /** Written first, in this order. */
  records: ChromaRecord[]
  /** New values of records that are there, written afterwards. */
  updates?: ChromaRecord[]
  /** Ids deleted afterwards. */
  deletions?: string[]
}

export const bankCollectionName = "reasoning_memories"

const recordsPerRequest = 300

/** Writes collections into a Chroma directory with the real server, which is then killed as by a power cut. */
export async function writeChromaBank({
  directory,
  collections,
}: {
  directory: string
  collections: BankCollection[]
}): Promise<void> {
  const server = await startChromaServer({ directory })
  try {
    const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
    for (const collection of collections) await writeCollection({ client, ...collection })
  } finally {
    await server.kill()
  }
}

/** Vectors are given; recorded as a collection made without a function. */
const vectorsAreGiven: EmbeddingFunction = {
  generate: () => Promise.reject(new Error("the vectors are given")),
}

async function writeCollection({
  client,
  name = bankCollectionName,
  space,
  syncThreshold,
  records,
  updates = [],
  deletions = [],
}: BankCollection & { client: ChromaClient }) {
  const collection = await client.getOrCreateCollection({
    name,
    metadata: { description: "ReasoningBank memory storage" },
    configuration: {
      hnsw: {
        ...(space !== undefined && { space }),
        ...(syncThreshold !== undefined && { sync_threshold: syncThreshold }),
      },
    },
    embeddingFunction: vectorsAreGiven,
  })
  await send({ records, method: "add", collection })
  await send({ records: updates, method: "update", collection })
  if (deletions.length > 0) await collection.delete({ ids: deletions })
}

async function send({
  records,
  method,
  collection,
}: {
  records: ChromaRecord[]
  method: "add" | "update"
  collection: Collection
}) {
  for (let start = 0; start < records.length; start += recordsPerRequest) {
    const page = records.slice(start, start + recordsPerRequest)
    const withMetadata = page.some(({ metadata }) => metadata !== null)
    const withDocument = page.some(({ document }) => document !== null)
    await collection[method]({
      ids: page.map(({ id }) => id),
      embeddings: page.map(({ vector }) => Array.from(vector)),
      ...(withMetadata && { metadatas: page.map(({ metadata }) => metadata ?? {}) }),
      ...(withDocument && { documents: page.map(({ document }) => document ?? "") }),
    })
  }
}
