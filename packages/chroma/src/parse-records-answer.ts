import {
  isJsonObject,
  type JsonObject,
  nearestFloat32,
  type SourceRecord,
} from "@reasoningbank/core"
import { z } from "zod"
import { parseExactJson } from "./parse-exact-json.ts"
import { splitJsonMembers } from "./split-json-members.ts"

const uriKey = "chroma:uri"
const texts = z.array(z.string().nullable()).nullable()

/**
 * Reads the body of an answer to `/get`. Metadata is parsed digit by digit, embeddings fast: the server
 * writes the shortest digits that name a float32, so a double in between loses nothing.
 * A number the server could not write is `null` in the text: NaN in an embedding, left null in metadata.
 * Null when the text has another shape.
 */
export function parseRecordsAnswer(text: string): Map<string, SourceRecord> | null {
  try {
    return readColumns(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function readColumns(text: string): Map<string, SourceRecord> | null {
  const members = splitJsonMembers(text)
  const column = (name: string) => members?.get(name) ?? "null"
  const ids = z.array(z.string()).safeParse(JSON.parse(column("ids"))).data
  const documents = texts.safeParse(JSON.parse(column("documents"))).data
  const uris = texts.safeParse(JSON.parse(column("uris"))).data
  const embeddings: unknown = JSON.parse(column("embeddings"))
  const metadatas = parseExactJson(column("metadatas"))
  if (ids === undefined || documents === undefined || uris === undefined) return null
  const columns = [documents, uris, embeddings, metadatas]
  if (!columns.every((values) => isColumn({ values, length: ids.length }))) return null

  const records = new Map<string, SourceRecord>()
  for (const [row, id] of ids.entries()) {
    const metadata = cell(metadatas, row) ?? null
    const embedding = toVector(cell(embeddings, row))
    if (metadata !== null && !isJsonObject(metadata)) return null
    if (embedding === undefined || records.has(id)) return null
    const uri = uris?.[row] ?? null
    records.set(id, {
      id,
      document: documents?.[row] ?? null,
      metadata: withUri({ metadata, uri }),
      embedding,
    })
  }
  return records
}

/** A column that was not asked for is null; one without rows may be null or empty. */
function isColumn({ values, length }: { values: unknown; length: number }): boolean {
  return values === null || (Array.isArray(values) && values.length === length)
}

function cell<Value>(values: Value, row: number) {
  return Array.isArray(values) ? values[row] : null
}

/**
 * A record's URI stands among its metadata, as in the directory; the keys come sorted, for the server
 * gives them in another order each time.
 */
function withUri({ metadata, uri }: { metadata: JsonObject | null; uri: string | null }) {
  const entries = Object.entries(metadata ?? {})
  if (uri !== null) entries.push([uriKey, uri])
  if (entries.length === 0) return null
  const sorted: JsonObject = Object.create(null)
  for (const [key, value] of entries.sort(byKey)) sorted[key] = value
  return sorted
}

function byKey([first]: [string, unknown], [second]: [string, unknown]): number {
  return first < second ? -1 : 1
}

function toVector(values: unknown): Float32Array | null | undefined {
  if (values === null) return null
  if (!Array.isArray(values)) return undefined
  const vector = new Float32Array(values.length)
  let position = 0
  for (const value of values) {
    if (value !== null && typeof value !== "number") return undefined
    vector[position++] = value === null ? Number.NaN : nearestFloat32(value)
  }
  return vector
}
