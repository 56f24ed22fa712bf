import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { PassThrough, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { ReasoningBankError } from "@reasoningbank/core"
import { extract } from "tar-stream"
import {
  type ArchivedFile,
  type ArchiveManifest,
  archiveManifestSchema,
  manifestName,
} from "./archive-manifest.ts"

const maximumManifestBytes = 1 << 26

/**
 * Reads an archive from beginning to end, gives each file to `onFile`, which must consume it, and compares
 * sizes and checksums with the manifest. With `manifestOnly` nothing behind the manifest is read.
 *
 * @throws `backup:damaged` when it is cut, holds what the manifest does not name, or differs from it
 */
export async function readArchive({
  archive,
  onFile,
  onBytes,
  manifestOnly = false,
  signal,
}: {
  archive: string
  onFile?: ((file: ArchivedFile, content: Readable) => Promise<void>) | undefined
  onBytes?: ((count: number) => void) | undefined
  manifestOnly?: boolean
  signal?: AbortSignal | undefined
}): Promise<ArchiveManifest> {
  await assertFile(archive)
  const entries = extract()
  const reading = pipeline(createReadStream(archive), createGunzip(), entries, {
    ...(signal !== undefined && { signal }),
  })
  // Told by the loop below, which ends with the same error.
  reading.catch(() => {})
  let manifest: ArchiveManifest | null = null
  const missing = new Map<string, ArchivedFile>()
  try {
    for await (const entry of entries) {
      const { name, type, size = 0 } = entry.header
      if (manifest === null) {
        manifest = parseManifest({ archive, text: await readText(entry), name })
        for (const file of manifest.files) missing.set(`${manifest.root}/${file.path}`, file)
        if (manifestOnly) return manifest
        continue
      }
      if (type === "directory") {
        entry.resume()
        continue
      }
      const file = missing.get(name)
      if (file === undefined || type !== "file" || size !== file.bytes) {
        const what = file === undefined ? "is not in its manifest" : `has ${size} bytes`
        throw damaged({ archive, reason: `${name} ${what}` })
      }
      missing.delete(name)
      await readFile({ archive, file, entry, onFile, onBytes })
    }
    await reading
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ReasoningBankError || isOfSystem(error)) throw error
    throw damaged({ archive, reason: error instanceof Error ? error.message : String(error) })
  } finally {
    entries.destroy()
  }
  if (manifest === null) throw damaged({ archive, reason: "it is empty" })
  const [absent] = missing.keys()
  if (absent !== undefined) throw damaged({ archive, reason: `${absent} is missing` })
  return manifest
}

async function readFile({
  archive,
  file,
  entry,
  onFile,
  onBytes,
}: {
  archive: string
  file: ArchivedFile
  entry: AsyncIterable<unknown>
  onFile: ((file: ArchivedFile, content: Readable) => Promise<void>) | undefined
  onBytes: ((count: number) => void) | undefined
}) {
  const hash = createHash("sha256")
  const content = new PassThrough()
  const hashing = pipeline(async function* () {
    for await (const chunk of bytesOf(entry)) {
      hash.update(chunk)
      onBytes?.(chunk.length)
      yield chunk
    }
  }, content)
  const consuming = onFile === undefined ? content.resume() && hashing : onFile(file, content)
  const [consumed, hashed] = await Promise.allSettled([consuming, hashing])
  if (consumed.status === "rejected") throw consumed.reason
  if (hashed.status === "rejected") throw hashed.reason
  if (hash.digest("hex") === file.sha256) return
  throw damaged({ archive, reason: `${file.path} has another checksum than its manifest says` })
}

/** What an entry yields are buffers, which its types do not say. */
async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk
}

async function readText(content: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of bytesOf(content)) {
    bytes += chunk.length
    if (bytes > maximumManifestBytes) throw new Error("its manifest is too large")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function parseManifest({
  archive,
  text,
  name,
}: {
  archive: string
  text: string
  name: string
}): ArchiveManifest {
  if (name !== manifestName) {
    throw damaged({ archive, reason: `it begins with ${name} and not with ${manifestName}` })
  }
  const parsed = archiveManifestSchema.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw damaged({ archive, reason: `its manifest is of another form: ${parsed.error.message}` })
}

async function assertFile(archive: string) {
  const found = await stat(archive).catch(() => null)
  if (found?.isFile()) return
  throw new ReasoningBankError({
    code: "usage",
    message: `${archive} is ${found === null ? "not there, or can not be seen" : "not a file"}.`,
    hint: "Give the archive that pnpm migrate backup wrote.",
  })
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error
}

function damaged({ archive, reason }: { archive: string; reason: string }): ReasoningBankError {
  return new ReasoningBankError({
    code: "backup:damaged",
    message: `${archive} is no whole backup: ${reason}.`,
    hint: "Give an archive that pnpm migrate backup wrote, or another copy of this one.",
  })
}
