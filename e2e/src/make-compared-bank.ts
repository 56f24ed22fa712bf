import { randomUUID } from "node:crypto"
import { createChromaBackend } from "@reasoningbank/chroma"
import { type Bank, makeBank } from "./make-bank.ts"
import type { Product } from "./start-product.ts"

const model = "all-MiniLM-L6-v2"

export type ComparedMemory = { id: string; title: string; vector: number[] }

export type ComparedBank = Bank & {
  /** As Supabase holds them, and as Chroma does. */
  supabase: ComparedMemory[]
  chroma: ComparedMemory[]
}

/**
 * A workspace of a new account whose memories Chroma holds too, but for two: one is in Supabase alone and one in Chroma
 * alone; of a third, Chroma has another vector.
 */
export async function makeComparedBank(product: Product): Promise<ComparedBank> {
  const memories = Array.from({ length: 14 }, (_, place) => ({
    id: randomUUID(),
    title: `Lesson ${place + 1} about retrying`,
    vector: direction(place * 7),
  }))
  const supabase = memories.filter((_, place) => place !== 3)
  const chroma = memories
    .filter((_, place) => place !== 5)
    .map((memory, place) => (place === 1 ? { ...memory, vector: direction(40) } : memory))
  const bank = await makeBank({
    product,
    memories: supabase.map(({ vector, ...memory }) => ({
      ...memory,
      content: contentOf(memory),
      content_embedding: JSON.stringify(vector),
      embedding_model: model,
    })),
  })
  const backend = await createChromaBackend({ url: product.chromaUrl, recordRetrievals: false })
  // A trace teaches ten memories at most.
  for (const taught of [chroma.slice(0, 7), chroma.slice(7)]) {
    await backend.addTrace({
      workspaceId: bank.workspaceId,
      task: "Find out why a customer was charged twice",
      outcome: "failure",
      trajectory: [{ iteration: 1, action: "evaluate", thought: "Look at the log", output: "Two" }],
      memoryItems: taught.map(({ vector, ...memory }) => ({
        ...memory,
        description: "What to do when an answer does not come",
        content: contentOf(memory),
        embedding: { vector, model },
      })),
    })
  }
  await backend.close()
  return { ...bank, supabase, chroma }
}

function contentOf({ title }: { title: string }): string {
  return `${title}: wait, then try again with the same key.`
}

/** So many degrees from the first axis towards the second. */
function direction(degrees: number): number[] {
  const angle = (degrees * Math.PI) / 180
  return Array.from({ length: 384 }, (_, axis) =>
    axis === 0 ? Math.cos(angle) : axis === 1 ? Math.sin(angle) : 0,
  )
}
