import type { MemorySource, SourceCollection, SourceRecord } from "./memory-source.ts"

/** A source that lives in memory: what the port means, in its simplest form. */
export function createInMemorySource(
  collections: { name: string; records: SourceRecord[] }[],
): MemorySource {
  const described = collections.map(
    ({ name, records }): SourceCollection => ({
      tenant: "default_tenant",
      database: "default_database",
      name,
      id: `collection ${name}`,
      dimension: records[0]?.embedding?.length ?? null,
      space: "l2",
      recordCount: records.length,
    }),
  )
  return {
    describe: () => ({ kind: "chroma-directory", location: "memory", version: "memory" }),
    collections: async () => described,
    async *records(collection, { embeddings, pageSize = 250 }) {
      const { records = [] } = collections.find(({ name }) => name === collection.name) ?? {}
      for (let start = 0; start < records.length; start += pageSize) {
        yield records
          .slice(start, start + pageSize)
          .map((record) => (embeddings ? record : { ...record, embedding: null }))
      }
    },
    assertUnchanged: async () => {},
    warnings: () => [],
    close: async () => {},
  }
}
