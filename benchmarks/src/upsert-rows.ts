import { randomUUID } from "node:crypto"
import { createClient } from "@supabase/supabase-js"

/**
 * The peer: what people write by hand today, one upsert over the API for each row, one after the other.
 * Rows a second.
 */
export async function upsertRowByRow({
  url,
  secretKey,
  rows,
}: {
  url: string
  secretKey: string
  rows: number
}): Promise<number> {
  const client = createClient(url, secretKey, { auth: { persistSession: false } })
  const workspaceId = `peer-${randomUUID()}`
  await unwrap(client.from("workspaces").insert({ id: workspaceId, name: workspaceId }))
  const vector = Array.from({ length: 384 }, (_, index) => Math.fround(Math.sin(index)))
  const started = performance.now()
  for (let index = 0; index < rows; index++) {
    await unwrap(
      client.from("memory_items").upsert({
        workspace_id: workspaceId,
        id: randomUUID(),
        title: `Lesson ${index}: prefer the boring solution`,
        description: `What attempt ${index} taught about retries, queues and their limits.`,
        content: `Attempt ${index} failed until the work was cut into steps. `.repeat(10),
        content_embedding: JSON.stringify(vector),
        embedding_status: "present",
        pattern_tags: ["retries", "queues"],
      }),
    )
  }
  return (rows / (performance.now() - started)) * 1_000
}

async function unwrap(response: PromiseLike<{ error: { message: string } | null }>) {
  const { error } = await response
  if (error !== null) throw new Error(error.message)
}
