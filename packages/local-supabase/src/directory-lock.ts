import { writeFile } from "node:fs/promises"
import { DatabaseSync } from "node:sqlite"

export type DirectoryLock = { release(): void }

/**
 * Takes the lock of a data directory, or returns null when another process (or this one) has it.
 * It is SQLite's exclusive file lock: the operating system drops it when the process dies, however it dies.
 */
export async function acquireDirectoryLock(lockFile: string): Promise<DirectoryLock | null> {
  await createOnce(lockFile)
  const database = new DatabaseSync(lockFile, { timeout: 0 })
  try {
    database.exec("pragma journal_mode = memory; begin exclusive")
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw error
  }
  return { release: () => database.close() }
}

/** Never opens an existing file: closing it again would drop a lock this process has on it (POSIX). */
async function createOnce(lockFile: string): Promise<void> {
  try {
    await writeFile(lockFile, "", { mode: 0o600, flag: "wx" })
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY
}
