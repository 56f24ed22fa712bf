import { openChromaDirectory, openChromaServer } from "@reasoningbank/chroma"
import type { MemorySource } from "@reasoningbank/core"
import { ChromaClient } from "chromadb"

export type ReadMeasurement = {
  records: number
  floats: number
  rowsPerSecond: number
  peakBytes: number
}

/** Run by `chroma-read.ts` in a process of its own: reads every record one way and prints a measurement. */
const [way = "", place = ""] = process.argv.slice(2)
const start = performance.now()
const { records, floats } = await read()
const seconds = (performance.now() - start) / 1000
const measurement: ReadMeasurement = {
  records,
  floats,
  rowsPerSecond: records / seconds,
  peakBytes: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(measurement))

async function read() {
  if (way === "directory") return readSource(await openChromaDirectory({ directory: place }))
  if (way === "server") return readSource(await openChromaServer({ url: place }))
  return readByOffset(new URL(place))
}

async function readSource(source: MemorySource) {
  let records = 0
  let floats = 0
  for (const collection of await source.collections()) {
    for await (const page of source.records(collection, { embeddings: true })) {
      for (const { embedding } of page) floats += embedding?.length ?? 0
      records += page.length
    }
  }
  await source.assertUnchanged()
  await source.close()
  return { records, floats }
}

/** The peer: the client's own paging, as its documentation shows it. */
async function readByOffset({ hostname, port }: URL) {
  const client = new ChromaClient({ host: hostname, port: Number(port) })
  const embeddingFunction = { generate: async () => [] }
  const collection = await client.getCollection({ name: "reasoning_memories", embeddingFunction })
  const limit = 1000
  let records = 0
  let floats = 0
  for (;;) {
    const include = ["documents", "metadatas", "embeddings"] as const
    const page = (await collection.get({ limit, offset: records, include: [...include] })).rows()
    for (const { embedding } of page) floats += embedding?.length ?? 0
    records += page.length
    if (page.length < limit) return { records, floats }
  }
}
