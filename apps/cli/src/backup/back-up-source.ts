import { backUpChromaDirectory, type ChromaBackup } from "@reasoningbank/chroma"
import { assertOutsideSource } from "../assert-outside-source.ts"
import { formatBytes } from "../format-figures.ts"
import type { Terminal } from "../terminal.ts"
import { createArchiveLine } from "./create-archive-line.ts"
import type { SourceFiles } from "./source-files.ts"

/** Archives a source with progress on the terminal; what stands in `outputDirectory` already is reused if asked. */
export async function backUpSource({
  files: { chromaDirectory, tracesFile },
  outputDirectory,
  name,
  reuse,
  terminal,
  signal,
}: {
  files: SourceFiles
  outputDirectory: string
  name?: string
  reuse: boolean
  terminal: Terminal
  signal: AbortSignal
}): Promise<ChromaBackup> {
  await assertOutsideSource({ path: outputDirectory, chromaDirectory })
  const line = createArchiveLine()
  try {
    return await backUpChromaDirectory({
      directory: chromaDirectory,
      tracesFile,
      outputDirectory,
      name,
      reuse,
      onProgress: (progress) => terminal.status(line(progress)),
      signal,
    })
  } finally {
    terminal.clearStatus()
  }
}

/** One line for people: where the archive lies, its size, whether it was there. */
export function describeBackup({ path, bytes, isNew, manifest }: ChromaBackup): string {
  if (isNew) return `Backup of the source: ${path} (${formatBytes(bytes)})`
  const made = manifest.created_at.slice(0, 16).replace("T", " ")
  return `The source is unchanged since its backup of ${made} UTC: ${path} (${formatBytes(bytes)})`
}
