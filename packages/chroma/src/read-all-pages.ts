import { ReasoningBankError } from "@reasoningbank/core"

const mostAttempts = 4

export type PagedListing<Item> = {
  /** What is listed, for the error message. */
  what: string
  largestPage: number
  page(range: { limit: number; offset: number }): Promise<Item[]>
  /** How many there are, by the server's own count. */
  count(): Promise<number>
  /** Tells items apart. */
  key(item: Item): string
}

/**
 * Reads a listing that has offsets only. A short page is not its end: it ends when it holds as many
 * different items as the server counts, before and after; otherwise somebody wrote in between and it
 * is read again. Raises `source:changed` when that goes on.
 */
export async function readAllPages<Item>(listing: PagedListing<Item>): Promise<Item[]> {
  const { what, largestPage, page, count, key } = listing
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const expected = await count()
    const items = new Map<string, Item>()
    for (let offset = 0, known = -1; items.size < expected && items.size > known; ) {
      known = items.size
      const found = await page({ limit: largestPage, offset })
      for (const item of found) items.set(key(item), item)
      offset += found.length
    }
    if (items.size === expected && (await count()) === expected) return [...items.values()]
  }
  throw new ReasoningBankError({
    code: "source:changed",
    message: `The list of ${what} could not be read in one piece in ${mostAttempts} attempts: it does not agree with the server's own count.`,
    hint: "Stop the programs that write to this Chroma server and run again.",
  })
}
