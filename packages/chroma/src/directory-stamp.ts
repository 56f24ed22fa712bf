import type { Dirent } from "node:fs"
import { type FileHandle, open, readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { isSegmentFolder } from "./segment-folder.ts"

/** Names, sizes and times of every file of Chroma's, and SQLite's change counter, as one text. */
export type DirectoryStamp = string

/**
 * Stamps a Chroma directory so that two stamps are equal exactly when nobody wrote in between.
 * Files that are not Chroma's (a log of ours, say) are left out.
 */
export async function stampDirectory(directory: string): Promise<DirectoryStamp> {
  const lines: string[] = []
  for (const { name } of await sortedEntries(directory)) {
    if (name.startsWith("chroma.sqlite3")) lines.push(await stampFile(join(directory, name)))
  }
  lines.push(`change counter ${await readChangeCounter(join(directory, "chroma.sqlite3"))}`)
  return [...lines, await stampIndexes(directory)].join("\n")
}

/** The same for the folders of its indexes alone, which change only when Chroma flushes one. */
export async function stampIndexes(directory: string): Promise<DirectoryStamp> {
  const lines: string[] = []
  for (const entry of await sortedEntries(directory)) {
    if (!entry.isDirectory() || !isSegmentFolder(entry.name)) continue
    const folder = join(directory, entry.name)
    lines.push(folder)
    for (const file of await sortedEntries(folder))
      lines.push(await stampFile(join(folder, file.name)))
  }
  return lines.join("\n")
}

async function sortedEntries(directory: string): Promise<Dirent[]> {
  // A folder may go while it is looked at: then its lines are missing, which is a change too.
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

export async function stampFile(path: string): Promise<string> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true })
    return `${path} ${ino} ${size} ${mtimeNs}`
  } catch (error) {
    // A journal may go between the listing and the look at it: that is a change, not a failure.
    return `${path} ${error instanceof Error && "code" in error ? error.code : "unreadable"}`
  }
}

/** Bytes 24 to 27 of the header count the write transactions (sqlite.org/fileformat2.html). */
async function readChangeCounter(file: string): Promise<number | null> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, "r")
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 24)
    return bytesRead === 4 ? buffer.readUInt32BE() : null
  } catch {
    return null
  } finally {
    await handle?.close()
  }
}
