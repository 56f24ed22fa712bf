import { chmod, mkdir, readdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { LocalSupabaseError } from "./local-supabase-error.ts"

/** Where the embedded Supabase keeps its things below one directory. */
export type DataDirectory = {
  root: string
  /** The files of PGlite. */
  database: string
  /** Present while the very first start writes `database`. */
  unfinishedMarker: string
  mails: string
  keys: string
  lock: string
  state: string
  log: string
}

export function locateDataDirectory(directory: string): DataDirectory {
  const root = path.resolve(directory)
  return {
    root,
    database: path.join(root, "database"),
    unfinishedMarker: path.join(root, "database.unfinished"),
    mails: path.join(root, "mails"),
    keys: path.join(root, "keys.json"),
    lock: path.join(root, "lock.sqlite"),
    state: path.join(root, "server.json"),
    log: path.join(root, "server.log"),
  }
}

/**
 * Creates the directories, readable by their owner alone (mode 700). An existing `directory` keeps its own mode
 * and files: it may hold other things of the caller.
 * Raises `directory_unusable`.
 */
export async function prepareDataDirectory(directory: string): Promise<DataDirectory> {
  const locations = locateDataDirectory(directory)
  try {
    const created = await mkdir(locations.root, { recursive: true, mode: 0o700 })
    if (created !== undefined || (await readdir(locations.root)).length === 0) {
      await chmod(locations.root, 0o700)
      await writeFile(path.join(locations.root, ".gitignore"), "*\n")
    }
    for (const folder of [locations.database, locations.mails]) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await chmod(folder, 0o700)
    }
  } catch (cause) {
    throw new LocalSupabaseError({
      code: "directory_unusable",
      message: `${locations.root} can not hold the local database: ${cause instanceof Error ? cause.message : cause}`,
      hint: "Choose a directory on a local disk that you may write to.",
      cause,
    })
  }
  return locations
}
