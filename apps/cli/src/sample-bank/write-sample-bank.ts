import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { startChromaServer } from "@reasoningbank/chroma/server"
import { ReasoningBankError } from "@reasoningbank/core"
import { ChromaClient, type EmbeddingFunction } from "chromadb"
import { readSampleBank, type SampleBank } from "./read-sample-bank.ts"

const recordsPerRequest = 100

/**
 * Writes the sample bank as a real Chroma directory, with the real Chroma server, and `traces.json` in
 * it. The directory appears complete or not at all; `present` when it was there before. Raises `usage`
 * when something else is there, and what `startChromaServer` raises.
 */
export async function writeSampleBank({
  directory,
}: {
  directory: string
}): Promise<"written" | "present"> {
  if (await exists(join(directory, "chroma.sqlite3"))) return "present"
  await assertFree(directory)
  const target = resolve(directory)
  await mkdir(dirname(target), { recursive: true })
  const partial = await mkdtemp(join(dirname(target), `.${basename(target)}-partial-`))
  try {
    const bank = await readSampleBank()
    await writeChroma({ directory: partial, records: bank.records })
    await writeFile(join(partial, "traces.json"), pythonJson(bank.legacyTraces))
    await rename(partial, target)
    return "written"
  } catch (error) {
    if (await exists(join(directory, "chroma.sqlite3"))) return "present"
    throw error
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** Recorded as `legacy`, like a collection made without one; with null the client prints a warning. */
const vectorsAreGiven: EmbeddingFunction = {
  generate: () => Promise.reject(new Error("the sample bank's vectors are computed beforehand")),
}

async function writeChroma({
  directory,
  records,
}: {
  directory: string
  records: SampleBank["records"]
}) {
  await using server = await startChromaServer({ directory })
  const client = new ChromaClient({ host: "127.0.0.1", port: server.port })
  const collection = await client.createCollection({
    name: "reasoning_memories",
    metadata: { description: "ReasoningBank memory storage" },
    embeddingFunction: vectorsAreGiven,
  })
  for (let start = 0; start < records.length; start += recordsPerRequest) {
    const page = records.slice(start, start + recordsPerRequest)
    await collection.add({
      ids: page.map(({ id }) => id),
      documents: page.map(({ document }) => document),
      metadatas: page.map(({ metadata }) => metadata),
      embeddings: page.map(({ embedding }) => Array.from(embedding)),
    })
  }
}

/** As Python's `json.dump(..., indent=2)` writes it: ASCII only. */
function pythonJson(value: unknown) {
  return JSON.stringify(value, null, 2).replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

async function assertFree(directory: string) {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return []
    throw error
  })
  if (entries.length === 0) return
  throw new ReasoningBankError({
    code: "usage",
    message: `${directory} holds other files, so the sample bank is not written into it.`,
    hint: "Name a directory that is empty or does not exist yet.",
  })
}

async function exists(path: string) {
  return await access(path).then(
    () => true,
    () => false,
  )
}
