import { type ClosableEmbedder, ReasoningBankError } from "@reasoningbank/core"
import pLimit from "p-limit"
import { checkVectors } from "./check-vectors.ts"
import { type EmbedTexts, gatherCalls } from "./gather-calls.ts"
import { createVectorCache } from "./vector-cache.ts"
import type { VectorSource } from "./vector-source.ts"

export type CacheSettings = {
  /** Vectors kept of the texts used last; 0 keeps none. @default 1000 */
  cacheSize?: number | undefined
}

const largestGatheredCall = 32

/**
 * An embedder over a source of vectors: checks them, keeps those used last, runs small concurrent calls
 * together and long ones in parts. A call with more than 32 new texts does not displace what is kept.
 */
export function composeEmbedder({
  name,
  dimension,
  source,
  batchSize,
  concurrency,
  cacheSize = 1_000,
}: CacheSettings & {
  name: string
  dimension: number
  source: VectorSource
  /** Texts the source is given at once. */
  batchSize: number
  /** Calls of the source at once; gathered and long ones count apart. */
  concurrency: number
}): ClosableEmbedder {
  const cache = createVectorCache({ size: cacheSize })
  const limit = pLimit(concurrency)
  const running = new Set<AbortController>()
  let closed: Promise<void> | null = null

  const embedPart: EmbedTexts = async (texts, signal) => {
    const vectors = await source.embed(texts, signal)
    return checkVectors({ vectors, name, count: texts.length, dimension })
  }
  const embedTogether = gatherCalls({ embed: embedPart, batchSize, concurrency })
  const embedInParts: EmbedTexts = async (texts, signal) => {
    const parts: Promise<Float32Array[]>[] = []
    for (let from = 0; from < texts.length; from += batchSize) {
      const part = texts.slice(from, from + batchSize)
      parts.push(
        limit(async () => {
          signal.throwIfAborted()
          return await embedPart(part, signal)
        }),
      )
    }
    return (await Promise.all(parts)).flat()
  }

  async function embedMissing(texts: readonly string[], signal: AbortSignal) {
    if (texts.length > Math.min(largestGatheredCall, batchSize)) return embedInParts(texts, signal)
    const vectors = await embedTogether(texts, signal)
    texts.forEach((text, row) => {
      const vector = vectors[row]
      if (vector !== undefined) cache.set(text, vector)
    })
    return vectors
  }

  async function embed(texts: readonly string[], call: AbortController) {
    const byText = new Map(texts.map((text) => [text, cache.get(text)]))
    const missing = [...byText].flatMap(([text, vector]) => (vector === undefined ? [text] : []))
    if (missing.length > 0) {
      const vectors = await untilAborted(embedMissing(missing, call.signal), call.signal)
      missing.forEach((text, row) => {
        byText.set(text, vectors[row])
      })
    }
    return texts.map((text) => byText.get(text)?.slice() ?? new Float32Array())
  }

  const close = () => {
    for (const call of running) call.abort(closedError(name))
    closed ??= source.close()
    return closed
  }
  return {
    name,
    dimension,
    async embed(texts, { signal } = {}) {
      assertTexts(texts)
      if (closed !== null) throw closedError(name)
      signal?.throwIfAborted()
      const call = new AbortController()
      const abort = () => call.abort(signal?.reason)
      signal?.addEventListener("abort", abort)
      running.add(call)
      try {
        return await embed(texts, call)
      } finally {
        // What is still running of a call that failed is not needed.
        call.abort()
        running.delete(call)
        signal?.removeEventListener("abort", abort)
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason))
    promise.then(resolve, reject)
  })
}

function assertTexts(texts: readonly unknown[]) {
  const position = texts.findIndex((text) => typeof text !== "string")
  if (position === -1) return
  throw new ReasoningBankError({
    code: "usage",
    message: `Only texts can be embedded; text ${position} is of type ${typeof texts[position]}.`,
    hint: "Give an array of strings.",
  })
}

function closedError(name: string) {
  return new ReasoningBankError({
    code: "embedding:closed",
    message: `The embedder ${name} was closed.`,
    hint: "Create a new one, or close it only after the last call.",
  })
}
