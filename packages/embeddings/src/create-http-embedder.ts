import type { ClosableEmbedder } from "@reasoningbank/core"
import { assertModelSettings } from "./assert-model-settings.ts"
import { type CacheSettings, composeEmbedder } from "./compose-embedder.ts"
import { type EndpointSettings, requestEmbeddings } from "./request-embeddings.ts"
import { createSecretGuard, embeddingsAddress } from "./secret-guard.ts"

export type HttpEmbedderSettings = CacheSettings & {
  /** Up to and without `/embeddings`, as `https://api.openai.com/v1`. */
  baseUrl: string
  /** Sent as a bearer token; never part of an error. */
  apiKey?: string | undefined
  /** The model as the endpoint calls it. */
  model: string
  /** Length of its vectors. */
  dimension: number
  /** Asks for vectors of this dimension, for models that can shorten them. @default false */
  requestDimension?: boolean | undefined
  /** Name kept beside the vectors. @default `model` */
  name?: string | undefined
  /** @default the global fetch */
  fetch?: typeof globalThis.fetch | undefined
  /** Texts in a request. @default 128 */
  batchSize?: number | undefined
  /** Requests at once; gathered and long ones count apart. @default 4 */
  concurrency?: number | undefined
} & Partial<EndpointSettings>

/**
 * An embedder over an OpenAI-compatible endpoint (`POST {baseUrl}/embeddings`). Busy and failing servers
 * are asked again with full jitter, not before `Retry-After`. Raises `embedding:unreachable`,
 * `embedding:refused`, and `embedding:vectors` for an answer of another count or dimension.
 */
export function createHttpEmbedder({
  baseUrl,
  apiKey,
  model,
  dimension,
  requestDimension = false,
  name = model,
  fetch = globalThis.fetch,
  batchSize = 128,
  concurrency = 4,
  cacheSize,
  retries = 5,
  firstDelayInMs = 500,
  longestDelayInMs = 20_000,
  longestRetryAfterInMs = 60_000,
  requestTimeoutInMs = 60_000,
}: HttpEmbedderSettings): ClosableEmbedder {
  assertModelSettings({ name, dimension, batchSize, concurrency })
  const guard = createSecretGuard(apiKey)
  const address = embeddingsAddress(baseUrl)
  return composeEmbedder({
    name,
    dimension,
    source: {
      embed: (texts, signal) =>
        requestEmbeddings({
          texts,
          signal,
          fetch,
          address,
          guard,
          model,
          dimension: requestDimension ? dimension : undefined,
          settings: {
            retries,
            firstDelayInMs,
            longestDelayInMs,
            longestRetryAfterInMs,
            requestTimeoutInMs,
          },
        }),
      close: async () => {},
    },
    batchSize,
    concurrency,
    cacheSize,
  })
}
