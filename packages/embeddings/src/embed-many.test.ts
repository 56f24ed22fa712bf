import { describe, expect, test } from "vitest"
import type { EmbedProgress } from "./embed-many.ts"
import { createFunctionEmbedder, embedMany } from "./index.ts"
import { hashedVector } from "./testing/hashed-vector.ts"

const dimension = 16
const embedder = createFunctionEmbedder({
  name: "hash",
  dimension,
  embed: (texts) => texts.map((text) => hashedVector({ text, dimension })),
})
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`)

describe("embedMany", () => {
  test("gives every text in order, with its vector and the model", async () => {
    const texts = numbered(75)
    const embedded = await Array.fromAsync(embedMany({ embedder, texts, windowSize: 10 }))
    expect(embedded.map(({ text }) => text)).toEqual(texts)
    expect(embedded.map(({ index }) => index)).toEqual(texts.map((_, index) => index))
    expect(embedded[74]).toMatchObject({ model: "hash", dimension })
    expect(embedded[74]?.vector).toEqual((await embedder.embed(["text 74"]))[0])
  })

  test("no texts give nothing", async () => {
    expect(await Array.fromAsync(embedMany({ embedder, texts: [] }))).toEqual([])
  })

  test("says how far it is", async () => {
    const told: EmbedProgress[] = []
    const onProgress = (progress: EmbedProgress) => told.push(progress)
    await Array.fromAsync(embedMany({ embedder, texts: numbered(25), windowSize: 10, onProgress }))
    expect(told.map(({ done, total }) => [done, total])).toEqual([
      [10, 25],
      [20, 25],
      [25, 25],
    ])
    expect(told.every(({ rate }) => rate > 0)).toBe(true)
    expect(told[0]?.secondsLeft).toBeGreaterThan(0)
    expect(told[2]?.secondsLeft).toBe(0)
  })

  test("of texts without an end it knows no total", async () => {
    const told: EmbedProgress[] = []
    const texts = numbered(3).values()
    await Array.fromAsync(embedMany({ embedder, texts, onProgress: (all) => told.push(all) }))
    expect(told).toMatchObject([{ done: 3, total: null, secondsLeft: null }])
  })

  test("reads no further than two windows ahead of its reader, and stops with it", async () => {
    let read = 0
    let hasEnded = false
    async function* endless() {
      try {
        for (;;) yield `text ${read++}`
      } finally {
        hasEnded = true
      }
    }
    let taken = 0
    for await (const { index } of embedMany({ embedder, texts: endless(), windowSize: 10 })) {
      taken = index + 1
      await new Promise(setImmediate)
      expect(read).toBeLessThanOrEqual(taken + 20)
      if (taken === 95) break
    }
    expect(hasEnded).toBe(true)
  })

  test("an abort ends it with the reason of the signal", async () => {
    const controller = new AbortController()
    const reason = new Error("enough")
    const seen: number[] = []
    const reading = async () => {
      const texts = numbered(50)
      const { signal } = controller
      for await (const { index } of embedMany({ embedder, texts, windowSize: 10, signal })) {
        seen.push(index)
        if (index === 14) controller.abort(reason)
      }
    }
    await expect(reading()).rejects.toBe(reason)
    expect(seen.at(-1)).toBe(14)
  })

  test("a failure of the embedder comes at its place, after what was made before", async () => {
    const failing = createFunctionEmbedder({
      name: "hash",
      dimension,
      embed: (texts) => {
        if (texts.includes("text 20")) throw new Error("broken")
        return texts.map((text) => hashedVector({ text, dimension }))
      },
    })
    const seen: number[] = []
    const reading = async () => {
      for await (const { index } of embedMany({
        embedder: failing,
        texts: numbered(30),
        windowSize: 10,
      })) {
        seen.push(index)
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: "embedding:failed" })
    expect(seen).toHaveLength(20)
  })
})
