import { type ClosableEmbedder, embeddingDimension } from "@reasoningbank/core"
import { type CacheSettings, composeEmbedder } from "./compose-embedder.ts"
import { createProcessSource } from "./create-process-source.ts"
import { modelEditions } from "./model-files.ts"
import { type ModelSettings, obtainModel } from "./obtain-model.ts"

export type MiniLmSettings = Omit<ModelSettings, "signal"> &
  CacheSettings & {
    /** Ids run together at most, padding included; q8 runs each text alone. @default 512 */
    tokenBudget?: number | undefined
    /** Threads of one run. @default one per physical core */
    threads?: number | undefined
  }

/**
 * all-MiniLM-L6-v2, in fp32 the same vectors as Python's sentence-transformers (cosine >= 0.99999):
 * 256 word pieces at most, mean over tokens, unit length. The first call finds or fetches the files and
 * loads them in a process of its own; it raises `embedding:no_model` and `embedding:model_files` as `obtainModel` does.
 */
export function createMiniLmEmbedder(settings: MiniLmSettings = {}): ClosableEmbedder {
  const { precision = "fp32", tokenBudget = 512, threads, cacheSize } = settings
  const prepare = async (signal: AbortSignal) => ({
    paths: await obtainModel({ ...settings, signal }),
    threads,
    // q8 scales activations over the whole batch: among others, a text would get another vector.
    tokenBudget: precision === "q8" ? 1 : tokenBudget,
  })
  return composeEmbedder({
    name: modelEditions[precision].name,
    dimension: embeddingDimension,
    source: createProcessSource({ prepare, dimension: embeddingDimension }),
    batchSize: Number.POSITIVE_INFINITY,
    concurrency: 1,
    cacheSize,
  })
}
