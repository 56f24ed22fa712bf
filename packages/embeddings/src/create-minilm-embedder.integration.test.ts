import { readFile } from "node:fs/promises"
import { type Embedder, isReasoningBankError } from "@reasoningbank/core"
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { createMiniLmEmbedder } from "./create-minilm-embedder.ts"
import type { ModelPaths } from "./find-model.ts"
import { loadMiniLmTokenizer, type MiniLmTokenizer } from "./minilm-tokenizer.ts"
import { obtainModel } from "./obtain-model.ts"

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

describe("all-MiniLM-L6-v2 against Python's sentence-transformers", () => {
  let reason = ""
  let tokenize: MiniLmTokenizer
  let embedder: Embedder

  beforeAll(async () => {
    let paths: ModelPaths
    try {
      paths = await obtainModel({ hubEndpoint: null })
    } catch (error) {
      if (process.env.CI === "true" || !isReasoningBankError(error)) throw error
      reason = `${error.message} ${error.hint}`
      return
    }
    tokenize = await loadMiniLmTokenizer(paths["tokenizer.json"])
    embedder = await createMiniLmEmbedder({ hubEndpoint: null })
  }, 180_000)

  beforeEach((context) => {
    if (reason !== "") context.skip(`did not run: ${reason}`)
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

  test("the vectors are the same, embedded alone", async () => {
    for (const { text, vector } of golden) {
      const [embedded] = await embedder.embed([text])
      expect(cosine(embedded, fromHex(vector)), text.slice(0, 60)).toBeGreaterThan(0.99999)
    }
  })

  test("no texts give no vectors", async () => {
    expect(await embedder.embed([])).toEqual([])
  })
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
