import { createReadStream, createWriteStream } from "node:fs"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import { pack } from "tar-stream"
import { type ArchiveManifest, manifestName } from "./archive-manifest.ts"

/** Vectors hardly shrink at any level, and texts do at this one. */
const gzipLevel = 1

/** Writes the files of a directory and, first, their manifest as tar.gz to a new file, and waits for the disk. */
export async function writeArchive({
  directory,
  manifest,
  to,
  onBytes,
  signal,
}: {
  directory: string
  manifest: ArchiveManifest
  to: string
  onBytes?: ((count: number) => void) | undefined
  signal?: AbortSignal | undefined
}): Promise<void> {
  const archive = pack()
  const output = createWriteStream(to, { flags: "wx", flush: true, mode: 0o600 })
  const fill = async () => {
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    archive.entry({ name: manifestName, mtime: new Date(manifest.created_at), mode: 0o600 }, text)
    for (const folder of foldersOf(manifest)) {
      archive.entry({ name: folder, type: "directory", mode: 0o700 })
    }
    for (const { path, bytes, modified_at } of manifest.files) {
      const { mode } = await stat(join(directory, path))
      await pipeline(
        createReadStream(join(directory, path)),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            onBytes?.(chunk.length)
            yield chunk
          }
        },
        archive.entry({
          name: `${manifest.root}/${path}`,
          size: bytes,
          mode: mode & 0o777,
          mtime: new Date(modified_at),
        }),
      )
    }
    archive.finalize()
  }
  const filled = fill().catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  })
  const written = pipeline(archive, createGzip({ level: gzipLevel }), output, {
    ...(signal !== undefined && { signal }),
  })
  const [writing, filling] = await Promise.allSettled([written, filled])
  if (writing.status === "rejected") throw writing.reason
  if (filling.status === "rejected") throw filling.reason
}

function foldersOf({ root, files }: ArchiveManifest): string[] {
  const folders = files.flatMap(({ path }) => {
    const [folder, name] = path.split("/")
    return name === undefined || folder === undefined ? [] : [`${root}/${folder}`]
  })
  return [root, ...new Set(folders)]
}
