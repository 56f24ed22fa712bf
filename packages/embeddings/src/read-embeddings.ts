import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"

const answerSchema = z.object({
  data: z.array(
    z.object({ index: z.int().nonnegative().optional(), embedding: z.array(z.number()) }),
  ),
})

/**
 * The vectors of an OpenAI-compatible answer, in the order of the texts.
 * Raises `embedding:vectors` for another shape or another number of vectors.
 */
export function readEmbeddings({
  body,
  count,
  address,
  model,
}: {
  body: string
  /** Of texts. */
  count: number
  address: string
  model: string
}): number[][] {
  const parsed = answerSchema.safeParse(parseOrNull(body))
  if (!parsed.success) {
    throw wrongAnswer({ address, model, what: "an answer without data[].embedding" })
  }
  const { data } = parsed.data
  const vectors: number[][] = []
  data.forEach(({ index, embedding }, position) => {
    vectors[index ?? position] = embedding
  })
  const isComplete = data.length === count && vectors.length === count
  if (!isComplete || !Array.from(vectors, (vector) => vector !== undefined).every(Boolean)) {
    throw wrongAnswer({
      address,
      model,
      what: `${data.length} vectors for ${count} texts, or not one for each`,
    })
  }
  return vectors
}

function parseOrNull(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function wrongAnswer({ address, model, what }: { address: string; model: string; what: string }) {
  return new ReasoningBankError({
    code: "embedding:vectors",
    message: `The embedding endpoint ${address} gave ${what} when asked for ${model}.`,
    hint: "Expected was the answer of an OpenAI-compatible POST /embeddings; check baseUrl and model.",
  })
}
