import { isReasoningBankError } from "@reasoningbank/core"
import { createMiniLmEmbedder } from "@reasoningbank/embeddings"
import { expect, test } from "vitest"
import { embeddedTexts, readSampleTexts } from "./read-sample-texts.ts"
import { readSampleVectors } from "./sample-vectors.ts"

test("the kept vectors are those that the model gives", { timeout: 240_000 }, async (context) => {
  const texts = embeddedTexts(await readSampleTexts())
  const kept = await readSampleVectors(texts)
  await using embedder = createMiniLmEmbedder({ hubEndpoint: null })
  let computed: Float32Array[]
  try {
    computed = await embedder.embed(texts.map(({ text }) => text))
  } catch (error) {
    if (process.env.CI === "true" || !isReasoningBankError(error)) throw error
    return context.skip(`did not run: ${error.message} ${error.hint}`)
  }
  texts.forEach(({ text }, index) => {
    const other = computed[index] ?? new Float32Array()
    const cosine = kept[index]?.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)
    expect(cosine, text.slice(0, 60)).toBeGreaterThan(0.99999)
  })
})
