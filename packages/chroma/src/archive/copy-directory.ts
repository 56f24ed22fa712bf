import { constants, copyFile, mkdir, readdir, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { openSqliteFile, toSqliteError } from "@reasoningbank/sqlite"
import { stampDirectory, stampFile, stampIndexes } from "../directory-stamp.ts"
import { isSegmentFolder } from "../segment-folder.ts"

const databaseFile = "chroma.sqlite3"
export const tracesFileName = "traces.json"
const mostAttempts = 10

/**
 * Copies what is Chroma's of a directory, and the traces file, so that the parts belong together although somebody
 * may be writing: SQLite is copied as it is at one moment, and no index and no traces file changed from before that
 * moment until all of them were copied. Otherwise it is taken again. The source is only read.
 *
 * @throws `source:changed`, and what reading raises
 * @returns the stamp of the source; null when SQLite was written to meanwhile
 */
export async function copyDirectory({
  directory,
  tracesFile,
  to,
}: {
  directory: string
  tracesFile: string | null
  /** Made anew. */
  to: string
}): Promise<string | null> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    await rm(to, { recursive: true, force: true })
    await mkdir(to)
    const before = await stampParts({ directory, tracesFile })
    let isCopy = false
    try {
      isCopy = await copyDatabase({ directory, to })
      await copyIndexes({ directory, to })
      if (tracesFile !== null)
        await copyWithTime({ from: tracesFile, to: join(to, tracesFileName) })
    } catch (error) {
      // A file that went while it was copied is a change, not a failure.
      const now = await stampParts({ directory, tracesFile })
      if (isFull(error) || now.whole === before.whole) throw error
      continue
    }
    const after = await stampParts({ directory, tracesFile })
    if (before.whole === after.whole) return before.whole
    // A copy of a file and its log was made without SQLite's locks.
    if (before.parts === after.parts && !isCopy) return null
  }
  throw new ReasoningBankError({
    code: "source:changed",
    message: `${directory} was written to each of the ${mostAttempts} times it was copied.`,
    hint: "Stop Chroma and whatever writes to it, then run again.",
  })
}

/** Names, sizes and times of all that is copied, as one text. */
export async function stampSource(source: {
  directory: string
  tracesFile: string | null
}): Promise<string> {
  return (await stampParts(source)).whole
}

async function stampParts({
  directory,
  tracesFile,
}: {
  directory: string
  tracesFile: string | null
}) {
  const traces = tracesFile === null ? "no traces file" : await stampFile(tracesFile)
  return {
    whole: `${await stampDirectory(directory)}\n${traces}`,
    parts: `${await stampIndexes(directory)}\n${traces}`,
  }
}

/** True when SQLite could not read the file in place, and a copy of it was read. */
async function copyDatabase({ directory, to }: { directory: string; to: string }) {
  const from = join(directory, databaseFile)
  const file = await openSqliteFile({ file: from, temporaryDirectory: to })
  try {
    const copy = join(to, databaseFile)
    await file.database.copyTo(copy)
    const { atime, mtime } = await stat(from)
    await utimes(copy, atime, mtime)
    return file.copied
  } catch (error) {
    throw isFull(error) ? error : toSqliteError({ error, reading: databaseFile })
  } finally {
    await file.close()
  }
}

const sqliteFull = 13

/** Whether an error says that the disk is full. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ("errcode" in error && error.errcode === sqliteFull) return true
  if ("code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")) return true
  return isFull(error.cause)
}

async function copyIndexes({ directory, to }: { directory: string; to: string }) {
  for (const folder of await readdir(directory, { withFileTypes: true })) {
    if (!folder.isDirectory() || !isSegmentFolder(folder.name)) continue
    await mkdir(join(to, folder.name))
    const files = await readdir(join(directory, folder.name), { withFileTypes: true })
    for (const { name } of files.filter((file) => file.isFile())) {
      const path = join(folder.name, name)
      await copyWithTime({ from: join(directory, path), to: join(to, path) })
    }
  }
}

async function copyWithTime({ from, to }: { from: string; to: string }) {
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const { atime, mtime } = await stat(from)
  await utimes(to, atime, mtime)
}
