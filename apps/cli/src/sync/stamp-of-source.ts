import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { stampSource } from "@reasoningbank/chroma"
import { sourceFiles } from "../backup/source-files.ts"
import type { Environment } from "../env.ts"
import { openSource, type SourceOptions } from "../open-source.ts"

export type SourceStamp = {
  /** Two are equal when nobody wrote in between, as far as the source tells. */
  text: string
  /** A server tells of records that came or went, not of ones that were updated in place. */
  seesUpdates: boolean
}

/** A cheap look at a source: times and sizes of its files, or the number of records in each collection. */
export async function stampOfSource(source: {
  options: SourceOptions
  environment: Environment
  directory: string
}): Promise<SourceStamp> {
  const { options, directory } = source
  if (options.export !== undefined) {
    const path = join(resolve(directory, options.export), "manifest.json")
    const { mtimeNs, size } = await stat(path, { bigint: true })
    return { text: `${path} ${mtimeNs} ${size}`, seesUpdates: true }
  }
  const files = sourceFiles(source)
  if (files !== null) {
    const { chromaDirectory, tracesFile } = files
    return {
      text: await stampSource({ directory: chromaDirectory, tracesFile }),
      seesUpdates: true,
    }
  }
  const opened = await openSource(source)
  try {
    const collections = (await opened.source?.collections()) ?? []
    const lines = collections.map(({ id, recordCount }) => `${id} ${recordCount}`)
    return { text: [...lines, opened.tracesFile?.digest].join("\n"), seesUpdates: false }
  } finally {
    await opened.close()
  }
}
