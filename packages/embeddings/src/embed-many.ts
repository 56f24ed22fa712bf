import type { Embedder } from "@reasoningbank/core"

/** A vector with its text and the model that made it. */
export type EmbeddedText = {
  /** Position among the texts. */
  index: number
  text: string
  model: string
  dimension: number
  vector: Float32Array
}

export type EmbedProgress = {
  /** Texts embedded. */
  done: number
  /** Null while it is not known. */
  total: number | null
  /** Texts a second since the start. */
  rate: number
  secondsLeft: number | null
}

/**
 * Embeds texts of any number in their order. At most two windows are held at once: one that is read and
 * one that is made meanwhile. Rejects with the reason of an aborted `signal`; raises what `embedder` raises.
 */
export async function* embedMany({
  embedder,
  texts,
  total = Array.isArray(texts) ? texts.length : null,
  windowSize = 128,
  onProgress,
  signal,
}: {
  embedder: Embedder
  texts: Iterable<string> | AsyncIterable<string>
  /** Of texts, for the time left. @default the length of an array */
  total?: number | null
  /** Texts embedded together, sorted by length within. */
  windowSize?: number
  /** Told after each window. */
  onProgress?: (progress: EmbedProgress) => void
  signal?: AbortSignal | undefined
}): AsyncGenerator<EmbeddedText, void, undefined> {
  const { name: model, dimension } = embedder
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  signal?.throwIfAborted()
  signal?.addEventListener("abort", abort)
  const started = performance.now()
  let done = 0

  const windows = readWindows({ texts, windowSize })
  const embedNext = async () => {
    const { value: window } = await windows.next()
    if (window === undefined) return null
    stop.signal.throwIfAborted()
    const vectors = await embedder.embed(window, { signal: stop.signal })
    done += window.length
    onProgress?.(progressOf({ done, total, seconds: (performance.now() - started) / 1_000 }))
    return { window, vectors }
  }
  const embedAhead = () => {
    const promise = embedNext()
    // It is awaited only when its turn comes.
    promise.catch(() => {})
    return promise
  }

  try {
    let index = 0
    let ahead = embedAhead()
    for (let next = await ahead; next !== null; next = await ahead) {
      ahead = embedAhead()
      for (const [row, text] of next.window.entries()) {
        stop.signal.throwIfAborted()
        const vector = next.vectors[row] ?? new Float32Array()
        yield { index: index++, text, model, dimension, vector }
      }
    }
  } finally {
    signal?.removeEventListener("abort", abort)
    stop.abort()
    await windows.return(undefined)
  }
}

async function* readWindows({
  texts,
  windowSize,
}: {
  texts: Iterable<string> | AsyncIterable<string>
  windowSize: number
}): AsyncGenerator<string[], undefined, undefined> {
  let window: string[] = []
  for await (const text of texts) {
    window.push(text)
    if (window.length < windowSize) continue
    yield window
    window = []
  }
  if (window.length > 0) yield window
}

function progressOf({
  done,
  total,
  seconds,
}: {
  done: number
  total: number | null
  seconds: number
}): EmbedProgress {
  const rate = done / Math.max(seconds, 0.001)
  return {
    done,
    total,
    rate,
    secondsLeft: total === null ? null : Math.max(0, total - done) / rate,
  }
}
