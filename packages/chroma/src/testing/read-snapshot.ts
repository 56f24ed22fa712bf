import {
  isJsonObject,
  isReasoningBankError,
  type JsonValue,
  stringifyJson,
} from "@reasoningbank/core"
import { openChromaDirectory } from "../open-chroma-directory.ts"

/** A record in texts that can be compared. */
export type RecordSnapshot = {
  document: string | null
  metadata: Map<string, string>
  /** Hex; null when there is none. */
  embedding: string | null
}

export type CollectionSnapshot = {
  name: string
  /** Code of the error that ended the reading of it. */
  error: string | null
  records: Map<string, RecordSnapshot>
}

export type DirectorySnapshot = {
  /** Code of the error that kept it from being opened. */
  error: string | null
  collections: Map<string, CollectionSnapshot>
  warnings: number
}

/** Reads all of a directory; errors with a code become part of the answer, others are thrown. */
export async function readSnapshot(directory: string): Promise<DirectorySnapshot> {
  const snapshot: DirectorySnapshot = { error: null, collections: new Map(), warnings: 0 }
  try {
    const source = await openChromaDirectory({ directory })
    try {
      for (const collection of await source.collections()) {
        const read: CollectionSnapshot = { name: collection.name, error: null, records: new Map() }
        snapshot.collections.set(collection.id, read)
        try {
          for await (const page of source.records(collection, { embeddings: true })) {
            for (const { id, document, metadata, embedding } of page) {
              if (read.records.has(id)) throw new Error(`two records have the id ${id}`)
              read.records.set(id, {
                document,
                metadata: new Map(
                  Object.entries(metadata ?? {}).map(([key, value]) => [key, canonical(value)]),
                ),
                embedding:
                  embedding === null ? null : Buffer.from(embedding.buffer).toString("hex"),
              })
            }
          }
        } catch (error) {
          read.error = codeOf(error)
        }
      }
      snapshot.warnings = source.warnings().length
    } finally {
      await source.close()
    }
  } catch (error) {
    snapshot.error = codeOf(error)
  }
  return snapshot
}

/** Keys sorted, so that equal values have equal texts. */
export function canonical(value: JsonValue): string {
  if (!isJsonObject(value)) return stringifyJson(value)
  const members = Object.keys(value).sort()
  return members.map((key) => `${key}:${canonical(value[key] ?? null)}`).join(",")
}

function codeOf(error: unknown): string {
  if (isReasoningBankError(error)) return error.code
  throw error
}
