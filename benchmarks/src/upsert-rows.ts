import { randomUUID } from "node:crypto"
import { createClient } from "@supabase/supabase-js"
import { createMixer } from "./search/mix-vectors.ts"
import { readSampleItems } from "./search/read-sample-items.ts"
import { createSeededRandom } from "./search/seeded-random.ts"

/**
 * The peer: what people write by hand today, upserts over the API, one after the other. Rows a second, of the time that
 * requests took; making the rows is not counted.
 */
export async function upsertRows({
  url,
  secretKey,
  rows,
  rowsPerRequest,
}: {
  url: string
  secretKey: string
  rows: number
  rowsPerRequest: number
}): Promise<number> {
  const client = createClient(url, secretKey, { auth: { persistSession: false } })
  const workspaceId = `peer-${randomUUID()}`
  await unwrap(client.from("workspaces").insert({ id: workspaceId, name: workspaceId }))
  const random = createSeededRandom(rows)
  const items = await readSampleItems()
  const mixer = createMixer({ items, random })
  const topics = new Set(items.keys())
  let milliseconds = 0
  for (let start = 0; start < rows; start += rowsPerRequest) {
    const batch = Array.from({ length: Math.min(rowsPerRequest, rows - start) }, (_, place) => {
      const { vector } = mixer.mix({ place: random.index(items.length), topics })
      return peerRow({ index: start + place, vector, workspaceId })
    })
    const started = performance.now()
    await unwrap(client.from("memory_items").upsert(batch))
    milliseconds += performance.now() - started
    if (start % 1_000 === 0) process.stderr.write(`\rupserting: ${start} of ${rows}`)
  }
  process.stderr.write("\n")
  return (rows / milliseconds) * 1_000
}

function peerRow({
  index,
  vector,
  workspaceId,
}: {
  index: number
  vector: Float32Array
  workspaceId: string
}) {
  return {
    workspace_id: workspaceId,
    id: randomUUID(),
    title: `Lesson ${index}: prefer the boring solution`,
    description: `What attempt ${index} taught about retries, queues and their limits.`,
    content: `Attempt ${index} failed until the work was cut into steps. `.repeat(10),
    content_embedding: JSON.stringify(Array.from(vector)),
    embedding_status: "present",
    embedding_model: "all-MiniLM-L6-v2",
    difficulty_level: "moderate",
    domain_category: "reliability",
    pattern_tags: ["retries", "queues"],
  }
}

async function unwrap(response: PromiseLike<{ error: { message: string } | null }>) {
  const { error } = await response
  if (error !== null) throw new Error(error.message)
}
