import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"

/** Whether the directory is there, which it is only when all of it is. */
export async function isFetched(directory: string): Promise<boolean> {
  return access(directory).then(
    () => true,
    () => false,
  )
}

/**
 * Makes a directory of a cache by `fetch`, unless it is there. It appears under its name only when it is complete, and
 * two processes at once do no harm.
 */
export async function fetchOnce(options: {
  directory: string
  /** Makes the first, which does not exist yet; the second is a scratch directory on the same file system. */
  fetch: (place: { directory: string; workDirectory: string }) => Promise<void>
}): Promise<void> {
  const { directory, fetch } = options
  if (await isFetched(directory)) return
  await mkdir(dirname(directory), { recursive: true })
  const workDirectory = await mkdtemp(join(dirname(directory), "fetching-"))
  const finished = join(workDirectory, "finished")
  try {
    await fetch({ directory: finished, workDirectory })
    await rename(finished, directory)
  } catch (cause) {
    // Another process may have put the same files there meanwhile.
    if (!(await isFetched(directory))) throw cause
  } finally {
    await rm(workDirectory, { recursive: true, force: true })
  }
}
