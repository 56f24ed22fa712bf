import type { SourceRecord } from "@reasoningbank/core"
import { z } from "zod"
import { askChroma, askChromaForText, unexpectedAnswer } from "../ask-chroma.ts"
import type { ChromaHttp } from "../chroma-http.ts"
import { parseRecordsAnswer } from "../parse-records-answer.ts"
import { collectionPath, databasePath } from "../server-collections.ts"

/** A condition on metadata, as Chroma's API writes it. */
export type Where = { [key: string]: unknown }

export type NewRecord = {
  id: string
  document: string
  metadata: Record<string, string | number | boolean>
  embedding: Float32Array
}

export type RecordUpdate = {
  id: string
  /** Merged into what is there; null deletes a key. */
  metadata: Record<string, string | number | boolean | null>
  document?: string
  embedding?: Float32Array
}

/** One collection of a running server. Each write is one request, and one request is all or nothing. */
export type ChromaCollection = {
  dimension: number | null
  /** A record whose id is there already is left alone, without a word. */
  add(records: readonly NewRecord[]): Promise<void>
  update(records: readonly RecordUpdate[]): Promise<void>
  delete(which: { ids: readonly string[] } | { where: Where }): Promise<void>
  ids(where: Where): Promise<string[]>
  /** The records that are there among the ids; vectors only when asked for. */
  get(ids: readonly string[], options?: { embeddings?: boolean }): Promise<SourceRecord[]>
  find(where: Where, options?: { limit?: number }): Promise<SourceRecord[]>
  /** Ids of the nearest, by the collection's own measure. */
  nearest(query: { vector: Float32Array; count: number; where: Where }): Promise<string[]>
}

const recordsPerRequest = 1_000
const idsAnswer = z.object({ ids: z.array(z.string()) })
const nearestAnswer = z.object({ ids: z.tuple([z.array(z.string())]) })

/** What Chroma says of a collection that it opened or found. */
export const knownCollectionSchema = z.object({ id: z.string(), dimension: z.int().nullish() })
type KnownCollection = z.output<typeof knownCollectionSchema>

export type ChromaCollectionPlace = {
  http: ChromaHttp
  tenant: string
  database: string
  name: string
  signal: AbortSignal
}

/** Makes the collection where it is missing. */
export async function openChromaCollection({
  description,
  ...place
}: ChromaCollectionPlace & { description: string }): Promise<ChromaCollection> {
  const { http, signal, name } = place
  const { id, dimension } = await askChroma({
    ...{ http, signal, schema: knownCollectionSchema },
    purpose: `open the collection "${name}"`,
    path: `${databasePath(place)}/collections`,
    body: { name, get_or_create: true, metadata: { description } },
  })
  return createChromaCollection({ ...place, id, dimension })
}

/** The collection of this id. */
export function createChromaCollection({
  http,
  tenant,
  database,
  name,
  signal,
  id,
  dimension,
}: ChromaCollectionPlace & KnownCollection): ChromaCollection {
  const path = collectionPath({ tenant, database, id })

  const write = async (operation: string, body: object) => {
    const purpose = `${operation} records of "${name}"`
    await askChromaForText({ http, signal, purpose, path: `${path}/${operation}`, body })
  }
  const read = async (body: object) => {
    const purpose = `give records of "${name}"`
    const text = await askChromaForText({ http, signal, purpose, path: `${path}/get`, body })
    const records = parseRecordsAnswer(text)
    if (records === null) throw unexpectedAnswer({ http, purpose })
    return [...records.values()]
  }
  const include = ["documents", "metadatas"]

  return {
    dimension: dimension ?? null,
    add: (records) =>
      write("add", {
        ids: records.map((record) => record.id),
        documents: records.map(({ document }) => document),
        metadatas: records.map(({ metadata }) => metadata),
        embeddings: records.map(({ embedding }) => Array.from(embedding)),
      }),
    update: (records) =>
      write("update", {
        ids: records.map((record) => record.id),
        metadatas: records.map(({ metadata }) => metadata),
        ...(records.some(({ document }) => document !== undefined) && {
          documents: records.map(({ document }) => document ?? null),
        }),
        ...(records.some(({ embedding }) => embedding !== undefined) && {
          embeddings: records.map(({ embedding }) => embedding && Array.from(embedding)),
        }),
      }),
    delete: (which) => write("delete", which),
    async ids(where) {
      const purpose = `list ids of "${name}"`
      const body = { where, include: [] }
      const question = { http, signal, purpose, path: `${path}/get`, body }
      return (await askChroma({ ...question, schema: idsAnswer })).ids
    },
    async get(ids, { embeddings = false } = {}) {
      const records: SourceRecord[] = []
      for (let start = 0; start < ids.length; start += recordsPerRequest) {
        const some = ids.slice(start, start + recordsPerRequest)
        const columns = embeddings ? [...include, "embeddings"] : include
        records.push(...(await read({ ids: some, include: columns })))
      }
      return records
    },
    find: (where, { limit } = {}) =>
      read({ where, include, ...(limit !== undefined && { limit }) }),
    async nearest({ vector, count, where }) {
      const purpose = `search "${name}"`
      const body = {
        ...{ query_embeddings: [Array.from(vector)], n_results: count },
        ...{ where, include: [] },
      }
      const question = { http, signal, purpose, path: `${path}/query`, body }
      return (await askChroma({ ...question, schema: nearestAnswer })).ids[0]
    },
  }
}
