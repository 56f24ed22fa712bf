import { createHash } from "node:crypto"
import { formatDumpLine } from "../format-dump-line.ts"
import { openChromaDirectory } from "../open-chroma-directory.ts"
import type { CollectionDigest } from "./archive-manifest.ts"

/** Reads every record of a directory and returns what each collection came to. */
export async function digestCollections({
  directory,
  onRecords,
  signal,
}: {
  directory: string
  onRecords?: ((count: number) => void) | undefined
  signal?: AbortSignal | undefined
}): Promise<{ version: string; collections: CollectionDigest[] }> {
  const source = await openChromaDirectory({ directory })
  try {
    const collections: CollectionDigest[] = []
    for (const collection of await source.collections()) {
      const { tenant, database, name, id } = collection
      const digest = { tenant, database, name, id, records: 0, vectors: 0 }
      const hash = createHash("sha256")
      for await (const page of source.records(collection, { embeddings: true })) {
        signal?.throwIfAborted()
        for (const record of page) {
          hash.update(formatDumpLine({ tenant, database, collection: name, record })).update("\n")
          digest.records++
          if (record.embedding !== null) digest.vectors++
        }
        onRecords?.(page.length)
      }
      collections.push({ ...digest, sha256: hash.digest("hex") })
    }
    return { version: source.describe().version, collections }
  } finally {
    await source.close()
  }
}
