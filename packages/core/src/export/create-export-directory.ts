import { randomUUID } from "node:crypto"
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises"
import { join, resolve } from "node:path"
import { ReasoningBankError } from "../errors.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import { float32Bytes } from "../migration/float32-bytes.ts"
import { digestFile } from "./digest-file.ts"
import { type ExportManifest, exportFormat, exportManifestName } from "./export-manifest.ts"
import type { ExportedRecord } from "./export-memories.ts"

const unfinishedName = ".unfinished"

type Writing = {
  name: string
  lines: FileHandle
  vectors: FileHandle
  recordCount: number
  vectorCount: number
  dimension: number | null
}

export type ExportDirectory = {
  location: string
  write(records: ExportedRecord[]): Promise<void>
  finish(): Promise<{ name: string; records: number }[]>
  /** After a failure: closes the files. What was written stays marked as unfinished, and the next export replaces it. */
  abandon(): Promise<void>
}

/**
 * Writes records as lines of JSON and vectors as little-endian float32, a pair of files a collection, and at the end the
 * manifest with their checksums, without which the directory is no export.
 *
 * @throws `run:refused` for a directory that is used for something else
 */
export async function createExportDirectory({
  path,
  collectionName,
  exportedFrom,
}: {
  path: string
  collectionName: string
  exportedFrom: string
}): Promise<ExportDirectory> {
  const location = resolve(path)
  await mkdir(location, { recursive: true })
  const names = await readdir(location)
  if (names.includes(unfinishedName)) {
    const ours = names.filter((name) => /\.(jsonl|f32|partial)$/.test(name))
    for (const name of ours) await rm(join(location, name))
  } else if (names.length > 0) throw inUse({ location, names })
  await writeFile(join(location, unfinishedName), "")
  const collections = new Map<string, Writing>()

  const collectionOf = async (suffix: string): Promise<Writing> => {
    const known = collections.get(suffix)
    if (known !== undefined) return known
    const name = `${collectionName}${suffix}`
    const collection = {
      name,
      lines: await open(join(location, `${name}.jsonl`), "wx"),
      vectors: await open(join(location, `${name}.f32`), "wx"),
      recordCount: 0,
      vectorCount: 0,
      dimension: null,
    }
    collections.set(suffix, collection)
    return collection
  }

  return {
    location,
    async write(records) {
      for (const [suffix, some] of Map.groupBy(records, (exported) => exported.suffix)) {
        const collection = await collectionOf(suffix)
        const lines: string[] = []
        const vectors: Uint8Array[] = []
        for (const { record } of some) {
          const { id, document, metadata, embedding } = record
          const vector = embedding === null ? null : BigInt(collection.vectorCount++)
          if (embedding !== null) vectors.push(float32Bytes(embedding))
          collection.dimension ??= embedding?.length ?? null
          lines.push(`${stringifyJson({ id, document, metadata, vector })}\n`)
        }
        await collection.lines.appendFile(lines.join(""))
        await collection.vectors.appendFile(Buffer.concat(vectors))
        collection.recordCount += some.length
      }
    },
    async finish() {
      const manifest: ExportManifest = {
        format: exportFormat,
        created_at: new Date().toISOString(),
        exported_from: exportedFrom,
        collections: [],
      }
      for (const { name, lines, vectors, recordCount, dimension } of collections.values()) {
        for (const file of [lines, vectors]) {
          await file.sync()
          await file.close()
        }
        const files = await Promise.all(
          [`${name}.jsonl`, `${name}.f32`].map(async (file) => ({
            name: file,
            bytes: (await stat(join(location, file))).size,
            sha256: await digestFile(join(location, file)),
          })),
        )
        manifest.collections.push({ id: randomUUID(), name, recordCount, dimension, files })
      }
      const partial = join(location, `${exportManifestName}.partial`)
      await writeFile(partial, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
      await rename(partial, join(location, exportManifestName))
      await rm(join(location, unfinishedName))
      return manifest.collections.map(({ name, recordCount }) => ({ name, records: recordCount }))
    },
    async abandon() {
      for (const { lines, vectors } of collections.values()) {
        await lines.close().catch(() => {})
        await vectors.close().catch(() => {})
      }
    },
  }
}

function inUse({ location, names }: { location: string; names: string[] }): ReasoningBankError {
  return new ReasoningBankError({
    code: "run:refused",
    message: `${location} is not empty: it has ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}.`,
    hint: "Name a directory that is empty or not there yet; nothing is ever overwritten.",
  })
}
