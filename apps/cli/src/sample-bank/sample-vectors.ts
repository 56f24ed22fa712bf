import { createHash } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { embeddingDimension, embeddingModel, ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"
import { type EmbeddedText, sampleBankFolder } from "./read-sample-texts.ts"

const vectorIndexSchema = z.strictObject({
  model: z.literal(embeddingModel),
  dimension: z.literal(embeddingDimension),
  rows: z.array(
    z.strictObject({
      embeds: z.enum(["memory_item", "task", "query"]),
      id: z.string(),
      text_sha256: z.string(),
    }),
  ),
})

const indexFile = new URL("vectors.json", sampleBankFolder)
const vectorFile = new URL("vectors.f32", sampleBankFolder)
const bytesPerVector = embeddingDimension * Float32Array.BYTES_PER_ELEMENT

/** Vector of each text, in their order. Raises `internal` when a text is not the one that was embedded. */
export async function readSampleVectors(texts: readonly EmbeddedText[]): Promise<Float32Array[]> {
  const { rows } = vectorIndexSchema.parse(JSON.parse(await readFile(indexFile, "utf8")))
  const bytes = await readFile(vectorFile)
  const isCurrent =
    rows.length === texts.length &&
    bytes.byteLength === rows.length * bytesPerVector &&
    texts.every(({ embeds, id, text }, index) => {
      const row = rows[index]
      return row?.embeds === embeds && row.id === id && row.text_sha256 === sha256(text)
    })
  if (!isCurrent) {
    throw new ReasoningBankError({
      code: "internal",
      message: "The sample bank's texts and its vectors do not belong together.",
      hint: "Run `pnpm sample:embed` after changing a text.",
    })
  }
  return texts.map((_, row) =>
    Float32Array.from({ length: embeddingDimension }, (_, column) =>
      bytes.readFloatLE(row * bytesPerVector + column * Float32Array.BYTES_PER_ELEMENT),
    ),
  )
}

/** Writes `vectors.f32` (little-endian float32, one row a text) and its index `vectors.json`. */
export async function writeSampleVectors({
  texts,
  vectors,
}: {
  texts: readonly EmbeddedText[]
  vectors: readonly Float32Array[]
}) {
  const bytes = Buffer.alloc(texts.length * bytesPerVector)
  vectors.forEach((vector, row) => {
    vector.forEach((value, column) => {
      bytes.writeFloatLE(value, row * bytesPerVector + column * Float32Array.BYTES_PER_ELEMENT)
    })
  })
  const rows = texts.map(({ embeds, id, text }) =>
    JSON.stringify({ embeds, id, text_sha256: sha256(text) }),
  )
  const head = `"model": "${embeddingModel}",\n  "dimension": ${embeddingDimension}`
  await writeFile(vectorFile, bytes)
  await writeFile(indexFile, `{\n  ${head},\n  "rows": [\n    ${rows.join(",\n    ")}\n  ]\n}\n`)
}

function sha256(text: string) {
  return createHash("sha256").update(text).digest("hex")
}
