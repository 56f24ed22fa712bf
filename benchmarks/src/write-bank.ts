import { randomUUID } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ChromaClient } from "chromadb"

const dimension = 384
const recordsPerRequest = 500
const recordsPerTrace = 3
const workspaces = ["575e6c19532fdf9a", "709fb1d1e4e605a5", "ae7cd70401e5ea39"]

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
  const ids: string[] = []
  const documents: string[] = []
  const embeddings: number[][] = []
  const metadatas: Record<string, string | boolean>[] = []
  for (let index = start; index < start + count; index++) {
    const id = randomUUID()
    const title = `Lesson ${index}: prefer the boring solution`
    const description = `What attempt ${index} taught about retries, queues and their limits.`
    const content = `Attempt ${index} failed until the work was cut into steps. `.repeat(10)
    const trace = Math.floor(index / recordsPerTrace)
    ids.push(id)
    documents.push(`${title}\n${description}\n${content}`)
    embeddings.push(unitVector())
    metadatas.push({
      trace_id: `00000000-0000-4000-8000-${String(trace).padStart(12, "0")}`,
      task: `Make step ${trace} of the pipeline safe to repeat`,
      outcome: trace % 4 === 0 ? "failure" : "success",
      timestamp: new Date(Date.UTC(2026, 6, 1) + index * 60_000).toISOString().slice(0, -1),
      workspace_id: workspaces[trace % workspaces.length] ?? "",
      domain_category: "reliability",
      difficulty_level: "moderate",
      memory_data: JSON.stringify({
        id,
        title,
        description,
        content,
        error_context: null,
        parent_memory_id: null,
        derived_from: [],
        evolution_stage: index % 4,
        pattern_tags: ["retries", "queues"],
        difficulty_level: "moderate",
        domain_category: "reliability",
      }),
    })
  }
  return { ids, documents, embeddings, metadatas }
}

function unitVector(): number[] {
  const vector = Float32Array.from({ length: dimension }, () => Math.random() - 0.5)
  const norm = Math.hypot(...vector)
  return Array.from(vector, (value) => Math.fround(value / norm))
}
