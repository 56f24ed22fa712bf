import { setTimeout as sleep } from "node:timers/promises"
import pRetry from "p-retry"

export type RetrySettings = {
  /** Further attempts after the first. @default 6 */
  retries?: number
  /** Upper bound of the first wait; it doubles with each attempt. @default 500 */
  firstDelayInMs?: number
  /** @default 20000 */
  longestDelayInMs?: number
  /** For one attempt, answer included. @default 120000 */
  requestTimeoutInMs?: number
  /** Told before each wait: the server was overloaded or did not answer. */
  onBusy?: () => void
}

const retriedStatuses = new Set([429, 502, 503, 504, 520, 521, 522, 523, 524, 544])
const longestRetryAfterInMs = 120_000
/** An address that never answered is more likely wrong than down for a moment. */
const retriesBeforeFirstAnswer = 2

/** An answer that asks for another attempt; the last one is handed to the caller after all. */
class RetriedResponse extends Error {
  readonly response: Response

  constructor(response: Response) {
    super(`HTTP ${response.status}`)
    this.response = response
  }
}

/**
 * `fetch` for requests that may safely be sent twice. Network failures and answers of an overloaded or absent server
 * are tried again after a random part of an exponentially growing wait (full jitter,
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and not before `Retry-After`.
 */
export function createRetryingFetch({
  retries = 6,
  firstDelayInMs = 500,
  longestDelayInMs = 20_000,
  requestTimeoutInMs = 120_000,
  onBusy = () => {},
}: RetrySettings): typeof fetch {
  let hasAnswered = false
  return async (input, init) => {
    const attempt = async () => {
      const response = await fetch(input, {
        ...init,
        signal: AbortSignal.timeout(requestTimeoutInMs),
      })
      hasAnswered = true
      if (retriedStatuses.has(response.status)) throw new RetriedResponse(response)
      return response
    }
    try {
      return await pRetry(attempt, {
        retries,
        minTimeout: 0,
        shouldRetry: ({ retriesConsumed }) =>
          hasAnswered || retriesConsumed < retriesBeforeFirstAnswer,
        onFailedAttempt: async ({ error, retriesConsumed, retriesLeft }) => {
          onBusy()
          if (retriesLeft === 0) return
          const longest = Math.min(longestDelayInMs, firstDelayInMs * 2 ** retriesConsumed)
          const asked = error instanceof RetriedResponse ? readRetryAfter(error.response) : 0
          if (error instanceof RetriedResponse) await error.response.body?.cancel()
          await sleep(Math.max(asked, Math.random() * longest))
        },
      })
    } catch (error) {
      if (error instanceof RetriedResponse) return error.response
      throw error
    }
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3); 0 without one. */
function readRetryAfter({ headers }: Response): number {
  const value = headers.get("retry-after")
  if (value === null) return 0
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), longestRetryAfterInMs)
}
