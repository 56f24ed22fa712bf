import {
  type ClosableEmbedder,
  isReasoningBankError,
  ReasoningBankError,
} from "@reasoningbank/core"
import { assertModelSettings } from "./assert-model-settings.ts"
import { type CacheSettings, composeEmbedder } from "./compose-embedder.ts"

export type FunctionEmbedderSettings = CacheSettings & {
  /** Name of the model, kept beside every vector. */
  name: string
  /** Length of its vectors. */
  dimension: number
  /** One vector per text, in their order; scaled to length one here. */
  embed: (
    texts: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[]
  /** Called once, when the embedder is closed. */
  close?: () => Promise<void> | void
  /** Texts given to the function at once. @default 64 */
  batchSize?: number | undefined
  /** Calls of the function at once; gathered and long ones count apart. @default 1 */
  concurrency?: number | undefined
}

/**
 * An embedder over a function of the caller. Raises `embedding:failed` when the function does, and
 * `embedding:vectors` for vectors of another count or length than stated.
 */
export function createFunctionEmbedder({
  name,
  dimension,
  embed,
  close,
  batchSize = 64,
  concurrency = 1,
  cacheSize,
}: FunctionEmbedderSettings): ClosableEmbedder {
  assertModelSettings({ name, dimension, batchSize, concurrency })
  return composeEmbedder({
    name,
    dimension,
    source: {
      async embed(texts, signal) {
        try {
          return await embed(texts, signal)
        } catch (error) {
          signal.throwIfAborted()
          if (isReasoningBankError(error)) throw error
          throw functionFailed({ name, error })
        }
      },
      close: async () => close?.(),
    },
    batchSize,
    concurrency,
    cacheSize,
  })
}

function functionFailed({ name, error }: { name: string; error: unknown }) {
  const reason = error instanceof Error ? error.message : String(error)
  return new ReasoningBankError({
    code: "embedding:failed",
    message: `The function given for ${name} failed: ${reason}`,
    hint: "Correct the function; it is called with an array of texts and gives one vector per text.",
    cause: error,
  })
}
