import { basename, dirname, resolve } from "node:path"
import { restoreChromaArchive } from "@reasoningbank/chroma"
import { ReasoningBankError } from "@reasoningbank/core"
import { backUpSource, describeBackup } from "../backup/back-up-source.ts"
import { createArchiveLine } from "../backup/create-archive-line.ts"
import { sourceFiles } from "../backup/source-files.ts"
import { readEnvironment } from "../env.ts"
import { formatCount, formatQuantity } from "../format-figures.ts"
import type { SourceOptions } from "../open-source.ts"
import { createTerminal } from "../terminal.ts"

export type BackupOptions = SourceOptions & { output?: string | undefined }

type Place = { directory: string; signal: AbortSignal }

/** Runs `pnpm migrate backup`. Returns the exit code. */
export async function runBackup({
  options,
  directory,
  signal,
}: Place & { options: BackupOptions }): Promise<number> {
  const terminal = createTerminal((text) => text)
  const environment = readEnvironment(directory)
  const files = sourceFiles({ options, environment, directory })
  if (files === null) throw noDirectory(resolve(directory, options.chromadbDir ?? "chroma_data"))
  const output = options.output === undefined ? null : resolve(directory, options.output)
  const backup = await backUpSource({
    files,
    outputDirectory: output === null ? directory : dirname(output),
    ...(output !== null && { name: basename(output) }),
    reuse: output === null,
    terminal,
    signal,
  })
  terminal.print(describeBackup(backup))
  const { collections, files: archived } = backup.manifest
  const records = collections.reduce((sum, collection) => sum + collection.records, 0)
  terminal.print(
    `${formatQuantity(records, "record")} in ${formatQuantity(collections.length, "collection")}, ${formatQuantity(archived.length, "file")}; each file with its SHA-256, read back and equal.`,
  )
  terminal.print(`To restore it:  pnpm migrate restore ${backup.path} DIRECTORY`)
  return 0
}

/** Runs `pnpm migrate restore`. Returns the exit code. */
export async function runRestore({
  archive,
  target,
  directory,
  signal,
}: Place & { archive: string; target: string }): Promise<number> {
  const terminal = createTerminal((text) => text)
  const line = createArchiveLine()
  const restored = resolve(directory, target)
  try {
    const manifest = await restoreChromaArchive({
      archive: resolve(directory, archive),
      directory: restored,
      onProgress: (progress) => terminal.status(line(progress)),
      signal,
    })
    terminal.clearStatus()
    const records = manifest.collections.reduce((sum, collection) => sum + collection.records, 0)
    terminal.print(
      `Restored ${formatQuantity(records, "record")} in ${formatQuantity(manifest.collections.length, "collection")} to ${restored}.`,
    )
    terminal.print(
      `${formatCount(manifest.files.length)} checksums are right, and every record was read and is what was backed up at ${manifest.created_at}.`,
    )
    return 0
  } finally {
    terminal.clearStatus()
  }
}

function noDirectory(path: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:not_found",
    message: `There is no Chroma directory at ${path}; a backup is made of a directory with chroma.sqlite3 in it.`,
    hint: "Give --chromadb-dir DIR. Of a running server give the directory it persists to.",
  })
}
