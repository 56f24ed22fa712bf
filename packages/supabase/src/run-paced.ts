import type { RequestPace } from "./create-request-pace.ts"
import { inHalves } from "./in-halves.ts"
import { TooMuchAtOnce } from "./unwrap-response.ts"

/**
 * Runs a task on all items, as many at once as the pace says; parts that are too much go in halves. Results are in
 * the order of the items.
 */
export async function runPaced<Item, Result>({
  items,
  pace,
  task,
}: {
  items: readonly Item[]
  pace: RequestPace
  task: (items: readonly Item[]) => Promise<Result[]>
}): Promise<Result[]> {
  const measured = async (part: readonly Item[]) => {
    try {
      const results = await task(part)
      pace.passed(part.length)
      return results
    } catch (error) {
      if (error instanceof TooMuchAtOnce) pace.wasTooMuch(part.length)
      throw error
    }
  }
  const results: Result[] = []
  let start = 0
  do {
    const wave: Promise<Result[]>[] = []
    do {
      const part = items.slice(start, start + pace.items)
      start += part.length
      wave.push(inHalves({ items: part, task: measured }))
    } while (start < items.length && wave.length < pace.atOnce)
    // All of a wave end before one of them fails it: nothing is written behind the caller's back.
    for (const outcome of await Promise.allSettled(wave)) {
      if (outcome.status === "rejected") throw outcome.reason
      results.push(...outcome.value)
    }
  } while (start < items.length)
  return results
}
