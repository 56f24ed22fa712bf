import { setTimeout as sleep } from "node:timers/promises"

const allowedDoubts = 2

/**
 * Waits for work that a server does. A half-open connection is silent for ever and looks like a long statement, so
 * every `askEveryMs` the server is asked, on another connection, whether it still works on it; two noes in a row end
 * the wait with the code ETIMEDOUT, and the work's own end is no longer waited for.
 */
export async function whileServerWorks<Result>({
  work,
  isWorking,
  askEveryMs,
}: {
  work: Promise<Result>
  isWorking: () => Promise<boolean>
  askEveryMs: number
}): Promise<Result> {
  const finished = new AbortController()
  // Its failure is the caller's, through the race, or nobody's when the wait was given up.
  work.catch(() => {})
  try {
    return await Promise.race([work, doubt({ isWorking, askEveryMs, signal: finished.signal })])
  } finally {
    finished.abort()
  }
}

async function doubt({
  isWorking,
  askEveryMs,
  signal,
}: {
  isWorking: () => Promise<boolean>
  askEveryMs: number
  signal: AbortSignal
}): Promise<never> {
  let doubts = 0
  while (doubts < allowedDoubts) {
    const isWoken = await sleep(askEveryMs, false, { signal, ref: false }).catch(() => true)
    if (isWoken) return new Promise<never>(() => {})
    doubts = (await isWorking()) ? 0 : doubts + 1
  }
  const seconds = Math.round((askEveryMs * allowedDoubts) / 1_000)
  throw Object.assign(
    new Error(
      `the connection is dead: no answer for ${seconds} s, and the server does not work on it`,
    ),
    { code: "ETIMEDOUT" },
  )
}
