import { createWriteStream } from "node:fs"
import { mkdir, readdir, rename, rm, rmdir, utimes } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { ReasoningBankError } from "@reasoningbank/core"
import type { ArchivedFile, ArchiveManifest } from "./archive-manifest.ts"
import { isFull } from "./copy-directory.ts"
import { digestCollections } from "./digest-collections.ts"
import { readArchive } from "./read-archive.ts"

/** Bytes while unpacking, records while reading. */
export type RestoreProgress = { phase: "unpack" | "read"; done: number; total: number }

export type ChromaRestoreOptions = {
  archive: string
  /** Must be empty or not there. */
  directory: string
  onProgress?: ((progress: RestoreProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

const databaseFile = "chroma.sqlite3"
/** Until all is there, the directory is none of Chroma's. */
const unfinished = ".restoring"

/**
 * Unpacks an archive into an empty directory, compares every checksum, then reads every record and compares the
 * collections with what they were when the archive was made. What fails leaves nothing behind.
 *
 * @throws `backup:refused` (the directory is not empty), `backup:damaged`, `backup:not_written`
 */
export async function restoreChromaArchive({
  archive,
  directory,
  onProgress,
  signal,
}: ChromaRestoreOptions): Promise<ArchiveManifest> {
  const to = resolve(directory)
  await assertEmpty(to)
  const { files } = await readArchive({ archive, manifestOnly: true, signal })
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const firstMade = await mkdir(to, { recursive: true })
  let unpacked = 0
  try {
    const manifest = await readArchive({
      archive,
      onFile: (file, content) => unpackFile({ to, file, content }),
      onBytes(count) {
        unpacked += count
        onProgress?.({ phase: "unpack", done: unpacked, total })
      },
      signal,
    })
    await rename(join(to, `${databaseFile}${unfinished}`), join(to, databaseFile))
    await proveRecords({ archive, to, manifest, onProgress, signal })
    return manifest
  } catch (error) {
    for (const name of await readdir(to).catch(() => [])) {
      await rm(join(to, name), { recursive: true, force: true })
    }
    if (firstMade !== undefined) await rmdir(to).catch(() => {})
    if (isFull(error)) throw notRestored({ to, error })
    throw error
  }
}

async function assertEmpty(directory: string) {
  const names = await readdir(directory).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
    throw new ReasoningBankError({
      code: "backup:refused",
      message: `${directory} can not be restored to: ${error instanceof Error ? error.message : error}.`,
      hint: "Name a directory that is empty or not there yet.",
      cause: error,
    })
  })
  if (names.length === 0) return
  throw new ReasoningBankError({
    code: "backup:refused",
    message: `${directory} is not empty: it has ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}.`,
    hint: "Name a directory that is empty or not there yet; nothing is ever overwritten.",
  })
}

async function unpackFile({
  to,
  file: { path, modified_at },
  content,
}: {
  to: string
  file: ArchivedFile
  content: Readable
}) {
  const target = join(to, path === databaseFile ? `${path}${unfinished}` : path)
  await mkdir(dirname(target), { recursive: true })
  await pipeline(content, createWriteStream(target, { flags: "wx", flush: true }))
  const time = new Date(modified_at)
  await utimes(target, time, time)
}

async function proveRecords({
  archive,
  to,
  manifest,
  onProgress,
  signal,
}: Pick<ChromaRestoreOptions, "archive" | "onProgress" | "signal"> & {
  to: string
  manifest: ArchiveManifest
}) {
  let read = 0
  const total = manifest.collections.reduce((sum, { records }) => sum + records, 0)
  const { collections } = await digestCollections({
    directory: to,
    onRecords(count) {
      read += count
      onProgress?.({ phase: "read", done: read, total })
    },
    signal,
  })
  const found = new Map(collections.map((collection) => [collection.id, collection.sha256]))
  const other = manifest.collections.find(({ id, sha256 }) => found.get(id) !== sha256)
  if (other === undefined && found.size === manifest.collections.length) return
  throw new ReasoningBankError({
    code: "backup:damaged",
    message: `The records restored from ${archive} are not those that were backed up${other === undefined ? "" : `: collection "${other.name}" differs`}.`,
    hint: "Restore another archive.",
  })
}

function notRestored({ to, error }: { to: string; error: unknown }): ReasoningBankError {
  return new ReasoningBankError({
    code: "backup:not_written",
    message: `The disk of ${to} is full; what was restored is gone again.`,
    hint: "Free some space or name another directory.",
    cause: error,
  })
}
