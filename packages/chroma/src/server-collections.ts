import type { SourceCollection } from "@reasoningbank/core"
import { z } from "zod"
import { askChroma } from "./ask-chroma.ts"
import type { ChromaHttp } from "./chroma-http.ts"
import type { DistanceSpace } from "./distance-space.ts"
import { readAllPages } from "./read-all-pages.ts"

export type ServerDatabase = {
  http: ChromaHttp
  tenant: string
  database: string
  signal: AbortSignal
}

const collectionsPerRequest = 100
const space = z.enum(["l2", "cosine", "ip"])
const index = z.object({ space }).nullish().catch(null)
const listedCollection = z.object({
  id: z.string(),
  name: z.string(),
  dimension: z.int().nullish(),
  metadata: z.object({ "hnsw:space": space }).nullish().catch(null),
  configuration_json: z.object({ hnsw: index, spann: index }).nullish().catch(null),
})

/** Every collection of a database, over all pages, by name. */
export async function listServerCollections(place: ServerDatabase): Promise<SourceCollection[]> {
  const { http, tenant, database, signal } = place
  const path = databasePath(place)
  const purpose = `list the collections of "${database}"`
  const listed = await readAllPages({
    what: `collections of "${database}"`,
    largestPage: collectionsPerRequest,
    page: ({ limit, offset }) =>
      askChroma({
        ...{ http, signal, purpose, schema: z.array(listedCollection) },
        path: `${path}/collections?limit=${limit}&offset=${offset}`,
      }),
    count: () =>
      askChroma({
        ...{ http, signal, purpose, schema: z.int() },
        path: `${path}/collections_count`,
      }),
    key: ({ id }) => id,
  })
  const collections: SourceCollection[] = []
  for (const { id, name, dimension, ...configured } of listed) {
    const recordCount = await countRecords({ ...place, id })
    const collection = { tenant, database, name, id, dimension: dimension ?? null }
    collections.push({ ...collection, space: findSpace(configured), recordCount })
  }
  return collections.sort((first, second) => (first.name < second.name ? -1 : 1))
}

export function countRecords({ http, signal, ...collection }: ServerDatabase & { id: string }) {
  return askChroma({
    ...{ http, signal, purpose: "count the records of a collection", schema: z.int() },
    path: `${collectionPath(collection)}/count`,
  })
}

export function databasePath({ tenant, database }: { tenant: string; database: string }): string {
  return `/api/v2/tenants/${encodeURIComponent(tenant)}/databases/${encodeURIComponent(database)}`
}

export function collectionPath(collection: {
  tenant: string
  database: string
  id: string
}): string {
  return `${databasePath(collection)}/collections/${encodeURIComponent(collection.id)}`
}

/** Servers before 1.0 call every configuration `l2` and keep the real space in the metadata. */
function findSpace({
  configuration_json: configuration,
  metadata,
}: Pick<z.infer<typeof listedCollection>, "configuration_json" | "metadata">): DistanceSpace {
  const configured = configuration?.hnsw?.space ?? configuration?.spann?.space ?? "l2"
  return configured === "l2" ? (metadata?.["hnsw:space"] ?? "l2") : configured
}
