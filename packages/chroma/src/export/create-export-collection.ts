import { createHash } from "node:crypto"
import {
  type JsonObject,
  ReasoningBankError,
  type SourceRecord,
  stringifyJson,
} from "@reasoningbank/core"
import { z } from "zod"
import { askChroma, askChromaForText } from "../ask-chroma.ts"
import { formatDumpLine } from "../format-dump-line.ts"
import {
  collectionPath,
  databasePath,
  listServerCollections,
  type ServerDatabase,
} from "../server-collections.ts"

/** On a collection that an export has begun and not finished: the next one makes it anew. */
const unfinishedKey = "reasoningbank_export"
const description = "ReasoningBank memory storage"
const created = z.object({ id: z.string() })
const listed = z.array(
  z.object({ name: z.string(), metadata: z.record(z.string(), z.unknown()).nullish() }),
)

export type ExportCollection = {
  name: string
  records: number
  add(records: readonly SourceRecord[]): Promise<void>
  /** SHA-256 of what was added, in its order, as `digestRecords` gives it for what is read back. */
  digest(): string
  /** Takes the mark away that it is unfinished. */
  finish(): Promise<void>
}

/** Raises `run:refused` for a collection that holds records, unless an export that was cut off made them. */
export async function assertFree({ place, name }: { place: ServerDatabase; name: string }) {
  const found = (await listServerCollections(place)).find((collection) => collection.name === name)
  if (found === undefined) return
  if (found.recordCount > 0 && !(await isUnfinished({ place, name }))) {
    throw new ReasoningBankError({
      code: "run:refused",
      message: `The collection "${name}" of ${place.http.location} holds ${found.recordCount} records; an export never writes into one that is used.`,
      hint: "Name another with --collection, or delete it if nobody needs it any more.",
    })
  }
}

/** Makes the collection, or makes it anew where it is empty or left from an export that was cut off. */
export async function createExportCollection({
  place,
  name,
}: {
  place: ServerDatabase
  name: string
}): Promise<ExportCollection> {
  const { http, signal } = place
  await assertFree({ place, name })
  const collections = `${databasePath(place)}/collections`
  const exists = (await listServerCollections(place)).some((found) => found.name === name)
  if (exists) {
    await askChromaForText({
      ...{ http, signal, method: "DELETE" },
      purpose: `delete the unfinished or empty collection "${name}"`,
      path: `${collections}/${encodeURIComponent(name)}`,
    })
  }
  const { id } = await askChroma({
    ...{ http, signal, schema: created },
    purpose: `create the collection "${name}"`,
    path: collections,
    body: { name, get_or_create: true, metadata: { description, [unfinishedKey]: "unfinished" } },
  })
  const path = collectionPath({ ...place, id })
  const hash = createHash("sha256")
  const collection = {
    name,
    records: 0,
    async add(records: readonly SourceRecord[]) {
      if (records.length === 0) return
      await askChromaForText({
        ...{ http, signal, path: `${path}/add`, json: addBody(records) },
        purpose: `add records to "${name}"`,
      })
      for (const record of records) hash.update(recordLine(record))
      collection.records += records.length
    },
    digest: () => hash.digest("hex"),
    async finish() {
      await askChromaForText({
        ...{ http, signal, method: "PUT" as const, path },
        purpose: `mark "${name}" as finished`,
        body: { new_metadata: { description } },
      })
    },
  }
  return collection
}

/** One record as it counts for equality: every type, every digit, every bit. Keys have no order in Chroma. */
export function recordLine(record: SourceRecord): string {
  const metadata: JsonObject = Object.create(null)
  for (const key of Object.keys(record.metadata ?? {}).sort()) {
    metadata[key] = record.metadata?.[key] ?? null
  }
  const sorted = { ...record, metadata: record.metadata === null ? null : metadata }
  return `${formatDumpLine({ tenant: "", database: "", collection: "", record: sorted })}\n`
}

async function isUnfinished({ place, name }: { place: ServerDatabase; name: string }) {
  const { http, signal } = place
  const limit = 1_000
  for (let offset = 0; ; offset += limit) {
    const page = await askChroma({
      ...{ http, signal, schema: listed },
      purpose: "list collections",
      path: `${databasePath(place)}/collections?limit=${limit}&offset=${offset}`,
    })
    const found = page.find((collection) => collection.name === name)
    if (found !== undefined) return found.metadata?.[unfinishedKey] === "unfinished"
    if (page.length === 0) return false
  }
}

function addBody(records: readonly SourceRecord[]): string {
  return stringifyJson({
    ids: records.map(({ id }) => id),
    documents: records.map(({ document }) => document),
    metadatas: records.map(({ metadata }) => metadata),
    embeddings: records.map(({ embedding }) => (embedding === null ? null : Array.from(embedding))),
  })
}
