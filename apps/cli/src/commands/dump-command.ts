import { createWriteStream } from "node:fs"
import { rename, rm } from "node:fs/promises"
import { resolve } from "node:path"
import { pipeline } from "node:stream/promises"
import { formatDumpLine, openChromaDirectory } from "@reasoningbank/chroma"
import { assertOutsideSource } from "../assert-outside-source.ts"
import { formatCount, formatQuantity } from "../format-figures.ts"
import { createTerminal } from "../terminal.ts"
import { assertWritable } from "../write-json-file.ts"

export type DumpOptions = {
  chromadbDir: string
  collection?: string[] | undefined
  output: string
}

/**
 * Runs `pnpm migrate dump`: every record of a Chroma directory as a line of JSON. The file appears
 * whole or not at all. Returns the exit code.
 */
export async function runDump({
  options,
  directory,
  signal,
}: {
  options: DumpOptions
  directory: string
  signal: AbortSignal
}): Promise<number> {
  const terminal = createTerminal((text) => text)
  const output = resolve(directory, options.output)
  const partial = `${output}.partial`
  const chromaDirectory = resolve(directory, options.chromadbDir)
  await assertWritable(output)
  await assertOutsideSource({ path: output, chromaDirectory })
  const source = await openChromaDirectory({
    directory: chromaDirectory,
    ...(options.collection !== undefined && { collectionNames: options.collection }),
  })
  let records = 0
  try {
    const collections = await source.collections()
    const lines = async function* () {
      for (const collection of collections) {
        for await (const page of source.records(collection, { embeddings: true, signal })) {
          signal.throwIfAborted()
          const { tenant, database, name } = collection
          yield page
            .map((record) => `${formatDumpLine({ tenant, database, collection: name, record })}\n`)
            .join("")
          records += page.length
          terminal.status(`Writing  ${formatCount(records)} records`)
        }
      }
    }
    await pipeline(lines, openOutput(partial))
    await source.assertUnchanged()
    await rename(partial, output)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    terminal.clearStatus()
    await source.close()
  }
  for (const { code, message, count } of source.warnings()) {
    terminal.note(`Warning: ${message} (${code}, ${formatCount(count)})`)
  }
  terminal.note(`Wrote ${formatQuantity(records, "record")} to ${output}.`)
  return 0
}

function openOutput(path: string) {
  const stream = createWriteStream(path)
  stream.on("error", () => {})
  return stream
}
