import { readFile } from "node:fs/promises"
import type { ClosableEmbedder } from "@reasoningbank/core"
import { describeEmbedder } from "@reasoningbank/core/testing"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { createMiniLmEmbedder } from "./create-minilm-embedder.ts"
import { loadMiniLmTokenizer, type MiniLmTokenizer } from "./minilm-tokenizer.ts"
import { obtainedModel } from "./testing/obtained-model.ts"

type Golden = {
  text: string
  tokens: number
  ids_head: number[]
  ids_tail: number[]
  vector: string
}

const golden: Golden[] = JSON.parse(
  await readFile(new URL("__fixtures__/all-minilm-l6-v2.json", import.meta.url), "utf8"),
)
const isRequired = process.env.CI === "true"
const fp32 = await obtainedModel({ isRequired })
const q8 = await obtainedModel({ precision: "q8", isRequired })

describeEmbedder({
  label: "all-MiniLM-L6-v2 in fp32",
  open: () => createMiniLmEmbedder({ hubEndpoint: null }),
  skipReason: () => fp32.skipReason,
})

describeEmbedder({
  label: "all-MiniLM-L6-v2 in q8",
  open: () => createMiniLmEmbedder({ precision: "q8", hubEndpoint: null }),
  skipReason: () => q8.skipReason,
})

describe("all-MiniLM-L6-v2 against Python's sentence-transformers", () => {
  let embedder: ClosableEmbedder
  let tokenize: MiniLmTokenizer

  beforeAll(async () => {
    embedder = createMiniLmEmbedder({ hubEndpoint: null, cacheSize: 0 })
    if (fp32.paths !== null) tokenize = await loadMiniLmTokenizer(fp32.paths["tokenizer.json"])
  })

  afterAll(async () => {
    await embedder.close()
  })

  beforeEach((context) => {
    if (fp32.skipReason !== "") context.skip(fp32.skipReason)
  })

  test("the word pieces are the same", () => {
    expect(golden).toHaveLength(38)
    for (const { text, tokens, ids_head, ids_tail } of golden) {
      const ids = tokenize(text)
      expect(ids, text.slice(0, 60)).toHaveLength(tokens)
      expect(ids.slice(0, ids_head.length), text.slice(0, 60)).toEqual(ids_head)
      expect(ids.slice(-ids_tail.length), text.slice(0, 60)).toEqual(ids_tail)
    }
  })

  test("the vectors are the same, embedded together", async () => {
    const vectors = await embedder.embed(golden.map(({ text }) => text))
    golden.forEach(({ text, vector }, index) => {
      expect(cosine(vectors[index], fromHex(vector)), text.slice(0, 60)).toBeGreaterThan(0.99999)
    })
  })

  test("the vectors are the same, embedded alone and at once", async () => {
    const alone = await Promise.all(golden.map(({ text }) => embedder.embed([text])))
    golden.forEach(({ text, vector }, index) => {
      expect(cosine(alone[index]?.[0], fromHex(vector)), text.slice(0, 60)).toBeGreaterThan(0.99999)
    })
  })
})

test("q8 is another model: its own name, and other vectors", async (context) => {
  if (q8.skipReason + fp32.skipReason !== "") return context.skip(q8.skipReason)
  await using small = createMiniLmEmbedder({ precision: "q8", hubEndpoint: null })
  await using large = createMiniLmEmbedder({ hubEndpoint: null })
  expect([large.name, small.name]).toEqual(["all-MiniLM-L6-v2", "all-MiniLM-L6-v2-q8"])
  const [text = ""] = golden.map((entry) => entry.text)
  const [[one], [other = new Float32Array()]] = await Promise.all([
    large.embed([text]),
    small.embed([text]),
  ])
  expect(cosine(one, other)).toBeLessThan(0.9999)
  expect(cosine(one, other)).toBeGreaterThan(0.9)
})

function fromHex(hex: string) {
  const bytes = Buffer.from(hex, "hex")
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

function cosine(a: Float32Array | undefined, b: Float32Array) {
  let dot = 0
  let lengths = [0, 0]
  a?.forEach((value, index) => {
    const other = b[index] ?? Number.NaN
    dot += value * other
    lengths = [(lengths[0] ?? 0) + value * value, (lengths[1] ?? 0) + other * other]
  })
  return dot / Math.sqrt((lengths[0] ?? 0) * (lengths[1] ?? 0))
}
