import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Environment } from "../env.ts"
import { chromaDirectoryOf, type SourceOptions } from "../open-source.ts"

export type SourceFiles = { chromaDirectory: string; tracesFile: string | null }

/** The files a source consists of; null when it is no Chroma directory. */
export function sourceFiles({
  options,
  environment,
  directory,
}: {
  options: SourceOptions
  environment: Environment
  directory: string
}): SourceFiles | null {
  const chromaDirectory = chromaDirectoryOf({ options, environment, directory })
  if (chromaDirectory === null) return null
  if (options.tracesFile !== undefined) {
    return { chromaDirectory, tracesFile: resolve(directory, options.tracesFile) }
  }
  const beside = join(chromaDirectory, "traces.json")
  return { chromaDirectory, tracesFile: existsSync(beside) ? beside : null }
}
