import { describeEmbedder } from "@reasoningbank/core/testing"
import { describe, expect, test } from "vitest"
import {
  createFunctionEmbedder,
  type FunctionEmbedderSettings,
} from "./create-function-embedder.ts"
import { hashedVector } from "./testing/hashed-vector.ts"

const dimension = 48

describeEmbedder({
  label: "a function",
  open: () => open().embedder,
})

/** Its embedder and the texts of each call the function had. */
function open(settings: Partial<FunctionEmbedderSettings> = {}) {
  const calls: string[][] = []
  const embedder = createFunctionEmbedder({
    name: "hash",
    dimension,
    embed: async (texts) => {
      calls.push([...texts])
      return texts.map((text) => hashedVector({ text, dimension }))
    },
    ...settings,
  })
  return { embedder, calls }
}

describe("what the function is asked", () => {
  test("concurrent calls are one batch, in which each text stands once", async () => {
    const { embedder, calls } = open()
    const answers = await Promise.all(["a", "b", "a", "c"].map((text) => embedder.embed([text])))
    expect(calls).toEqual([["a", "b", "c"]])
    expect(answers[2]).toEqual(answers[0])
  })

  test("calls that come while one is running wait and are gathered", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const calls: string[][] = []
    const { embedder } = open({
      embed: async (texts) => {
        calls.push([...texts])
        await released
        return texts.map((text) => hashedVector({ text, dimension }))
      },
    })
    const first = embedder.embed(["first"])
    while (calls.length === 0) await new Promise(setImmediate)
    const later = ["b", "c", "d"].map((text) => embedder.embed([text]))
    await new Promise(setImmediate)
    expect(calls).toEqual([["first"]])
    release()
    await Promise.all([first, ...later])
    expect(calls).toEqual([["first"], ["b", "c", "d"]])
  })

  test("a text that was embedded before is not asked for again", async () => {
    const { embedder, calls } = open()
    const [before] = await embedder.embed(["known"])
    const [known] = await embedder.embed(["known", "new"])
    expect(known).toEqual(before)
    expect(calls).toEqual([["known"], ["new"]])
  })

  test("the texts used last are kept, as many as stated", async () => {
    const { embedder, calls } = open({ cacheSize: 2 })
    for (const text of ["a", "b", "a", "c", "a", "b"]) await embedder.embed([text])
    expect(calls.flat()).toEqual(["a", "b", "c", "b"])
  })

  test("none is kept when the size is 0", async () => {
    const { embedder, calls } = open({ cacheSize: 0 })
    for (const text of ["a", "a"]) await embedder.embed([text])
    expect(calls).toEqual([["a"], ["a"]])
  })

  test("a long call comes in parts and does not displace what is kept", async () => {
    const { embedder, calls } = open({ cacheSize: 3, batchSize: 40 })
    await embedder.embed(["kept"])
    const many = Array.from({ length: 100 }, (_, index) => `text ${index}`)
    const vectors = await embedder.embed(many)
    await embedder.embed(["kept"])
    expect(calls.map(({ length }) => length)).toEqual([1, 40, 40, 20])
    expect(vectors[99]).toEqual((await embedder.embed(["text 99"]))[0])
  })

  test("texts that differ in half a pair only are different texts", async () => {
    const { embedder, calls } = open()
    await embedder.embed(["\ud83d"])
    await embedder.embed(["\ud83e"])
    expect(calls).toHaveLength(2)
  })

  test("one text that can not be embedded spoils only its own call", async () => {
    const { embedder } = open({
      embed: (texts) => {
        if (texts.includes("bad")) throw new Error("no such word")
        return texts.map((text) => hashedVector({ text, dimension }))
      },
    })
    const [good, bad] = await Promise.allSettled([
      embedder.embed(["good"]),
      embedder.embed(["bad"]),
    ])
    expect(good.status).toBe("fulfilled")
    expect(bad).toMatchObject({
      reason: { code: "embedding:failed", message: expect.stringContaining("no such word") },
    })
  })

  test("it is told when nobody waits any more", async () => {
    const signals: AbortSignal[] = []
    const { embedder } = open({
      embed: (_, signal) => {
        signals.push(signal)
        return new Promise(() => {})
      },
    })
    const [one, two] = [new AbortController(), new AbortController()]
    const calls = Promise.allSettled([
      embedder.embed(["one"], { signal: one.signal }),
      embedder.embed(["two"], { signal: two.signal }),
    ])
    while (signals.length === 0) await new Promise(setImmediate)
    one.abort()
    expect(signals[0]?.aborted).toBe(false)
    two.abort()
    expect(signals[0]?.aborted).toBe(true)
    await calls
  })
})

describe("what the function gives is checked", () => {
  test.each([
    ["too few vectors", () => [], "0 vectors for 1 texts"],
    ["another dimension", () => [[1, 2, 3]], "3 numbers for text 0, 48 were expected"],
    ["zeros", () => [new Float32Array(dimension)], "zeros"],
    ["not a number", () => [Array.from({ length: dimension }, () => Number.NaN)], "not finite"],
  ])("%s", async (_, embed, message) => {
    const { embedder } = open({ embed })
    await expect(embedder.embed(["text"])).rejects.toMatchObject({
      code: "embedding:vectors",
      message: expect.stringContaining(message),
    })
  })

  test("a vector of unit length keeps its bits", async () => {
    const given = (await open().embedder.embed(["text"]))[0] ?? new Float32Array()
    const [same] = await open({ embed: () => [given] }).embedder.embed(["text"])
    expect(same).toEqual(given)
  })

  test.each([
    [{ name: " " }, "name"],
    [{ dimension: 0 }, "dimension"],
    [{ dimension: 1.5 }, "dimension"],
    [{ batchSize: -1 }, "batchSize"],
  ])("settings %o are refused", (settings, word) => {
    expect(() => open(settings)).toThrowError(
      expect.objectContaining({ code: "usage", message: expect.stringContaining(word) }),
    )
  })
})
