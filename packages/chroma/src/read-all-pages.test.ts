import { describe, expect, it } from "vitest"
import { readAllPages } from "./read-all-pages.ts"

function listing(pages: { items: string[]; mostPerPage?: number; before?: () => void }) {
  const { items, mostPerPage = 1000, before } = pages
  return {
    what: "records",
    largestPage: 10,
    async page({ limit, offset }: { limit: number; offset: number }) {
      before?.()
      return items.slice(offset, offset + Math.min(limit, mostPerPage))
    },
    count: async () => items.length,
    key: (item: string) => item,
  }
}

const many = Array.from({ length: 25 }, (_, index) => `item ${index}`)

describe("readAllPages", () => {
  it("reads on after a short page", async () => {
    expect(await readAllPages(listing({ items: many, mostPerPage: 3 }))).toEqual(many)
    expect(await readAllPages(listing({ items: [] }))).toEqual([])
  })

  it("starts again when the listing moved meanwhile", async () => {
    const items = [...many]
    let requests = 0
    const before = () => {
      if (++requests === 2) items.shift()
    }
    expect(await readAllPages(listing({ items, before }))).toEqual(many.slice(1))
  })

  it("gives up on a listing that never holds still, or ignores the offset", async () => {
    const items = [...many]
    const changed = expect.objectContaining({ code: "source:changed" })
    await expect(
      readAllPages(listing({ items, before: () => items.push(`${items.length}`) })),
    ).rejects.toEqual(changed)
    const stuck = { ...listing({ items: many }), page: async () => many.slice(0, 10) }
    await expect(readAllPages(stuck)).rejects.toEqual(changed)
  })
})
