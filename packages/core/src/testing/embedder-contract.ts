import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { ClosableEmbedder } from "../embedder.ts"

/** What every embedder must do. `open` makes a new one; `skipReason` says why none can be made here, "" when it can. */
export function describeEmbedder({
  label,
  open,
  skipReason = () => "",
}: {
  label: string
  open: () => ClosableEmbedder
  skipReason?: () => string
}): void {
  describe(`the port Embedder: ${label}`, () => {
    let embedder: ClosableEmbedder

    beforeAll(() => {
      embedder = open()
    })

    afterAll(async () => {
      await embedder.close()
    })

    beforeEach((context) => {
      if (skipReason() !== "") context.skip(skipReason())
    })

    test("one unit vector of the stated length per text, in their order", async () => {
      const vectors = await embedder.embed(texts)
      expect(embedder.name).not.toBe("")
      expect(vectors).toHaveLength(texts.length)
      for (const vector of vectors) {
        expect(vector).toBeInstanceOf(Float32Array)
        expect(vector).toHaveLength(embedder.dimension)
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
      }
    })

    test("a text has one vector, alone or among others, one after the other or at once", async () => {
      await using alone = open()
      await using atOnce = open()
      const together = await embedder.embed(texts)
      const separate: Float32Array[] = []
      for (const text of texts) separate.push(...(await alone.embed([text])))
      const concurrent = await Promise.all(texts.map((text) => atOnce.embed([text])))
      expectSameVectors(separate, together)
      expectSameVectors(concurrent.flat(), together)
    })

    test("many texts at once, of many lengths", async () => {
      const many = Array.from(
        { length: 150 },
        (_, index) => `${"word ".repeat(index % 23)}${index}`,
      )
      const vectors = await embedder.embed(many)
      const picked = [0, 22, 77, 149]
      const alone = await embedder.embed(picked.map((index) => many[index] ?? ""))
      expectSameVectors(
        picked.map((index) => vectors[index] ?? new Float32Array()),
        alone,
      )
    })

    test("no texts give no vectors", async () => {
      expect(await embedder.embed([])).toEqual([])
    })

    test("a repeated text has the same vector, and each is the caller's own", async () => {
      const [first, second] = await embedder.embed(["twice", "twice"])
      expect(second).toEqual(first)
      first?.fill(7)
      expect(second).not.toEqual(first)
      expect(await embedder.embed(["twice"])).toEqual([second])
    })

    test("what is not a text is refused with its position", async () => {
      const notTexts: unknown = ["text", 7]
      await expect(embedder.embed(notTexts as string[])).rejects.toMatchObject({
        code: "usage",
        message: expect.stringContaining("text 1"),
      })
    })

    test("an aborted call ends with the reason of its signal, others go on", async () => {
      const reason = new Error("no longer needed")
      const before = embedder.embed(["never"], { signal: AbortSignal.abort(reason) })
      await expect(before).rejects.toBe(reason)

      const controller = new AbortController()
      const call = embedder.embed(["aborted on its way"], { signal: controller.signal })
      const neighbour = embedder.embed(["wanted"])
      controller.abort(reason)
      await expect(call).rejects.toBe(reason)
      expectSameVectors(await neighbour, await embedder.embed(["wanted"]))
    })

    test("after closing, every call is refused", async () => {
      const closed = open()
      const pending = closed.embed(["on its way when it closes"])
      const settled = expect(pending).rejects.toMatchObject({ code: "embedding:closed" })
      await closed.close()
      await settled
      await closed.close()
      await expect(closed.embed(["later"])).rejects.toMatchObject({ code: "embedding:closed" })
    })
  })
}

const texts = [
  "Retry a write only when it carries an idempotency key",
  "",
  "deploy",
  "数据库迁移完成后验证每一行",
  "नमस्ते दुनिया",
  "naïve café, cafe\u0301",
  "half a pair: \ud83d and a whole one: 🚀",
  "control\u0000characters\u0007here",
  "[CLS] [SEP] [MASK]",
  "a long text ".repeat(400),
]

function expectSameVectors(actual: readonly Float32Array[], expected: readonly Float32Array[]) {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((vector, row) => {
    const other = expected[row] ?? new Float32Array()
    expect(vector).toHaveLength(other.length)
    const difference = vector.reduce(
      (worst, value, column) => Math.max(worst, Math.abs(value - (other[column] ?? Number.NaN))),
      0,
    )
    expect(difference, `text ${row}`).toBeLessThan(1e-6)
  })
}
