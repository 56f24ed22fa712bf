/** How much to ask of a server at once, learned from what it could take. */
export type RequestPace = {
  /** Items for the next request. */
  readonly items: number
  /** Requests to have under way. */
  readonly atOnce: number
  /** A request with this many items was answered. */
  passed(items: number): void
  /** A request with this many items was too large or ran out of time. */
  wasTooMuch(items: number): void
  /** The server asked for fewer requests, or did not answer. */
  wasBusy(): void
}

/** Answers in a row until a size that was too much once is tried again. */
const answersUntilRetrial = 20

/**
 * Halves what was too much and grows by a tenth with each answer (AIMD, RFC 5681), up to the most; a size that was too
 * much is not tried again at once.
 */
export function createRequestPace({
  mostItems,
  mostAtOnce,
}: {
  mostItems: number
  mostAtOnce: number
}): RequestPace {
  let items = mostItems
  let atOnce = mostAtOnce
  let ceiling = mostItems
  let answersAtCeiling = 0
  return {
    get items() {
      return items
    },
    get atOnce() {
      return Math.floor(atOnce)
    },
    passed(sent) {
      atOnce = Math.min(mostAtOnce, atOnce + 1 / atOnce)
      if (sent < items) return
      answersAtCeiling = items === ceiling ? answersAtCeiling + 1 : 0
      if (answersAtCeiling >= answersUntilRetrial) ceiling = Math.min(mostItems, ceiling * 2)
      items = Math.min(ceiling, items + Math.ceil(items / 10))
    },
    wasTooMuch(sent) {
      ceiling = Math.max(1, Math.min(ceiling, Math.floor(sent * 0.8)))
      items = Math.max(1, Math.min(items, Math.floor(sent / 2)))
      answersAtCeiling = 0
    },
    wasBusy() {
      atOnce = Math.max(1, atOnce / 2)
    },
  }
}
