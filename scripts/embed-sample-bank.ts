import { embeddedTexts, readSampleTexts } from "../apps/cli/src/sample-bank/read-sample-texts.ts"
import { writeSampleVectors } from "../apps/cli/src/sample-bank/sample-vectors.ts"
import { createMiniLmEmbedder } from "../packages/embeddings/src/create-minilm-embedder.ts"

const texts = embeddedTexts(await readSampleTexts())
await using embedder = createMiniLmEmbedder()
const vectors = await embedder.embed(texts.map(({ text }) => text))
await writeSampleVectors({ texts, vectors })
console.log(`${texts.length} texts embedded.`)
