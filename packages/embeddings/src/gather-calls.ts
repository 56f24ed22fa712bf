import { isReasoningBankError } from "@reasoningbank/core"

/** Gives one vector per text. */
export type EmbedTexts = (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>

type Call = {
  texts: readonly string[]
  signal: AbortSignal
  resolve: (vectors: Float32Array[]) => void
  reject: (error: unknown) => void
}

/**
 * Runs calls together: all that arrive in one turn of the event loop, and all that wait for a free place.
 * When a batch fails for its texts, each of its calls runs alone: one text spoils only its own call.
 */
export function gatherCalls({
  embed,
  batchSize,
  concurrency,
}: {
  embed: EmbedTexts
  /** Texts in a batch at most; a call with more is a batch of its own. */
  batchSize: number
  /** Batches at once. */
  concurrency: number
}): EmbedTexts {
  const waiting: Call[] = []
  let running = 0
  let isScheduled = false

  function schedule() {
    if (isScheduled || waiting.length === 0 || running >= concurrency) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      const calls = takeBatch({ waiting, batchSize })
      running++
      void runTogether({ embed, calls }).finally(() => {
        running--
        schedule()
      })
      schedule()
    })
  }

  return (texts, signal) =>
    new Promise((resolve, reject) => {
      waiting.push({ texts, signal, resolve, reject })
      schedule()
    })
}

function takeBatch({ waiting, batchSize }: { waiting: Call[]; batchSize: number }): Call[] {
  const calls: Call[] = []
  let size = 0
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    if (calls.length > 0 && size + next.texts.length > batchSize) break
    waiting.shift()
    if (next.signal.aborted) next.reject(next.signal.reason)
    else {
      calls.push(next)
      size += next.texts.length
    }
  }
  return calls
}

async function runTogether({ embed, calls }: { embed: EmbedTexts; calls: readonly Call[] }) {
  if (calls.length === 0) return
  const texts = [...new Set(calls.flatMap((call) => call.texts))]
  try {
    const vectors = await embed(texts, signalOfAll(calls))
    const byText = new Map(texts.map((text, row) => [text, vectors[row] ?? new Float32Array()]))
    for (const call of calls) {
      call.resolve(call.texts.map((text) => byText.get(text) ?? new Float32Array()))
    }
  } catch (error) {
    const left = calls.filter(({ signal }) => !signal.aborted)
    const isTheirs = !isReasoningBankError(error) || error.code !== "embedding:unreachable"
    if (calls.length === 1 || left.length === 0 || !isTheirs) {
      for (const call of calls) call.reject(error)
    } else await Promise.all(left.map((call) => runTogether({ embed, calls: [call] })))
  }
}

/** Aborted when nobody waits for the batch any more. */
function signalOfAll(calls: readonly Call[]): AbortSignal {
  const controller = new AbortController()
  for (const { signal } of calls) {
    signal.addEventListener("abort", () => {
      if (calls.every((call) => call.signal.aborted)) controller.abort(signal.reason)
    })
  }
  return controller.signal
}
