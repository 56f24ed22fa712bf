export type WrittenRecords = {
  ids: string[]
  embeddings?: number[][]
  documents?: (string | null)[]
  uris?: (string | null)[]
  metadatas?: (Record<string, unknown> | null)[]
}

export type ChromaWriter = ReturnType<typeof createChromaWriter>

/**
 * Writes to a real server over its REST API. A body may be given as text, for the numbers that
 * JavaScript can not write: 64-bit integers and floats without a fraction.
 */
export function createChromaWriter({
  url,
  tenant = "default_tenant",
  database = "default_database",
}: {
  url: string
  tenant?: string
  database?: string
}) {
  const databasesPath = `/api/v2/tenants/${tenant}/databases`
  const collectionsPath = `${databasesPath}/${database}/collections`

  async function post(path: string, body: unknown): Promise<string> {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${answer}`)
    return answer
  }

  return {
    createDatabase: (name: string) => post(databasesPath, { name }),
    async createCollection({
      name,
      hnsw = {},
    }: {
      name: string
      hnsw?: { space?: string; sync_threshold?: number; batch_size?: number }
    }): Promise<string> {
      const { id } = JSON.parse(await post(collectionsPath, { name, configuration: { hnsw } }))
      return id
    },
    add: (id: string, records: WrittenRecords | string) =>
      post(`${collectionsPath}/${id}/add`, records),
    update: (id: string, records: WrittenRecords) =>
      post(`${collectionsPath}/${id}/update`, records),
    upsert: (id: string, records: WrittenRecords) =>
      post(`${collectionsPath}/${id}/upsert`, records),
    remove: (id: string, ids: string[]) => post(`${collectionsPath}/${id}/delete`, { ids }),
  }
}
