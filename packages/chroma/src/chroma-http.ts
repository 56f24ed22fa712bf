import { setTimeout as wait } from "node:timers/promises"
import { ReasoningBankError } from "@reasoningbank/core"
import pRetry from "p-retry"
import type { ChromaAddress } from "./chroma-address.ts"
import { retryDelayInMs } from "./retry-delay.ts"

export type ChromaRequest = {
  /** Appended to the address, from `/api/…`. */
  path: string
  /** Sent as JSON with POST; without one the request is a GET. */
  body?: unknown
  /** The same as text, for numbers that JavaScript has no value for. */
  json?: string
  method?: "PUT" | "DELETE"
  signal: AbortSignal
}

export type ChromaAnswer = { status: number; text: string; redirectedTo: string | null }

export type ChromaHttp = {
  location: string
  /** Any answer but a passing failure, whatever its status. */
  send(request: ChromaRequest): Promise<ChromaAnswer>
}

export type ChromaHttpOptions = {
  address: ChromaAddress
  /** Attempts after the first. */
  retries: number
  firstDelayInMs: number
  requestTimeoutInMs: number
}

const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Chroma's REST API with patience: network errors, cut answers, time-outs and passing statuses are
 * tried again, with waits that double, full jitter, and `Retry-After` obeyed. All requests sent
 * through it only read, so repeating one is safe.
 * Raises `source:unreachable` when the attempts are used up, and the signal's reason when aborted.
 */
export function createChromaHttp(options: ChromaHttpOptions): ChromaHttp {
  const { address, retries, firstDelayInMs, requestTimeoutInMs } = options

  async function attempt({ path, signal, ...request }: ChromaRequest): Promise<ChromaAnswer> {
    let failure: PassingFailure
    const body = request.body === undefined ? request.json : JSON.stringify(request.body)
    const method = request.method ?? (body === undefined ? "GET" : "POST")
    try {
      const response = await fetch(`${address.baseUrl}${path}`, {
        headers: address.headers,
        // Followed redirects would carry the token to another host.
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutInMs)]),
        method,
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      const answer = {
        status: response.status,
        text,
        redirectedTo: response.headers.get("location"),
      }
      if (!passingStatuses.has(response.status)) return answer
      failure = new PassingFailure({
        reason: `it answered ${describeAnswer(answer)}`,
        retryAfter: response.headers.get("retry-after"),
      })
    } catch (cause) {
      failure = new PassingFailure({ reason: describeNetworkError(cause), retryAfter: null, cause })
    }
    throw failure
  }

  return {
    location: address.location,
    async send(request) {
      const { signal } = request
      try {
        return await pRetry(() => attempt(request), {
          retries,
          signal,
          minTimeout: 0,
          async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
            if (!(error instanceof PassingFailure) || retriesLeft === 0) return
            const { retryAfter } = error
            const delayInMs = retryDelayInMs({ attempt: attemptNumber, firstDelayInMs, retryAfter })
            await wait(delayInMs, undefined, { signal })
          },
        })
      } catch (error) {
        signal.throwIfAborted()
        throw new ReasoningBankError({
          code: "source:unreachable",
          message: `The Chroma server at ${address.location} gave no usable answer in ${retries + 1} attempts; at last ${error instanceof Error ? error.message : error}.`,
          hint: "Check that the server runs and that the address is right; when its directory is at hand, stop it and give --chromadb-dir instead.",
          cause: error,
        })
      }
    },
  }
}

class PassingFailure extends Error {
  readonly retryAfter: string | null

  constructor({
    reason,
    retryAfter,
    cause,
  }: { reason: string; retryAfter: string | null; cause?: unknown }) {
    super(reason, { cause })
    this.retryAfter = retryAfter
  }
}

/** Status and, when the server said why, its words: `404 (Collection x does not exist)`. */
export function describeAnswer({ status, text }: { status: number; text: string }): string {
  for (const key of ["message", "detail", "error"]) {
    const [, words] = new RegExp(`"${key}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){1,300})`).exec(text) ?? []
    if (words !== undefined) return `${status} (${words})`
  }
  return String(status)
}

function describeNetworkError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === "TimeoutError") return "it did not answer in time"
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return "code" in cause ? String(cause.code) : cause.message
}
