import { readdir, stat, statfs } from "node:fs/promises"
import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { isSegmentFolder } from "../segment-folder.ts"

/** Raises `backup:not_written` where a copy of the source would not fit. */
export async function assertSpace({
  directory,
  tracesFile,
  outputDirectory,
}: {
  directory: string
  tracesFile: string | null
  outputDirectory: string
}): Promise<void> {
  const free = await statfs(outputDirectory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
  const needed = await sizeOfSource({ directory, tracesFile })
  if (free === null || free >= needed) return
  const reason = `it needs ${megabytes(needed)} for a copy and more for the archive, and ${megabytes(free)} are free`
  throw notWritten({ outputDirectory, reason })
}

/** `backup:not_written`: nothing of the archive is left. */
export function notWritten({
  outputDirectory,
  reason,
  error,
}: {
  outputDirectory: string
  reason: string
  error?: unknown
}): ReasoningBankError {
  return new ReasoningBankError({
    code: "backup:not_written",
    message: `The backup could not be written to ${outputDirectory}: ${reason}.`,
    hint: "Name a directory with more space or rights: --backup-dir DIR of pnpm migrate, --output FILE of pnpm migrate backup; pnpm migrate --no-backup goes on without one.",
    cause: error,
  })
}

async function sizeOfSource({
  directory,
  tracesFile,
}: {
  directory: string
  tracesFile: string | null
}): Promise<number> {
  const paths = tracesFile === null ? [] : [tracesFile]
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.name.startsWith("chroma.sqlite3")) paths.push(path)
    else if (entry.isDirectory() && isSegmentFolder(entry.name)) {
      for (const name of await readdir(path)) paths.push(join(path, name))
    }
  }
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
