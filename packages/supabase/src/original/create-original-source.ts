import {
  isJsonObject,
  type JsonObject,
  type MemorySource,
  parseJson,
  ReasoningBankError,
  type SourceCollection,
  type SourceRecord,
} from "@reasoningbank/core"
import { parseVectorText } from "../parse-vector-text.ts"
import type { SqlClient, SqlRow } from "../sql-client.ts"
import type { OriginalPlace } from "./original-schema.ts"

type Table = { name: "reasoning_traces" | "memory_items"; vector: string; trace: string }

/** The trace of an item goes with it where it lies in another workspace. */
const tables: Table[] = [
  { name: "reasoning_traces", vector: "task_embedding", trace: "" },
  {
    name: "memory_items",
    vector: "content_embedding",
    trace: `|| coalesce((
      select pg_catalog.jsonb_build_object('trace', pg_catalog.to_jsonb(t) - 'task_embedding')
      from SCHEMA.reasoning_traces as t
      where t.id = r.trace_id and t.workspace_id is distinct from r.workspace_id
    ), '{}')`,
  },
]
const defaultPageSize = 250

/**
 * The tables of the original ReasoningBank's Supabase schema as a source, read page by page in the order they were written, times in
 * UTC. Closing it leaves `sql` open.
 */
export async function createOriginalSource({
  sql,
  schema,
  location,
}: {
  sql: SqlClient
  schema: OriginalPlace
  location: string
}): Promise<MemorySource> {
  const before = await stamp({ sql, schema })
  const collections = tables.map(
    ({ name }, index): SourceCollection => ({
      ...{ tenant: "original", database: location, dimension: 384, space: "cosine" },
      ...{ id: `original ${location} ${name}`, name, recordCount: before.counts[index] ?? 0 },
    }),
  )
  return {
    describe: () => ({ kind: "original-schema", location, version: schema }),
    collections: async () => collections,
    async *records({ name }, { embeddings, pageSize = defaultPageSize, signal }) {
      const table = tables.find((candidate) => candidate.name === name)
      if (table === undefined) return
      let last: Place = { time: "-infinity", id: "00000000-0000-0000-0000-000000000000" }
      for (;;) {
        signal?.throwIfAborted()
        const rows = await readPage({ sql, schema, table, embeddings, pageSize, last })
        if (rows.length === 0) return
        yield rows.map(({ record }) => record)
        last = rows.at(-1)?.place ?? last
      }
    },
    async assertUnchanged() {
      if ((await stamp({ sql, schema })).text === before.text) return
      throw new ReasoningBankError({
        code: "source:changed",
        message: `Somebody wrote to the original tables at ${location} while they were read.`,
        hint: "Stop the programs that write to them and run the same command again; what is already there is not written twice.",
      })
    },
    warnings: () => [],
    close: async () => {},
  }
}

type Place = { time: string; id: string }

async function readPage({
  sql,
  schema,
  table: { name, vector, trace },
  embeddings,
  pageSize,
  last,
}: {
  sql: SqlClient
  schema: OriginalPlace
  table: Table
  embeddings: boolean
  pageSize: number
  last: Place
}): Promise<{ record: SourceRecord; place: Place }[]> {
  const time = "coalesce(r.created_at, '-infinity')"
  const [, rows = []] = await sql.transaction([
    { sql: "set local timezone = 'UTC'" },
    {
      sql: `
        select (pg_catalog.to_jsonb(r) - '${vector}' ${trace.replace("SCHEMA", schema)})::text as row,
          ${embeddings ? `r.${vector}::text` : "null"} as vector, r.id::text as id, ${time}::text as time
        from ${schema}.${name} as r
        where (${time}, r.id) > ($1::text::timestamptz, $2::text::uuid)
        order by ${time}, r.id
        limit ${Math.trunc(pageSize)}`,
      parameters: [last.time, last.id],
    },
  ])
  return rows.map((row) => toRecord(row))
}

function toRecord({ row, vector, id, time }: SqlRow): { record: SourceRecord; place: Place } {
  return {
    record: {
      id: id ?? "",
      document: null,
      metadata: parseRow(row ?? null),
      embedding: vector == null ? null : parseVectorText(vector),
      dialect: "original",
    },
    place: { time: time ?? "-infinity", id: id ?? "" },
  }
}

function parseRow(text: string | null): JsonObject {
  const row = parseJson(text ?? "null", { maximumDepth: 1_010 })
  return isJsonObject(row) ? row : {}
}

async function stamp({ sql, schema }: { sql: SqlClient; schema: OriginalPlace }) {
  const results = await sql.transaction(
    tables.map(({ name }) => ({
      sql: `select count(*)::text as count, max(updated_at)::text as latest from ${schema}.${name}`,
    })),
  )
  const lines = results.map(([row]) => row)
  return {
    text: JSON.stringify(lines),
    counts: lines.map((row) => Number(row?.count ?? 0)),
  }
}
