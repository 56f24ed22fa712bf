import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import type { ArchiveManifest } from "./archive-manifest.ts"
import { isArchiveName } from "./place-archive.ts"
import { readArchive } from "./read-archive.ts"

/** The newest archive in a directory whose manifest is the one looked for and whose checksums are right; else null. */
export async function findArchive({
  directory,
  isSame,
  onBytes,
  signal,
}: {
  directory: string
  isSame: (manifest: ArchiveManifest) => boolean
  onBytes?: ((count: number) => void) | undefined
  signal?: AbortSignal | undefined
}): Promise<{ path: string; bytes: number; manifest: ArchiveManifest } | null> {
  const names = (await readdir(directory).catch(() => [])).filter(isArchiveName)
  for (const name of names.sort().reverse()) {
    const path = join(directory, name)
    try {
      const manifest = await readArchive({ archive: path, manifestOnly: true, signal })
      if (!isSame(manifest)) continue
      await readArchive({ archive: path, onBytes, signal })
      return { path, bytes: (await stat(path)).size, manifest }
    } catch {
      // Not ours, or damaged: then a new one is made.
      signal?.throwIfAborted()
    }
  }
  return null
}
