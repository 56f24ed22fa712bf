import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readdir, rm, stat } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { pipeline } from "node:stream/promises"
import {
  type ArchivedFile,
  type ArchiveManifest,
  archiveFormat,
  type CollectionDigest,
} from "./archive-manifest.ts"
import { assertSpace, notWritten } from "./archive-space.ts"
import { copyDirectory, isFull, stampSource, tracesFileName } from "./copy-directory.ts"
import { digestCollections } from "./digest-collections.ts"
import { findArchive } from "./find-archive.ts"
import { archiveName, placeArchive } from "./place-archive.ts"
import { readArchive } from "./read-archive.ts"
import { makeWorkFolder } from "./work-folder.ts"
import { writeArchive } from "./write-archive.ts"

export type BackupProgress = {
  phase: "copy" | "read" | "archive" | "check"
  /** Bytes; records while reading. */
  done: number
  total: number | null
}

export type ChromaBackupOptions = {
  directory: string
  /** Kept as `traces.json` in the archive; null for none. */
  tracesFile: string | null
  /** Where the archive goes. */
  outputDirectory: string
  /** @default `chroma_backup_YYYYMMDD.tar.gz`; a name that is taken gets a number */
  name?: string | undefined
  /** Take an archive that is there already and holds the same. */
  reuse: boolean
  onProgress?: ((progress: BackupProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

export type ChromaBackup = {
  path: string
  bytes: number
  /** False for an archive that was there already. */
  isNew: boolean
  manifest: ArchiveManifest
}

/**
 * Archives a Chroma directory as tar.gz with a checksum of every file and a digest of every collection. It is
 * consistent although somebody may be writing, read back before it gets its name, and there whole or not at all.
 * The source is only read. Needs the space of the source and of the archive.
 *
 * @throws `backup:not_written`, `source:changed`, and what opening the source raises
 */
export async function backUpChromaDirectory(options: ChromaBackupOptions): Promise<ChromaBackup> {
  const { tracesFile, outputDirectory, reuse, signal, onProgress } = options
  const directory = resolve(options.directory)
  const name = options.name ?? archiveName(new Date())
  const check = counter({ phase: "check", total: null, onProgress })
  const stamp = sha256(await stampSource({ directory, tracesFile }))
  const find = (isSame: (manifest: ArchiveManifest) => boolean) =>
    reuse ? findArchive({ directory: outputDirectory, isSame, onBytes: check, signal }) : null
  const known = await find(({ source_stamp }) => source_stamp === stamp)
  if (known !== null) return { ...known, isNew: false }

  await assertSpace({ directory, tracesFile, outputDirectory })
  const work = await makeWorkFolder(outputDirectory)
  try {
    const copy = join(work, "source")
    onProgress?.({ phase: "copy", done: 0, total: null })
    const text = await copyDirectory({ directory, tracesFile, to: copy })
    const onRecords = counter({ phase: "read", total: null, onProgress })
    const { version, collections } = await digestCollections({ directory: copy, onRecords, signal })
    const files = await describeFiles(copy)
    const manifest: ArchiveManifest = {
      format: archiveFormat,
      created_at: new Date().toISOString(),
      root: basename(directory) || "chroma_data",
      chroma_version: version,
      source_stamp: text === null ? null : sha256(text),
      content_digest: contentDigest({ files, collections }),
      files,
      collections,
    }
    const same = await find(({ content_digest }) => content_digest === manifest.content_digest)
    if (same !== null) return { ...same, isNew: false }

    const partial = join(work, name)
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    const onBytes = counter({ phase: "archive", total, onProgress })
    await writeArchive({ directory: copy, manifest, to: partial, onBytes, signal })
    const onChecked = counter({ phase: "check", total, onProgress })
    await readArchive({ archive: partial, onBytes: onChecked, signal })
    const path = await placeArchive({ from: partial, directory: outputDirectory, name })
    return { path, bytes: (await stat(path)).size, isNew: true, manifest }
  } catch (error) {
    if (isFull(error)) throw notWritten({ outputDirectory, reason: "the disk is full", error })
    throw error
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function describeFiles(directory: string): Promise<ArchivedFile[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true })
  const files: ArchivedFile[] = []
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const isInFolder = entry.parentPath !== directory
    const { size, mtime } = await stat(path)
    const hash = createHash("sha256")
    await pipeline(createReadStream(path), hash)
    files.push({
      path: isInFolder ? `${basename(dirname(path))}/${entry.name}` : entry.name,
      bytes: size,
      sha256: hash.digest("hex"),
      modified_at: mtime.toISOString(),
    })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function contentDigest({
  files,
  collections,
}: {
  files: ArchivedFile[]
  collections: CollectionDigest[]
}): string {
  const traces = files.find(({ path }) => path === tracesFileName)?.sha256 ?? null
  const parts = collections.map(({ id, name, records, sha256: digest }) => [
    ...[id, name, records, digest],
  ])
  return sha256(JSON.stringify([parts.sort(), traces]))
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

function counter({
  phase,
  total,
  onProgress,
}: Pick<BackupProgress, "phase" | "total"> & Pick<ChromaBackupOptions, "onProgress">) {
  let done = 0
  return (count: number) => {
    done += count
    onProgress?.({ phase, done, total })
  }
}
