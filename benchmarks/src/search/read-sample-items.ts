import { readFile } from "node:fs/promises"
import { embeddingDimension } from "@reasoningbank/core"
import { z } from "zod"

const folder = new URL("../../../apps/cli/sample-bank/", import.meta.url)
const files = ["northwind-shop.json", "harbor-pipeline.json", "emberforge-engine.json"]

const bankSchema = z.object({
  traces: z.array(
    z.object({
      memory_items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          description: z.string(),
          content: z.string(),
          pattern_tags: z.array(z.string()),
          difficulty_level: z.string(),
          domain_category: z.string(),
        }),
      ),
    }),
  ),
})
const indexSchema = z.object({
  rows: z.array(z.object({ embeds: z.string(), id: z.string() })),
})

export type SampleItem = z.infer<typeof bankSchema>["traces"][number]["memory_items"][number] & {
  vector: Float32Array
}

/** The memory items of the sample bank with their real vectors. */
export async function readSampleItems(): Promise<SampleItem[]> {
  const { rows } = indexSchema.parse(await parse("vectors.json"))
  const bytes = await readFile(new URL("vectors.f32", folder))
  const vectors = new Map(
    rows.map(({ embeds, id }, row) => [
      `${embeds} ${id}`,
      Float32Array.from({ length: embeddingDimension }, (_, column) =>
        bytes.readFloatLE((row * embeddingDimension + column) * Float32Array.BYTES_PER_ELEMENT),
      ),
    ]),
  )
  const items: SampleItem[] = []
  for (const file of files) {
    for (const { memory_items } of bankSchema.parse(await parse(file)).traces) {
      for (const item of memory_items) {
        const vector = vectors.get(`memory_item ${item.id}`)
        if (vector === undefined) throw new Error(`the sample bank has no vector of ${item.id}`)
        items.push({ ...item, vector })
      }
    }
  }
  return items
}

async function parse(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), "utf8"))
}
