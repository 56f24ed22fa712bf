import { createReadStream } from "node:fs"
import { type FileHandle, open, readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline"
import { ReasoningBankError } from "../errors.ts"
import { isJsonObject, type JsonValue } from "../json/json-value.ts"
import { parseJson } from "../json/parse-json.ts"
import type { MemorySource, SourceCollection, SourceRecord } from "../memory-source.ts"
import { digestFile } from "./digest-file.ts"
import { type ExportManifest, exportManifestName, exportManifestSchema } from "./export-manifest.ts"

/**
 * Opens a directory that `pnpm migrate export` wrote, after comparing the checksum of every file.
 *
 * @throws `source:not_found` (no such export), `source:changed` (a file is not what the manifest says)
 */
export async function openExportDirectory(path: string): Promise<MemorySource> {
  const location = resolve(path)
  const manifest = await readManifest(location)
  const assertUnchanged = async () => {
    for (const { name, sha256 } of manifest.collections.flatMap(({ files }) => files)) {
      if ((await digestFile(join(location, name)).catch(() => null)) === sha256) continue
      throw new ReasoningBankError({
        code: "source:changed",
        message: `${join(location, name)} is missing, or not the file that was exported: its checksum is another one.`,
        hint: "Export again, or take another copy.",
      })
    }
  }
  await assertUnchanged()
  const collections = manifest.collections.map(
    ({ files: _, ...collection }): SourceCollection => ({
      ...collection,
      tenant: "default_tenant",
      database: "default_database",
      space: "l2",
    }),
  )
  return {
    describe: () => ({ kind: "export-directory", location, version: manifest.format }),
    collections: async () => collections,
    async *records(collection, { embeddings, pageSize = 250, signal }) {
      const found = manifest.collections.find(({ id }) => id === collection.id)
      const [lines, vectors] = found?.files ?? []
      if (lines === undefined) return
      const dimension = found?.dimension ?? 0
      const file = vectors && embeddings ? await open(join(location, vectors.name), "r") : null
      try {
        let page: SourceRecord[] = []
        const input = createReadStream(join(location, lines.name))
        for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
          signal?.throwIfAborted()
          page.push(await readRecord({ line, file, dimension, path: join(location, lines.name) }))
          if (page.length < pageSize) continue
          yield page
          page = []
        }
        if (page.length > 0) yield page
      } finally {
        await file?.close()
      }
    },
    assertUnchanged,
    warnings: () => [],
    close: async () => {},
  }
}

async function readManifest(location: string): Promise<ExportManifest> {
  const text = await readFile(join(location, exportManifestName), "utf8").catch(() => null)
  const parsed = text === null ? null : exportManifestSchema.safeParse(parseOrNull(text))
  if (parsed?.success === true) return parsed.data
  throw new ReasoningBankError({
    code: "source:not_found",
    message: `${location} holds no whole export: its ${exportManifestName} is ${text === null ? "missing" : "of another form"}.`,
    hint: "Give a directory that pnpm migrate export --output wrote to its end.",
    cause: parsed?.error,
  })
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function readRecord({
  line,
  file,
  dimension,
  path,
}: {
  line: string
  file: FileHandle | null
  dimension: number
  path: string
}): Promise<SourceRecord> {
  const value = parseJson(line)
  const { id, document, metadata, vector } = isJsonObject(value) ? value : {}
  if (typeof id !== "string") throw notARecord({ path, value })
  const isAbsent = typeof vector !== "bigint" || file === null
  return {
    id,
    document: typeof document === "string" ? document : null,
    metadata: isJsonObject(metadata) ? metadata : null,
    embedding: isAbsent ? null : await readVector({ file, dimension, at: Number(vector) }),
  }
}

async function readVector({
  file,
  dimension,
  at,
}: {
  file: FileHandle
  dimension: number
  at: number
}): Promise<Float32Array> {
  const bytes = Buffer.alloc(4 * dimension)
  await file.read(bytes, 0, bytes.length, at * bytes.length)
  return Float32Array.from({ length: dimension }, (_, index) => bytes.readFloatLE(4 * index))
}

function notARecord({ path, value }: { path: string; value: JsonValue }) {
  return new ReasoningBankError({
    code: "source:changed",
    message: `A line of ${path} is no record: it begins ${JSON.stringify(String(value).slice(0, 40))}.`,
    hint: "Export again.",
  })
}
