import { setTimeout as sleep } from "node:timers/promises"
import { isReasoningBankError } from "@reasoningbank/core"
import pRetry from "p-retry"
import { endpointRefused, endpointUnreachable } from "./endpoint-errors.ts"
import { readEmbeddings } from "./read-embeddings.ts"
import { readRetryAfter } from "./read-retry-after.ts"
import type { EmbeddingsAddress, SecretGuard } from "./secret-guard.ts"

export type EndpointSettings = {
  /** Further attempts after the first. @default 5 */
  retries: number
  /** Upper bound of the first wait; it doubles with each attempt. @default 500 */
  firstDelayInMs: number
  /** @default 20000 */
  longestDelayInMs: number
  /** A server that asks for more patience is given up. @default 60000 */
  longestRetryAfterInMs: number
  /** For one attempt, answer included. @default 60000 */
  requestTimeoutInMs: number
}

type EmbeddingsRequest = {
  texts: readonly string[]
  signal: AbortSignal
  fetch: typeof globalThis.fetch
  address: EmbeddingsAddress
  guard: SecretGuard
  model: string
  /** Asked for, when it is. */
  dimension: number | undefined
  settings: EndpointSettings
}

const retriedStatuses = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529])

/** An attempt that may succeed later. */
class FailedAttempt extends Error {
  readonly retryAfterInMs: number

  constructor({ reason, retryAfterInMs }: { reason: string; retryAfterInMs: number }) {
    super(reason)
    this.retryAfterInMs = retryAfterInMs
  }
}

/**
 * One vector per text from `POST …/embeddings`, tried again after a random part of an exponentially growing
 * wait (full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export async function requestEmbeddings(request: EmbeddingsRequest): Promise<number[][]> {
  const { address, signal, settings } = request
  let attempts = 0
  try {
    return await pRetry(
      () => {
        attempts++
        return attempt(request)
      },
      {
        retries: settings.retries,
        minTimeout: 0,
        shouldRetry: ({ error }) =>
          error instanceof FailedAttempt &&
          error.retryAfterInMs <= settings.longestRetryAfterInMs &&
          !signal.aborted,
        onFailedAttempt: async ({ error, retriesConsumed, retriesLeft }) => {
          if (retriesLeft === 0 || !(error instanceof FailedAttempt)) return
          if (error.retryAfterInMs > settings.longestRetryAfterInMs) return
          const { firstDelayInMs, longestDelayInMs } = settings
          const longest = Math.min(longestDelayInMs, firstDelayInMs * 2 ** retriesConsumed)
          const wait = Math.max(error.retryAfterInMs, Math.random() * longest)
          await sleep(wait, undefined, { signal })
        },
      },
    )
  } catch (error) {
    signal.throwIfAborted()
    if (isReasoningBankError(error)) throw error
    throw endpointUnreachable({
      address: address.shown,
      attempts,
      reason: request.guard.redact(reasonOf(error)),
    })
  }
}

async function attempt(request: EmbeddingsRequest): Promise<number[][]> {
  const { texts, signal, fetch, address, guard, model, dimension, settings } = request
  let response: Response
  let body: string
  try {
    response = await fetch(address.url, {
      method: "POST",
      headers: { ...guard.headers, "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        model,
        input: texts,
        encoding_format: "float",
        ...(dimension !== undefined && { dimensions: dimension }),
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(settings.requestTimeoutInMs)]),
    })
    body = await response.text()
  } catch (error) {
    throw new FailedAttempt({ reason: reasonOf(error), retryAfterInMs: 0 })
  }
  if (response.ok) {
    return readEmbeddings({ body, count: texts.length, address: address.shown, model })
  }
  if (!retriedStatuses.has(response.status)) {
    throw endpointRefused({
      address: address.shown,
      status: response.status,
      answer: guard.redact(body),
    })
  }
  throw new FailedAttempt({
    reason: `it answered ${response.status}`,
    retryAfterInMs: readRetryAfter(response.headers),
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
