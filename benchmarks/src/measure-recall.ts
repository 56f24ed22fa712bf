import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { readSampleTexts } from "./sample-texts.ts"

const neighbours = 10

/** Share of the ten items nearest to each task that q8 finds, of those fp32 finds by exact search. */
export async function measureRecall(): Promise<{
  queries: number
  items: number
  /** Queries and items in q8. */
  ownIndex: number
  /** Queries in q8 against items in fp32, which the name of the model forbids. */
  mixedIndex: number
}> {
  const { tasks, items } = await readSampleTexts()
  await using fp32 = createMiniLmEmbedder()
  await using q8 = createMiniLmEmbedder({ precision: "q8" })
  const embedAll = async (embedder: typeof fp32) => ({
    tasks: await embedder.embed(tasks),
    items: await embedder.embed(items),
  })
  const exact = await embedAll(fp32)
  const quantized = await embedAll(q8)
  const truth = exact.tasks.map((task) => nearest(task, exact.items))
  const recall = (queries: Float32Array[], among: Float32Array[]) => {
    const found = queries.flatMap((query, row) => {
      const expected = new Set(truth[row])
      return nearest(query, among).filter((item) => expected.has(item))
    })
    return found.length / (queries.length * neighbours)
  }
  return {
    queries: tasks.length,
    items: items.length,
    ownIndex: recall(quantized.tasks, quantized.items),
    mixedIndex: recall(quantized.tasks, exact.items),
  }
}

function nearest(query: Float32Array, items: readonly Float32Array[]): number[] {
  return items
    .map((item, position) => ({
      position,
      similarity: item.reduce((sum, value, column) => sum + value * (query[column] ?? 0), 0),
    }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, neighbours)
    .map(({ position }) => position)
}
