import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@reasoningbank/core"

/** The few calls of Chroma's HTTP interface that tests need, with every digit of the answers. */
export type ChromaRest = {
  createCollection(name: string, metadata: Record<string, unknown>): Promise<string>
  /** `add`, `update`, `upsert` or `delete` in a collection, by its id. */
  write(collection: string, operation: string, body: Record<string, unknown>): Promise<void>
  listCollections(): Promise<{ id: string; name: string }[]>
  read(collection: string): Promise<Map<string, RestRecord>>
}

export type RestRecord = {
  document: string | null
  metadata: JsonObject | null
  embedding: Float32Array
}

export function createChromaRest(url: string): ChromaRest {
  const base = `${url}/api/v2/tenants/default_tenant/databases/default_database/collections`
  const call = async (path: string, body?: Record<string, unknown>): Promise<JsonValue> => {
    const response = await fetch(`${base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return parseJson(text)
  }
  return {
    async createCollection(name, metadata) {
      const answer = await call("", { name, metadata })
      return isJsonObject(answer) ? String(answer.id) : ""
    },
    async write(collection, operation, body) {
      await call(`/${collection}/${operation}`, body)
    },
    async listCollections() {
      return list(await call("")).map((item) => {
        const { id, name } = isJsonObject(item) ? item : {}
        return { id: String(id), name: String(name) }
      })
    },
    async read(collection) {
      const include = ["documents", "metadatas", "embeddings"]
      const answer = await call(`/${collection}/get`, { include })
      const records = new Map<string, RestRecord>()
      if (!isJsonObject(answer)) return records
      const { ids, documents, metadatas, embeddings } = answer
      for (const [at, id] of list(ids).entries()) {
        const document = list(documents)[at] ?? null
        const metadata = list(metadatas)[at] ?? null
        records.set(String(id), {
          document: typeof document === "string" ? document : null,
          metadata: isJsonObject(metadata) ? metadata : null,
          embedding: Float32Array.from(list(list(embeddings)[at]), Number),
        })
      }
      return records
    },
  }
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

/** Numbers marked as `{ raw }` are written as they stand, so that 1.0 and 64-bit integers get through. */
function stringify(body: Record<string, unknown>): string {
  return JSON.stringify(body, (_, value) =>
    typeof value === "object" && value !== null && "raw" in value ? `raw:${value.raw}` : value,
  ).replaceAll(/"raw:([^"]*)"/g, "$1")
}
